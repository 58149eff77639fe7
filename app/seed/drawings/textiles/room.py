"""Furniture that cloth is for: an armchair, a bed, a window to hang curtains at."""

from app.seed.drawings.settings import boards, painted_wall, valley
from app.seed.drawings.shades import OAK, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve

PLASTER = "#d8cabb"


def living_room(sheet: Sheet, wall: str = PLASTER, *, horizon: float = 720) -> None:
    painted_wall(sheet, wall, "#b08d66", horizon=horizon)
    boards(sheet, "#b8966d", horizon=horizon)


def armchair(sheet: Sheet, color: str) -> None:
    """From the front, on wooden legs; it stands at y = 880."""
    cloth, wood = tones(color), tones(OAK)
    sheet.shadow(400, 874, 240, depth=0.08, reach=0.3)
    for x, lean in ((228, -14), (560, 14)):
        sheet.solid(f"M{x} 780H{x + 30}L{x + 24 + lean} 880H{x + 8 + lean}Z", wood, shade=9, light=5)
    back = "M212 720V470Q212 380 302 380H498Q588 380 588 470V720Z"
    sheet.solid(back, cloth, shade=40, light=18)
    seat = box(244, 622, 312, 116, 34)
    sheet.cast(box(262, 600, 276, 40, 20), 0, 0, opacity=0.16)
    sheet.solid(box(212, 700, 376, 104, 22), cloth, shade=30, light=14)
    sheet.flat(box(212, 774, 376, 30, 14), cloth.dark)
    sheet.solid(seat, tones(shifted(color, 0.02)), shade=26, light=12, drop=10)
    for x in (164, 544):
        arm = box(x, 560, 92, 244, 42)
        sheet.solid(arm, cloth, shade=22, light=14, drop=8)


def bed(sheet: Sheet, color: str, pillow: str) -> None:
    """From its foot: headboard, two pillows, the cover falling at the front. It stands at y = 940."""
    linen, wood = tones(color), tones(OAK)
    sheet.shadow(400, 934, 370, depth=0.05, reach=0.15)
    sheet.solid(box(96, 330, 608, 330, 26), wood, shade=20, light=10, drop=8)
    for x in (248, 400, 552):
        sheet.line(f"M{x} 342V640", wood.dark, 4)
    for x in (92, 672):
        sheet.solid(box(x, 860, 36, 80, 6), wood, shade=10, light=6)
    sheet.flat(box(84, 560, 632, 200, 30), "#f1ebdf")
    for x, tint in ((150, pillow), (408, pillow)):
        cushion_at(sheet, x, 452, 242, 166, tint)
    spread = "M70 640C120 586 300 572 400 584C520 570 690 590 730 640L742 880Q560 902 400 884Q240 906 58 882Z"
    sheet.cast(spread, 0, -8, opacity=0.12)
    sheet.solid(spread, linen, shade=46, light=24, drop=14)
    fold = "M70 640C120 586 300 572 400 584C520 570 690 590 730 640L734 704Q560 668 400 688Q240 668 66 706Z"
    sheet.cast(fold, 0, 10, opacity=0.14)
    sheet.flat(fold, linen.light)
    for points in (
        [(180, 712), (210, 780), (196, 890)],
        [(340, 700), (330, 790), (356, 888)],
        [(520, 700), (546, 790), (520, 890)],
        [(640, 704), (632, 790), (660, 884)],
        [(260, 600), (300, 640), (290, 676)],
        [(560, 596), (530, 640), (548, 676)],
    ):
        sheet.line(curve(points), linen.dark, 7, opacity=0.6, within=spread)


def cushion_at(sheet: Sheet, x: float, y: float, width: float, height: float, color: str) -> str:
    """A pillow with its four corners drawn out. Returns its silhouette."""
    cloth = tones(color)
    right, low = x + width, y + height
    bend, sink = width * 0.06, height * 0.07
    d = (
        f"M{x} {y}Q{x + width / 2} {y + sink} {right} {y}Q{right + 4} {y + 2} {right} {y + 8}"
        f"Q{right - bend} {y + height / 2} {right} {low}Q{right} {low + 5} {right - 8} {low}"
        f"Q{x + width / 2} {low - sink} {x + 4} {low}Q{x - 4} {low} {x} {low - 8}"
        f"Q{x + bend} {y + height / 2} {x} {y}Z"
    )
    sheet.cast(d, 12, 10, opacity=0.14)
    sheet.solid(d, cloth, shade=width * 0.09, light=width * 0.05)
    for points in (
        [
            (x + width * 0.05, y + height * 0.05),
            (x + width * 0.14, y + height * 0.13),
            (x + width * 0.2, y + height * 0.24),
        ],
        [(right - width * 0.05, low - height * 0.05), (right - width * 0.15, low - height * 0.12)],
        [(right - width * 0.05, y + height * 0.06), (right - width * 0.14, y + height * 0.16)],
        [(x + width * 0.05, low - height * 0.05), (x + width * 0.13, low - height * 0.16)],
    ):
        sheet.line(curve(points), cloth.deep, max(3, width * 0.011), opacity=0.45, within=d)
    return d


def french_window(sheet: Sheet, left: float, top: float, right: float, foot: float) -> None:
    """A tall window with the valley in it."""
    frame = tones("#f4efe4")
    width = right - left
    sheet.flat(box(left - 22, top - 22, width + 44, foot - top + 22, 4), frame.dark)
    sheet.flat(box(left - 22, top - 22, width + 38, foot - top + 22, 4), frame.light)
    with sheet.inside(box(left, top, width, foot - top - 40)):
        valley(sheet, left - 80, top + 60, right + 80, foot + 20)
        sheet.flat(box(left, top, width, 10), SHADE, opacity=0.16)
    middle = left + width / 2
    sheet.flat(box(middle - 10, top, 20, foot - top), frame.light)
    sheet.flat(box(middle + 5, top, 5, foot - top), frame.dark)
    for y in (top + (foot - top) * 0.34, top + (foot - top) * 0.67):
        sheet.flat(box(left, y, width, 12), frame.light)
        sheet.flat(box(left, y + 8, width, 4), frame.dark)
    sheet.flat(box(left - 22, foot - 40, width + 44, 40), frame.mid)
