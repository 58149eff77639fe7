"""Twenty-four trees on a strip of paper that folds out."""

from collections.abc import Callable

from app.seed.drawings import paper
from app.seed.drawings.settings import fir, outdoors
from app.seed.drawings.shades import FOREST, INK, MOSS, OCHRE, PAPER, RUST, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def _trunk(sheet: Sheet, top: float, width: float, color: str = "#6a5340") -> None:
    sheet.flat(f"M{-width / 2} 0L{-width / 3} {top}H{width / 3}L{width / 2} 0Z", color)
    sheet.flat(f"M{width * 0.1} 0V{top}H{width / 3}L{width / 2} 0Z", shifted(color, -0.06))


def oak(sheet: Sheet) -> None:
    _trunk(sheet, -120, 30)
    green = tones(MOSS)
    crown = "M-20 -96C-70 -84 -104 -120 -84 -158C-112 -196 -70 -236 -36 -228"
    crown += "C-14 -262 44 -256 54 -222C96 -222 112 -176 86 -150C104 -112 60 -84 20 -98Z"
    sheet.solid(crown, green, shade=34, light=14, drop=10)


def poplar(sheet: Sheet) -> None:
    _trunk(sheet, -60, 20)
    crown = "M0 -46C-44 -60 -46 -190 0 -290C46 -190 44 -60 0 -46Z"
    sheet.solid(crown, tones("#7d9a58"), shade=22, light=10)


def birch(sheet: Sheet) -> None:
    sheet.flat("M-10 0L-6 -180H6L10 0Z", "#e9e4d8")
    for y in (-24, -58, -96):
        sheet.line(f"M-7 {y}H3", "#4a4a44", 5, cap="butt")
    crown = "M0 -90C-56 -92 -66 -150 -46 -190C-40 -236 -8 -264 4 -266C36 -240 58 -200 56 -160C58 -116 40 -92 0 -90Z"
    sheet.solid(crown, tones(OCHRE), shade=26, light=12)


def spruce(sheet: Sheet) -> None:
    fir(sheet, 0, 0, 270, FOREST)


def maple(sheet: Sheet) -> None:
    _trunk(sheet, -100, 24)
    crown = "M0 -70C-80 -66 -96 -130 -70 -170C-60 -226 -20 -240 0 -244C20 -240 60 -226 70 -170C96 -130 80 -66 0 -70Z"
    sheet.solid(crown, tones(RUST), shade=30, light=14)


_TREES: tuple[Callable[[Sheet], None], ...] = (spruce, oak, poplar, birch, maple)


def leporello(sheet: Sheet, color: str) -> None:
    """Standing in folds, a tree on each."""
    cloth, sheet_of = tones(color), tones(PAPER)
    sheet.shadow(400, 838, 300, depth=0.07, reach=0.25)
    wide, high, slope = 116.0, 430.0, 26.0
    for step in range(6):
        x, down = 56 + step * wide, step % 2 == 1
        near, far = (836.0, 836.0 - slope) if down else (836.0 - slope, 836.0)
        panel = polygon((x, near - high), (x + wide, far - high), (x + wide, far), (x, near))
        if step == 0:
            sheet.flat(panel, cloth.mid)
            with sheet.group(f"matrix(1 {slope / wide:.3f} 0 1 {x} {near - high})"):
                sheet.line("M26 70H92M36 98H82", paper.FOIL, 8)
                with sheet.group("translate(58 330) scale(.52)"):
                    fir(sheet, 0, 0, 300, shifted(color, 0.2))
            continue
        sheet.flat(panel, sheet_of.dark if down else sheet_of.light)
        tilt = -slope / wide if down else slope / wide
        with sheet.group(f"matrix(1 {tilt:.3f} 0 1 {x} {near - high})"):
            with sheet.group("translate(58 330) scale(.66)"):
                sheet.flat(oval(16, 2, 66, 9), "#3a2f26", opacity=0.12)
                _TREES[step - 1](sheet)
            sheet.line("M30 52H86", INK, 7)
            paper.words(sheet, 24, 360, 70, 3, step=18, thick=3)
        sheet.line(f"M{x} {near - high}V{near}", sheet_of.deep, 2)


