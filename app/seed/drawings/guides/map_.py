"""A walking map in a card cover."""

from app.seed.drawings import paper
from app.seed.drawings.settings import tuft
from app.seed.drawings.shades import BRASS, INK, OCHRE, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.trail import compass
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def cover(sheet: Sheet, color: str) -> None:
    """The folded map, 0 to 230 by 0 to 470."""
    card = tones(color)
    cover = box(0, 0, 230, 470, 4)
    sheet.cast(cover, 10, 13, opacity=0.22)
    sheet.flat(box(6, 6, 232, 468, 3), "#f1ead8")
    sheet.flat(box(10, 10, 232, 466, 3), "#d9d0bc")
    sheet.solid(cover, card, shade=7, light=6)
    sheet.line("M30 56H150", paper.FOIL, 13)
    sheet.line("M30 88H112", paper.FOIL, 8)
    plate = box(24, 130, 182, 250, 4)
    sheet.flat(plate, shifted(color, 0.2, chroma=0.7))
    with sheet.inside(plate):
        sheet.flat(oval(160, 178, 22, 22), "#f7dca2")
        sheet.flat("M0 260L70 190L110 232L160 184L230 250V400H0Z", card.light)
        sheet.flat("M0 310Q60 262 120 300T230 286V400H0Z", card.dark)
        river = (
            "M118 302C90 320 150 332 120 352C100 368 90 384 96 400H140C140 380 170 350 150 336C136 326 124 316 130 302Z"
        )
        sheet.flat(river, "#e9e2d0")
    sheet.line("M30 420H96", paper.FOIL, 7)
    sheet.flat(oval(184, 424, 20, 20), paper.FOIL)
    sheet.flat("M184 408L190 424L184 440L178 424Z", card.dark)


def folded(sheet: Sheet, color: str) -> None:
    """Half unfolded, from above, its cover on top."""
    with sheet.group("translate(250 96) rotate(8) scale(.86)"):
        sheet.cast(box(0, 0, 600, 800), 14, 18)
        with sheet.inside(box(0, 0, 600, 800)):
            paper.terrain(sheet, color)
            paper.creased(sheet, 4, 2)
    with sheet.group("translate(96 330) rotate(-7) scale(1.14)"):
        cover(sheet, color)


def detail(sheet: Sheet, color: str) -> None:
    """Heights, river and the marked way, with a pencil on it."""
    with sheet.group("translate(-150 -230) rotate(-5) scale(2.02)"):
        paper.terrain(sheet, color)
        paper.creased(sheet, 4, 2)
    with sheet.group("translate(560 610) rotate(38)"):
        pencil = tones(OCHRE)
        sheet.flat(box(14, 8, 420, 30, 4), SHADE, opacity=0.2)
        sheet.flat("M0 0L-64 15L0 30Z", "#e0bd8b")
        sheet.flat("M-44 10L-64 15L-44 20Z", INK)
        for y, tone in ((0, pencil.light), (10, pencil.mid), (20, pencil.dark)):
            sheet.flat(box(0, y, 420, 10), tone)


def scene(sheet: Sheet, color: str) -> None:
    """Spread on a rock in the grass, a mug and a compass keeping it down."""
    grass = tones("#8ba377")
    sheet.flat(box(0, 0, 800, 1000), grass.mid)
    sheet.flat("M-10 -10H420Q300 400 -10 560Z", grass.light)
    for x, y in ((70, 90), (700, 80), (760, 330), (40, 700), (90, 930), (720, 900), (400, 60), (610, 960), (30, 400)):
        tuft(sheet, x, y, 1.2, grass.dark)
    stone = "M40 330C60 180 250 110 420 130C620 130 760 250 766 450"
    stone += "C790 660 720 860 520 900C300 950 110 880 60 700C20 580 20 440 40 330Z"
    sheet.cast(stone, 22, 28, opacity=0.2)
    sheet.solid(stone, tones("#b7b1a6"), shade=34, light=16)
    with sheet.group("translate(170 206) rotate(5) scale(.78)"):
        sheet.cast(box(0, 0, 600, 800), 12, 14)
        with sheet.inside(box(0, 0, 600, 800)):
            paper.terrain(sheet, color)
            paper.creased(sheet, 4, 2)
    with sheet.group("translate(560 250) rotate(16) scale(.6)"):
        cover(sheet, color)
    compass.dial(sheet, BRASS, 186, 756, 0.8)
    enamel = tones("#2f6291")
    sheet.flat(oval(620, 770, 84, 84), SHADE, opacity=0.2)
    sheet.line(curve([(660, 820), (712, 872)]), enamel.dark, 26)
    sheet.line(curve([(657, 816), (708, 867)]), enamel.mid, 17)
    sheet.solid(oval(606, 756, 80, 80), enamel, shade=8, light=8)
    sheet.flat(oval(607, 757, 70, 70), "#efe9dc")
    sheet.flat(oval(609, 760, 60, 60), "#7a5236")


DRAWINGS = {"walking_map": Drawing(View(folded, SURFACE), View(detail, OWN), View(scene, OWN))}
