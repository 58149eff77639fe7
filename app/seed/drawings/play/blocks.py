"""Building blocks: posts, arches, steps and roofs of maple, some of them painted."""

from app.seed.drawings.settings import painted_wall, plank
from app.seed.drawings.shades import CANVAS, INK_BLUE, OCHRE, SAGE, TERRACOTTA, oklch, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def _post(sheet: Sheet, color: str, x: float, y: float, width: float, height: float) -> None:
    """A block that stands at y, its left edge at x, with the grain of its wood."""
    wood = tones(color)
    d = box(x, y - height, width, height, 3)
    sheet.solid(d, wood, shade=min(width, height) * 0.2, light=6)
    if width > height:
        sheet.line(f"M{x} {y - height * 0.4}h{width * 0.7}", wood.dark, 2, opacity=0.45, within=d)
    else:
        sheet.line(f"M{x + width * 0.42} {y}v{-height * 0.7}", wood.dark, 2, opacity=0.45, within=d)


def _arch(sheet: Sheet, color: str, x: float, y: float, width: float, height: float) -> None:
    wood = tones(color)
    foot = width * 0.19
    span = width - 2 * foot
    d = f"M{x} {y}V{y - height}H{x + width}V{y}H{x + width - foot}A{span / 2} {span / 2} 0 0 0 {x + foot} {y}Z"
    sheet.solid(d, wood, shade=foot * 0.45, light=7)
    inside = f"M{x + foot} {y}A{span / 2} {span / 2} 0 0 1 {x + width - foot} {y}"
    sheet.line(inside, wood.deep, 9, within=d, opacity=0.55)


def _roof(sheet: Sheet, color: str, x: float, y: float, width: float, height: float) -> None:
    sheet.solid(f"M{x} {y}L{x + width / 2} {y - height}L{x + width} {y}Z", tones(color), shade=16, light=8)


def bridge(sheet: Sheet, color: str) -> None:
    """Two posts and an arch, 0 to 300 wide, that a train fits under."""
    sheet.shadow(40, 0, 46, depth=0.16, reach=0.5)
    sheet.shadow(260, 0, 46, depth=0.16, reach=0.5)
    _post(sheet, color, 0, 0, 72, 250)
    _post(sheet, TERRACOTTA, 228, 0, 72, 250)
    _arch(sheet, OCHRE, 0, -250, 300, 150)
    _roof(sheet, color, 98, -400, 104, 74)


def blocks(sheet: Sheet, color: str) -> None:
    """A small palace: an arcade, an upper floor, a gable."""
    sheet.shadow(400, 832, 290, depth=0.07, reach=0.25)
    for x, tint in ((130, color), (312, INK_BLUE), (412, color), (594, color)):
        _post(sheet, tint, x, 832, 76, 150)
    _arch(sheet, color, 130, 682, 258, 148)
    _arch(sheet, TERRACOTTA, 412, 682, 258, 148)
    _post(sheet, color, 130, 534, 540, 40)
    for x, tint in ((210, OCHRE), (330, color), (430, color), (550, SAGE)):
        _post(sheet, tint, x, 494, 40, 110)
    _post(sheet, color, 190, 384, 420, 36)
    _roof(sheet, color, 230, 348, 340, 128)
    sheet.flat(oval(400, 304, 22, 22), tones(color).deep)
    sheet.flat(oval(403, 307, 18, 18), tones(color).dark)
    with sheet.group("translate(700 832)"):
        sheet.turned(0, [[(-76, 34), (0, 34)]], tones(SAGE), tilt=0.14)
        sheet.flat(oval(0, -76, 34, 5), tones(SAGE).light)
    sheet.solid("M30 832L104 832L104 758Z", tones(OCHRE), shade=12, light=0)