def detail(sheet: Sheet, color: str) -> None:
    """Its leaves, from above, with real ones beside them."""
    with sheet.group("rotate(-5 400 500)"):
        for x, tone in ((60, "light"), (380, "dark")):
            panel = box(x, 110, 320, 800)
            if x == 60:
                sheet.cast(box(60, 110, 800, 800), 14, 18)
            sheet.flat(panel, getattr(tones(PAPER), tone))
        for x, draw, name in ((220, oak, MOSS), (540, birch, OCHRE)):
            with sheet.group(f"translate({x} 520) scale(1.24)"):
                sheet.flat(oval(20, 2, 80, 10), "#3a2f26", opacity=0.1)
                draw(sheet)
            sheet.line(f"M{x - 70} 168H{x + 70}", INK, 12)
            paper.words(sheet, x - 110, 580, 220, 3)
            _oak_leaf(sheet, x - 50, 860, 0.62, -14, name)
            _oak_leaf(sheet, x + 60, 850, 0.5, 24, shifted(name, 0.06))
    cover = tones(color)
    with sheet.group("rotate(-5 400 500)"):
        sheet.flat(box(700, 110, 160, 800), cover.mid)
        sheet.line("M730 168H800", paper.FOIL, 12)
        sheet.flat(box(700, 110, 14, 800), cover.dark)
    for x, y, size, turn, tint in ((690, 330, 1.15, 38, RUST), (110, 930, 0.9, -60, OCHRE)):
        with sheet.group("translate(9 12)", opacity=0.25):
            _oak_leaf(sheet, x, y, size, turn, "#3a2f26")
        _oak_leaf(sheet, x, y, size, turn, tint)


def _oak_leaf(sheet: Sheet, x: float, y: float, size: float, turn: float, color: str) -> None:
    """A lobed leaf, its stem at x, y."""
    green = tones(color)
    half = "M0 0C{0}14 -10 {0}34 -14 {0}30 -34C{0}26 -44 {0}44 -46 {0}46 -66"
    half += "C{0}44 -80 {0}30 -78 {0}32 -92C{0}36 -112 {0}24 -134 0 -142Z"
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        sheet.flat(half.format("-"), green.light)
        sheet.flat(half.format(""), green.mid)
        sheet.line("M0 26V-128M0 -40L-22 -58M0 -40L22 -58M0 -76L-24 -94M0 -76L24 -94", green.dark, 4)


def scene(sheet: Sheet, color: str) -> None:
    """Before the trees themselves, on a stump."""
    outdoors(sheet, ground=640)
    standing = ((110, 690, 1.5, birch), (690, 700, 1.7, oak), (560, 670, 1.0, spruce), (250, 668, 0.9, maple))
    for x, y, size, draw in standing:
        with sheet.group(f"translate({x} {y}) scale({size})"):
            sheet.flat(oval(30, 2, 90, 12), "#3a2f26", opacity=0.14)
            draw(sheet)
    bark, wood = tones("#7d654c"), tones("#d6b583")
    sheet.shadow(400, 976, 300, depth=0.1, reach=0.2)
    stump = sheet.turned(400, [[(840, 292), (900, 284), (1010, 330)]], bark, tilt=0.16)
    for x in (170, 250, 330, 470, 550, 620):
        sheet.line(curve([(x, 860), (x + 8, 930), (x - 6, 1010)]), bark.deep, 5, within=stump, opacity=0.6)
    sheet.flat(oval(400, 840, 292, 48), bark.light)
    sheet.flat(oval(400, 840, 276, 43), wood.mid)
    for share in (0.8, 0.6, 0.42, 0.22):
        sheet.line(oval(396, 840, 276 * share, 43 * share), wood.dark, 2.6)
    with sheet.group("translate(400 856) scale(.68) translate(-400 -836)"):
        leporello(sheet, color)


DRAWINGS = {"trees_guide": Drawing(View(leporello, zoom=1.02), View(detail, SURFACE), View(scene, OWN))}
