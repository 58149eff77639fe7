"""The bathroom: a washstand, the floor, the side of a tub."""

from app.seed.drawings.furniture import tiled
from app.seed.drawings.shades import BRASS, OAK, SHADE, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

_WHITE = "#f3f0ea"


def washstand(sheet: Sheet, *, mirror: bool = True) -> None:
    """A basin on an oak top, a brass spout from the wall, a round mirror. Things stand before it at about y = 850."""
    brass, wood, white = tones(BRASS), tones(OAK), tones(_WHITE)
    tiled(sheet, to=760)
    if mirror:
        sheet.cast(oval(560, 210, 168, 168), 16, 10, opacity=0.12)
        sheet.flat(oval(560, 210, 168, 168), brass.mid)
        glass = oval(560, 210, 158, 158)
        sheet.flat(glass, "#dfe6e4")
        sheet.flat("M380 400L620 20H760L520 400Z", "#eef2ef", within=glass)
        sheet.line("M392 210A168 168 0 0 1 560 42", brass.light, 4)
    sheet.flat(box(0, 740, 800, 160), wood.light)
    for y, bend in ((768, 5), (800, -6), (836, 6), (872, -5)):
        sheet.line(curve([(-20, y), (260, y + bend), (540, y - bend), (830, y)]), wood.mid, 3, opacity=0.8)
    sheet.flat(box(0, 900, 800, 100), wood.dark)
    sheet.flat(box(0, 900, 800, 7), wood.mid)
    sheet.shadow(560, 806, 150, depth=0.14, reach=0.4)
    sheet.turned(560, [[(640, 214), (700, 196), (760, 158), (810, 120)]], white, tilt=0.12)
    hollow = sheet.rim(560, 640, 214, white, wall=10, tilt=0.13)
    sheet.flat(oval(590, 656, 170, 17), white.mid, within=hollow)
    sheet.line(curve([(560, 520), (560, 540)]), brass.dark, 62)
    sheet.flat(oval(560, 526, 34, 34), brass.mid)
    sheet.flat(oval(552, 520, 16, 16), brass.light)
    spout = [(560, 528), (562, 580), (548, 612)]
    sheet.line(curve(spout), brass.dark, 26)
    sheet.line(curve([(x - 3, y - 2) for x, y in spout]), brass.mid, 18)
    sheet.line(curve([(x - 7, y - 2) for x, y in spout]), brass.light, 5)


def floor(sheet: Sheet, color: str = "#d8cfc0", *, horizon: float = 640) -> None:
    """Stone slabs that run to the wall."""
    stone = tones(color)
    sheet.flat(box(0, horizon, 800, 1000 - horizon), stone.mid)
    for step in range(-5, 6):
        sheet.line(f"M{400 + step * 110} {horizon}L{400 + step * 250} 1000", stone.dark, 3, opacity=0.7)
    for y in (horizon + 40, horizon + 112, horizon + 220):
        sheet.line(f"M0 {y}H800", stone.dark, 3, opacity=0.7)
    sheet.flat(box(0, horizon, 800, 8), SHADE, opacity=0.12)


def tub(sheet: Sheet, left: float, top: float, foot: float) -> None:
    """The near end of a bathtub, from `left` to beyond the right edge."""
    white = tones(_WHITE)
    for x in (left + 70, left + 420):
        sheet.solid(
            f"M{x} {foot - 60}Q{x + 60} {foot - 60} {x + 46} {foot - 10}Q{x + 30} {foot} {x + 16} {foot - 6}Z",
            tones(BRASS),
            shade=10,
            light=6,
        )
    sheet.shadow(left + 320, foot - 6, 300, depth=0.06, reach=0.2)
    end = f"C{left + 70} {foot - 50} {left + 26} {top + 160} {left + 16} {top + 20}Z"
    body = f"M{left + 16} {top + 20}H900V{foot - 40}H{left + 170}{end}"
    sheet.solid(body, white, shade=0, light=22)
    sheet.flat(
        f"M{left + 130} {foot - 30}C{left + 260} {foot - 90} 700 {foot - 96} 900 {foot - 96}V{foot - 30}Z",
        white.dark,
        within=body,
    )
    sheet.solid(box(left, top, 900 - left, 34, 17), white, shade=0, light=10)
    sheet.flat(box(left + 6, top + 30, 900 - left, 8, 4), white.deep, opacity=0.4)
