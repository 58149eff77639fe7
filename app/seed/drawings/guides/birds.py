"""A field guide to the birds of gardens."""

from app.seed.drawings import paper
from app.seed.drawings.settings import window
from app.seed.drawings.shades import BRASS, CHARCOAL, INK, INK_BLUE, LEATHER, OCHRE, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def bird(sheet: Sheet, back: str, breast: str, *, legs: bool = True) -> None:
    """A small bird that looks to the left; it stands at 0, 0 and is 200 long."""
    coat, front = tones(back), tones(breast)
    if legs:
        sheet.line("M-6 -34L-12 0M14 -34L12 0", "#5d4a38", 5)
        sheet.line("M-26 1H0M-2 1H24", "#5d4a38", 5)
    sheet.flat("M58 -70L128 -42L132 -26L112 -22L44 -38Z", coat.dark)
    body = "M-74 -92C-80 -128 -54 -152 -24 -148C4 -144 18 -124 44 -104"
    body += "C74 -82 78 -50 48 -36C10 -20 -44 -26 -62 -56C-70 -68 -72 -80 -74 -92Z"
    sheet.flat(body, coat.mid)
    sheet.flat("M-84 -120C-60 -130 -40 -112 -44 -92C-40 -66 -20 -50 26 -34L-20 0L-100 -40Z", front.mid, within=body)
    sheet.flat("M-52 -70C-34 -48 0 -38 40 -36L0 0L-70 -30Z", "#f1e6cc", within=body)
    sheet.flat("M-40 -150C-10 -160 20 -130 50 -104L20 -112C0 -130 -20 -140 -40 -140Z", coat.light, within=body)
    wing = "M-12 -104C14 -112 44 -96 92 -46C64 -44 30 -44 6 -60C-10 -70 -18 -92 -12 -104Z"
    sheet.flat(wing, coat.dark)
    sheet.line("M8 -80C28 -72 48 -62 66 -52M4 -92C28 -86 44 -76 60 -64", coat.deep, 3)
    sheet.flat("M-72 -116L-98 -106L-70 -100Z", "#4a3f35")
    sheet.flat(oval(-50, -118, 7, 7), INK)
    sheet.flat(oval(-52, -120, 2.4, 2.4), "#ffffff")


def branch(sheet: Sheet, points: list[tuple[float, float]], width: float = 14) -> None:
    sheet.line(curve(points), "#6a5340", width)
    sheet.line(curve([(x, y - width * 0.2) for x, y in points]), "#8a6f57", width * 0.36)


def _leaf(sheet: Sheet, x: float, y: float, size: float, turn: float, color: str = "#6f8a52") -> None:
    green = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        sheet.flat("M0 0C-20 -16 -20 -46 0 -64Z", green.light)
        sheet.flat("M0 0C20 -16 20 -46 0 -64Z", green.mid)


def book(sheet: Sheet, color: str) -> None:
    sheet.shadow(420, 834, 210, depth=0.09, reach=0.6)
    cover = paper.volume(sheet, color)
    panel = box(262, 382, 318, 372, 6)
    sheet.flat(panel, shifted(color, 0.3, chroma=0.5), within=cover)
    with sheet.inside(panel):
        sheet.flat(oval(480, 470, 62, 62), "#f7dca2")
        branch(sheet, [(240, 690), (330, 672), (440, 676), (600, 640)], 16)
        for x, y, turn in ((300, 678, -40), (330, 690, -160), (520, 662, 20), (548, 664, 150), (480, 672, 130)):
            _leaf(sheet, x, y, 0.9, turn)
        with sheet.group("translate(410 668) scale(1.22)"):
            bird(sheet, "#75604d", "#c4562f")
    paper.title(sheet, 421, 300, 118, 78)
    sheet.line("M372 792H470", paper.FOIL, 6)


def spread(sheet: Sheet, color: str) -> None:
    """Open at two birds, their eggs and feathers."""
    with sheet.group("rotate(-4 400 500)"):
        paper.spread(sheet, color)
        branch(sheet, [(80, 456), (170, 466), (260, 456), (360, 476)], 9)
        with sheet.group("translate(220 458) scale(1.02)"):
            bird(sheet, "#75604d", "#c4562f")
        sheet.line("M100 262H250", INK, 10)
        paper.words(sheet, 100, 516, 262, 4)
        for x, tint in ((130, "#d9c6a5"), (196, "#cfd8d2"), (262, "#d9c6a5")):
            sheet.solid(oval(x, 680, 24, 32), tones(tint), shade=9, light=6)
            for step in range(6):
                sheet.flat(oval(x - 12 + step * 5, 666 + (step * 17) % 30, 2.4, 2.4), "#7a5a3a", opacity=0.6)
        with sheet.group("translate(336 714) rotate(24)"):
            sheet.flat("M0 0C-18 -30 -14 -70 0 -96C14 -70 18 -30 0 0Z", "#8d97a3")
            sheet.line("M0 20V-90", "#5d6670", 2.5)
        with sheet.group("translate(600 470) scale(-1.2 1.2)"):
            bird(sheet, INK_BLUE, OCHRE)
        branch(sheet, [(450, 470), (560, 476), (650, 466), (720, 476)], 9)
        sheet.line("M446 262H600", INK, 10)
        paper.words(sheet, 446, 540, 262, 8)
        paper.gutter(sheet, color)


def binoculars(sheet: Sheet, color: str = CHARCOAL) -> None:
    """Standing on their eyepieces' other end: 0 in the middle, foot at 0, 190 wide, 210 tall."""
    body, brass = tones(color), tones(BRASS)
    sheet.shadow(0, 0, 100, depth=0.13, reach=0.4)
    sheet.turned(0, [[(-150, 15), (-60, 15)]], brass, tilt=0.18)
    for x in (-52, 52):
        barrel = [[(-206, 25), (-182, 27)], [(-182, 22), (-160, 26), (-110, 46)], [(-110, 48), (0, 48)]]
        sheet.turned(x, barrel, body, tilt=0.15)
        sheet.turned(x, [[(-96, 49), (-30, 49)]], tones(LEATHER), tilt=0.15, flat_top=True)
        sheet.flat(oval(x, -206, 25, 4), body.light)
        sheet.flat(oval(x, -206, 17, 2.6), body.deep)
    sheet.line(curve([(96, -90), (150, -40), (132, 10), (190, 18)]), tones(LEATHER).dark, 8)


def scene(sheet: Sheet, color: str) -> None:
    """On the window sill: who is that on the branch?"""
    sheet.room(horizon=1000)
    window(sheet, 90, 60, 620, 640)
    pane = box(90, 60, 620, 640)
    with sheet.inside(pane):
        branch(sheet, [(60, 250), (200, 262), (330, 240), (470, 250)], 15)
        for x, y, turn in ((130, 256, -30), (170, 262, -150), (440, 246, 40), (470, 250, 110), (380, 246, 160)):
            _leaf(sheet, x, y, 1.0, turn)
        with sheet.group("translate(270 246) scale(1.0)"):
            bird(sheet, "#75604d", "#c4562f")
    sheet.flat(box(-10, 744, 820, 80), "#fbf7ee")
    sheet.flat(box(-10, 810, 820, 14), "#ddd5c5")
    sheet.flat(box(-10, 824, 820, 30), SHADE, opacity=0.1)
    with sheet.group("translate(264 796) scale(.62) translate(-400 -838)"):
        book(sheet, color)
    with sheet.group("translate(560 800) scale(1.02)"):
        binoculars(sheet)


DRAWINGS = {"birds_book": Drawing(View(book), View(spread, SURFACE), View(scene, OWN))}
