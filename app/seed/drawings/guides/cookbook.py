"""A cookbook for suppers that look after themselves."""

from app.seed.drawings import kitchen, paper
from app.seed.drawings.settings import painted_wall, place, plank
from app.seed.drawings.shades import (
    CHALK,
    CHARCOAL,
    INK,
    INK_BLUE,
    MAPLE,
    OAT,
    OCHRE,
    SAGE,
    WALNUT,
    oklch,
    shifted,
    tones,
)
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def _pot(sheet: Sheet, color: str, tint: str) -> None:
    """A casserole with its lid ajar: foot at 0, 260 wide."""
    enamel = tones(color)
    for side in (-1, 1):
        sheet.line(f"M{side * 116} -96q{side * 44} -4 {side * 40} 26q0 14 {side * -40} 14", enamel.dark, 14)
    pot = "M-120 -120H120V-30Q120 0 90 0H-90Q-120 0 -120 -30Z"
    sheet.solid(pot, enamel, shade=30, light=14)
    with sheet.group("translate(0 -120) rotate(-5)"):
        sheet.solid("M-128 0Q-124 -58 0 -62Q124 -58 128 0Z", enamel, shade=26, light=12)
        sheet.solid(box(-20, -84, 40, 24, 10), tones(tint), shade=8, light=5)
        sheet.flat(box(-130, -6, 260, 12, 6), enamel.deep)


def _steam(sheet: Sheet, color: str, width: float) -> None:
    for x in (-46, 6, 58):
        sheet.line(curve([(x, -214), (x - 18, -256), (x + 14, -300), (x - 6, -344)]), color, width)


def book(sheet: Sheet, color: str) -> None:
    sheet.shadow(440, 834, 230, depth=0.09, reach=0.6)
    cover = paper.volume(sheet, color, left=176, top=276, width=450, height=562)
    label = box(248, 432, 348, 346, 6)
    sheet.flat(label, "#f1e6cc", within=cover)
    with sheet.inside(label):
        sheet.flat(box(240, 700, 360, 90), shifted(color, 0.2, chroma=0.5))
        with sheet.group("translate(422 724) scale(.92)"):
            _pot(sheet, CHARCOAL, OCHRE)
            _steam(sheet, shifted(color, 0.1, chroma=0.7), 9)
        for x, size in ((292, 20), (560, 24)):
            sheet.solid(oval(x, 722 - size / 2, size, size), tones(color), shade=7, light=5)
    paper.title(sheet, 422, 340, 132, 90)


def spread(sheet: Sheet, color: str) -> None:
    """Open at a soup: the pot on the left, what goes in and how on the right."""
    with sheet.group("rotate(3 400 500)"):
        paper.spread(sheet, color)
        plate = box(62, 222, 326, 542)
        sheet.flat(plate, shifted(color, 0.26, chroma=0.36))
        with sheet.inside(plate):
            sheet.flat(box(40, 600, 380, 200), "#e4d3b2")
            with sheet.group("translate(226 640) scale(1.02)"):
                sheet.flat(oval(24, 4, 150, 16), "#3a2f26", opacity=0.16)
                _pot(sheet, INK_BLUE, OCHRE)
                _steam(sheet, "#fbf6ea", 11)
            for x, y, tint in ((110, 690, "#c4562f"), (160, 712, "#c4562f"), (320, 704, "#86a06a")):
                sheet.solid(oval(x, y, 26, 26), tones(tint), shade=8, light=6)
                sheet.line(f"M{x - 3} {y - 24}l-4 -14", "#5d6d48", 6)
        sheet.line("M446 268H640", INK, 12)
        for row in range(6):
            sheet.flat(oval(452, 318 + row * 27, 4.5, 4.5), color)
            sheet.line(f"M470 {318 + row * 27}h{110 + row * 37 % 60}", shifted(INK, 0.25), 4, opacity=0.7)
        paper.words(sheet, 446, 508, 266, 5)
        paper.words(sheet, 446, 656, 266, 4)
        paper.gutter(sheet, color)


def scene(sheet: Sheet, color: str) -> None:
    """On the worktop, between the board and the kettle."""
    painted_wall(sheet, oklch(0.9, 0.02, 120), "#d9c29a", horizon=700)
    plank(sheet, 420, 250, 820, WALNUT)
    place(sheet, kitchen.mug, SAGE, 510, 250, 0.36)
    place(sheet, kitchen.mug, OAT, 632, 250, 0.36)
    place(sheet, kitchen.mug, INK_BLUE, 752, 250, 0.36)
    for x, turn in ((130, -3), (210, 2)):
        with sheet.group(f"translate({x} 90) rotate({turn})"):
            sheet.line("M0 0V150", tones(WALNUT).dark, 13)
            sheet.line("M-3 0V150", tones(WALNUT).mid, 7)
            sheet.solid(oval(0, 190, 34, 46), tones(WALNUT if x < 200 else MAPLE), shade=10, light=6)
    sheet.line("M60 84H290", tones(CHARCOAL).mid, 9)
    place(sheet, kitchen.board, MAPLE, 150, 790, 0.62, foot=846)
    with sheet.group("translate(400 846) scale(.74) translate(-400 -838)"):
        book(sheet, color)
    place(sheet, kitchen.bowl, CHALK, 650, 900, 0.44)
    for x, y, tint in ((612, 792, "#c4562f"), (664, 786, "#c4562f"), (640, 770, "#d9803a"), (700, 796, "#c4562f")):
        with sheet.inside(box(500, 600, 300, 196)):
            sheet.solid(oval(x, y, 32, 32), tones(tint), shade=10, light=7)
            sheet.line(f"M{x - 2} {y - 30}l-3 -10", "#5d6d48", 6)


DRAWINGS = {"cookbook": Drawing(View(book), View(spread, SURFACE), View(scene, OWN))}
