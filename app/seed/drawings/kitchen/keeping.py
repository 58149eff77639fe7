"""What keeps food, and what keeps food off clothes: jars, an apron."""

from app.seed.drawings.cloth import hung, weave
from app.seed.drawings.glass import vessel
from app.seed.drawings.settings import painted_wall, plank
from app.seed.drawings.shades import COFFEE, GLASS, LEATHER, OAK, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.stoneware import plates_stacked
from app.seed.drawings.wood import peg_rail


def jar(sheet: Sheet, color: str, x: float, base: float, size: float, filling: str, level: float = 0.7) -> None:
    """A straight jar of glass with a wooden lid; `filling` is the color of what it holds."""
    lid = tones(color)
    with sheet.group(f"translate({x} {base}) scale({size})"):
        sheet.shadow(0, -3, 108, depth=0.13, reach=0.6)
        top = -40 - 250 * level
        grains = [[(top, 104), (-30, 106), (-12, 100)]]
        vessel(sheet, 0, [[(-306, 96), (-280, 112), (-24, 114), (0, 104)]], GLASS, filled=grains, drink=filling)
        for row in range(int(level * 12)):
            y = top + 26 + row * 22
            dots = "".join(oval(-84 + step * 24 + (row % 2) * 12, y + (step * 7) % 9, 5, 3.4) for step in range(8))
            sheet.flat(dots, tones(filling).dark if row % 2 else tones(filling).light, opacity=0.8)
        sheet.line("M-76 -262V-40", "#ffffff", 8, opacity=0.55)
        sheet.turned(0, [[(-318, 101), (-294, 101)]], tones("#e9e2d5"), tilt=0.12)
        sheet.turned(0, [[(-362, 106), (-322, 106)]], lid, tilt=0.12)
        sheet.flat(oval(0, -362, 106, 12.7), lid.light)
        sheet.line(oval(0, -362, 62, 7), lid.mid, 3)
        sheet.line(oval(-6, -362, 28, 3), lid.mid, 3)


def jars(sheet: Sheet, color: str) -> None:
    """Three sizes: lentils, oats, coffee."""
    jar(sheet, color, 270, 800, 1.22, "#d9c49a", 0.78)
    jar(sheet, color, 540, 818, 0.98, "#b0693f", 0.6)
    jar(sheet, color, 400, 872, 0.74, COFFEE, 0.74)


def jars_scene(sheet: Sheet, color: str) -> None:
    """In a row on the shelf."""
    painted_wall(sheet, "#c4cbc0", "#b08d66", horizon=930)
    plank(sheet, 40, 420, 760, OAK)
    plank(sheet, 40, 820, 760, OAK)
    for x, size, filling, level in (
        (150, 0.72, "#d9c49a", 0.8), (330, 0.72, "#b0693f", 0.5),
        (510, 0.72, "#e6d9bd", 0.66), (664, 0.54, COFFEE, 0.7),
    ):  # fmt: skip
        jar(sheet, color, x, 426, size, filling, level)
    jar(sheet, color, 170, 826, 0.92, "#7f8a52", 0.72)
    jar(sheet, color, 400, 826, 0.72, "#cf9a4a", 0.6)
    plates_stacked(sheet, 610, 828, 120, "#e9e2d5", 5)


def _apron(sheet: Sheet, color: str) -> None:
    """Hung by its straps from 400, 150."""
    linen = tones(color)
    for x in (-1, 1):
        strap = [(400, 150), (400 + x * 60, 210), (400 + x * 104, 330)]
        sheet.line(curve([(px + 8, py + 6) for px, py in strap]), "#3a2f26", 24, opacity=0.12)
        sheet.line(curve(strap), linen.dark if x > 0 else linen.mid, 24, cap="butt")
    d = (
        "M288 320Q400 340 512 320L524 470C560 520 626 540 640 600L652 880Q530 904 400 888Q270 904 148 880"
        "L160 600C174 540 240 520 276 470Z"
    )
    sheet.cast(d, 18, 14, opacity=0.14)
    sheet.solid(d, linen, shade=44, light=18)
    weave(sheet, d, (140, 310, 520, 600), linen.dark, 8)
    for points in (
        [(300, 500), (280, 680), (262, 900)],
        [(520, 500), (540, 700), (560, 900)],
        [(400, 760), (392, 820), (402, 900)],
    ):
        sheet.line(curve(points), linen.deep, 9, opacity=0.3, within=d)
    sheet.line("M292 340Q400 358 508 340", linen.deep, 2.6, dash="10 7")
    sheet.line("M152 858Q270 882 400 866Q530 882 648 858", linen.deep, 2.6, dash="10 7")
    pocket = "M264 600Q400 614 536 600L540 744Q540 764 520 764H280Q260 764 260 744Z"
    sheet.cast(pocket, 4, 8, opacity=0.16)
    sheet.solid(pocket, linen, shade=20, light=12)
    weave(sheet, pocket, (256, 590, 290, 180), linen.dark, 8)
    sheet.line("M272 622Q400 636 528 622", linen.deep, 2.6, dash="10 7")
    sheet.line("M400 612V762", linen.deep, 2.6, dash="10 7")
    sheet.solid(box(430, 690, 70, 40, 3), tones(LEATHER), shade=5, light=4)
    sheet.line("M440 712q10 -12 20 0t20 0", tones(LEATHER).deep, 3.4)


def _hook(sheet: Sheet) -> None:
    wood = tones(OAK)
    sheet.flat(oval(412, 158, 26, 26), "#3a2f26", opacity=0.2)
    sheet.solid(oval(400, 146, 26, 26), wood, shade=8, light=7)
    sheet.flat(oval(397, 143, 14, 14), wood.light)


def apron(sheet: Sheet, color: str) -> None:
    _hook(sheet)
    _apron(sheet, color)
    _hook(sheet)


def apron_detail(sheet: Sheet, color: str) -> None:
    """Its pocket, a wooden spoon in it."""
    wood = tones(OAK)
    with sheet.group("translate(-420 -880) scale(2.0)"):
        _apron(sheet, color)
        spoon = (
            "M318 440C350 440 358 480 352 510C348 536 334 544 330 556L332 660H312L314 556"
            "C306 544 292 536 290 510C284 480 292 440 318 440Z"
        )
        with sheet.group("rotate(-7 320 560)"):
            sheet.cast(spoon, 7, 8, opacity=0.2)
            sheet.solid(spoon, wood, shade=7, light=5)
            sheet.flat(oval(320, 492, 22, 36), wood.dark)
            sheet.flat(oval(324, 496, 20, 34), wood.mid)
        pocket = "M258 601Q400 615 542 601V764H258Z"
        with sheet.inside(pocket):
            _apron(sheet, color)
        sheet.line("M264 604Q400 618 536 604", tones(color).light, 4)


def apron_scene(sheet: Sheet, color: str) -> None:
    """On the rail by the kitchen door, after work."""
    painted_wall(sheet, "#d8c8ae", "#b08d66", horizon=930)
    places = peg_rail(sheet, OAK, 60, 170, 740, 4)
    with sheet.group(f"translate({places[1] + 14} 206) scale(.78) translate(-400 -150)"):
        _apron(sheet, color)
    hung(sheet, places[3], 206, 150, 620, "#e9e2d5")