def blocks_detail(sheet: Sheet, color: str) -> None:
    """In their box, from above: each has its place."""
    wood = tones(color)
    sheet.cast(box(80, 130, 650, 740, 16), 16, 20)
    sheet.solid(box(80, 130, 650, 740, 16), wood, shade=10, light=10)
    sheet.flat(box(104, 154, 602, 692, 8), wood.deep)
    sheet.flat(box(116, 168, 590, 678, 6), wood.dark)
    for x, y, tint in ((122, 330, color), (414, 330, TERRACOTTA)):
        _arch(sheet, tint, x, y, 280, 156)
    for x, y, tint in ((186, 330, SAGE), (478, 330, color)):
        d = f"M{x} {y}A76 76 0 0 1 {x + 152} {y}Z"
        sheet.solid(d, tones(tint), shade=14, light=8)
    row = ((122, 68, INK_BLUE), (196, 68, color), (270, 68, color), (344, 68, OCHRE), (418, 68, color), (492, 68, SAGE))
    for x, width, tint in row:
        _post(sheet, tint, x, 560, width, 218)
    _post(sheet, color, 566, 560, 128, 104)
    _post(sheet, TERRACOTTA, 566, 448, 128, 106)
    _roof(sheet, OCHRE, 122, 688, 216, 116)
    with sheet.group("rotate(180 276 630)"):
        _roof(sheet, color, 166, 688, 216, 116)
    _roof(sheet, color, 354, 688, 216, 116)
    for x, y, tint in ((622, 632, INK_BLUE),):
        sheet.solid(oval(x, y, 60, 60), tones(tint), shade=12, light=9)
    for x, width, tint in ((122, 270, color), (402, 292, SAGE)):
        _post(sheet, tint, x, 760, width, 60)
    for x, width, tint in ((122, 180, OCHRE), (312, 180, color), (502, 192, color)):
        _post(sheet, tint, x, 836, width, 64)


def blocks_scene(sheet: Sheet, color: str) -> None:
    """What is left standing in the evening: a tower and its pieces, on a low shelf with a bag."""
    painted_wall(sheet, oklch(0.885, 0.02, 225), "#dcc8a6", horizon=760)
    plank(sheet, -20, 330, 820, "#c69a67")
    for x, height, tint in ((70, 96, TERRACOTTA), (130, 130, color), (190, 72, OCHRE)):
        _post(sheet, tint, x, 330, 48, height)
    canvas = tones(CANVAS)
    bag = (
        "M520 330C494 330 486 290 500 240C512 200 546 186 560 168H620C634 186 668 200 680 240C694 290 686 330 660 330Z"
    )
    sheet.solid(bag, canvas, shade=34, light=12)
    sheet.flat("M548 150C560 132 620 132 632 150L622 172H558Z", canvas.dark)
    sheet.line(curve([(554, 172), (590, 180), (626, 172)]), tones(TERRACOTTA).mid, 8)
    sheet.line(curve([(600, 176), (612, 214), (604, 240)]), tones(TERRACOTTA).mid, 6)
    sheet.line("M560 274C574 258 586 288 600 274S624 260 632 270", tones(INK_BLUE).mid, 6)
    sheet.shadow(330, 880, 200, depth=0.09, reach=0.4)
    for x, tint in ((170, color), (410, color)):
        _post(sheet, tint, x, 880, 84, 170)
    _arch(sheet, TERRACOTTA, 170, 710, 324, 170)
    for x, tint in ((216, INK_BLUE), (396, color)):
        _post(sheet, tint, x, 540, 52, 100)
    _post(sheet, OCHRE, 196, 440, 272, 34)
    _roof(sheet, color, 240, 406, 184, 100)
    sheet.shadow(630, 900, 74, depth=0.16)
    with sheet.group("rotate(-16 640 880)"):
        _post(sheet, SAGE, 566, 890, 140, 62)
    sheet.shadow(104, 916, 50, depth=0.16)
    _roof(sheet, OCHRE, 40, 920, 130, 78)


DRAWINGS = {"blocks": Drawing(View(blocks), View(blocks_detail, SURFACE), View(blocks_scene, OWN))}
