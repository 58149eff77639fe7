"""Furniture: a stool, an armchair, a bed, a tall window, a stove, and the rooms they are in."""

from app.seed.drawings.settings import boards, painted_wall, valley
from app.seed.drawings.shades import BRASS, OAK, SHADE, oklch, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

TILE = oklch(0.9, 0.018, 205)
PLASTER = "#d8cabb"


def tiled(sheet: Sheet, color: str = TILE, *, to: float = 1000, size: float = 100) -> None:
    """A wall of tiles down to `to`, the day on it in flat panes."""
    tile = tones(color)
    sheet.flat(box(0, 0, 800, to), tile.mid)
    sheet.flat(f"M-60 0H330L{330 - to * 0.28} {to}H-60Z", tile.light)
    sheet.flat(f"M390 0H520L{520 - to * 0.28} {to}H{390 - to * 0.28}Z", tile.light)
    across = "".join(f"M0 {to - step * size:.0f}H800" for step in range(int(to / size) + 1))
    along = ""
    for row in range(int(to / size) + 1):
        shift = 0 if row % 2 else size
        along += "".join(
            f"M{column * size * 2 + shift:.0f} {to - (row + 1) * size:.0f}v{size:.0f}"
            for column in range(int(800 / size / 2) + 1)
        )
    sheet.line(across + along, tile.dark, 3, opacity=0.5)
    sheet.line(across, "#ffffff", 1.5, opacity=0.5)


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


def stool(sheet: Sheet, cx: float, top: float, foot: float, half: float, color: str = OAK) -> None:
    """A three-legged stool; what stands on it stands at top + 8."""
    wood = tones(color)
    sheet.shadow(cx, foot - 4, half * 1.02, depth=0.1, reach=0.4)
    for x, spread in ((-0.1, 0.06), (-0.62, -0.2), (0.62, 0.2)):
        leg = [(cx + half * x, top + 30), (cx + half * (x + spread), foot - (16 if x == -0.1 else 4))]
        sheet.bar(leg, wood, 24)
    sheet.turned(cx, [[(top, half), (top + 30, half * 0.97)]], wood, tilt=0.12)
    sheet.flat(oval(cx, top, half, half * 0.12), wood.light)
    sheet.line(oval(cx, top, half * 0.6, half * 0.07), wood.mid, 3)
    sheet.line(oval(cx - half * 0.1, top, half * 0.3, half * 0.03), wood.mid, 3)


def stove(sheet: Sheet, *, lit: bool = True) -> None:
    """A range before tiles: two burners to stand things on at y = 612, a rail across its door at y = 792."""
    enamel, iron, brass = tones("#dfe0d6"), tones("#43474d"), tones(BRASS)
    tiled(sheet, "#ebe4d6", to=560, size=80)
    sheet.flat(box(0, 560, 800, 76), iron.mid)
    sheet.flat(box(0, 560, 800, 5), iron.light)
    for x in (270, 560):
        sheet.flat(oval(x, 600, 150, 20), iron.deep)
        if lit:
            for step in range(-5, 6):
                sheet.flat(f"M{x + step * 21 - 8} 606q8 -30 8 -34q0 4 8 34Z", "#8fb4d8", opacity=0.9)
        sheet.line(f"M{x - 128} 600H{x + 128}M{x} 586V616", iron.light, 7)
    sheet.flat(box(0, 636, 800, 364), enamel.mid)
    sheet.flat(box(0, 636, 800, 12), enamel.light)
    sheet.flat(box(0, 728, 800, 5), enamel.dark)
    for x in (120, 240, 560, 680):
        sheet.cast(oval(x, 688, 26, 26), 5, 7, opacity=0.2)
        sheet.solid(oval(x, 688, 26, 26), iron, shade=7, light=6)
        sheet.line(f"M{x} 668V686", "#f4eee0", 4)
    sheet.flat(box(60, 752, 680, 300, 16), enamel.dark)
    sheet.flat(box(66, 758, 668, 300, 14), enamel.light)
    sheet.flat(box(150, 850, 500, 200, 12), iron.deep)
    sheet.flat("M300 850H420L330 1000H210Z", iron.mid, opacity=0.6)
    sheet.flat(box(110, 806, 590, 10, 5), "#3a2f26", opacity=0.18)
    sheet.bar([(104, 792), (696, 792)], brass, 18)
    for x in (110, 690):
        sheet.flat(oval(x, 792, 13, 13), brass.dark)


def steam(sheet: Sheet, x: float, y: float, size: float = 1.0) -> None:
    """Two threads of it, rising from x, y."""
    with sheet.group(f"translate({x} {y}) scale({size})", opacity=0.75):
        sheet.line(curve([(-18, 0), (-33, -36), (-7, -66), (-24, -110)]), "#ffffff", 8)
        sheet.line(curve([(18, -6), (5, -38), (29, -70), (14, -106)]), "#ffffff", 8)
