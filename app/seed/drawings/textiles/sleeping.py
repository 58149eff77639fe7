"""For the bedroom: bedding, curtains, a knitted hot-water bottle."""

from app.seed.drawings.cloth import weave
from app.seed.drawings.furniture import bed, cushion_at, french_window
from app.seed.drawings.settings import boards, painted_wall, picture
from app.seed.drawings.shades import BRASS, TERRACOTTA, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def bedding(sheet: Sheet, color: str) -> None:
    """The set folded: cover, two pillowcases, tied with a band of itself."""
    linen, band = tones(color), tones(shifted(color, -0.05))
    sheet.shadow(400, 836, 270, depth=0.08, reach=0.3)
    for y, height, inset in ((700, 132, 0), (590, 112, 10), (530, 62, 22), (470, 62, 26)):
        d = box(140 + inset, y, 520 - 2 * inset, height, height * 0.42)
        sheet.solid(d, linen, shade=28, light=14, drop=8)
        for share in (0.3, 0.55, 0.78):
            sheet.line(f"M{170 + inset} {y + height * share}H{636 - inset}", linen.dark, 3, opacity=0.8, within=d)
        weave(sheet, d, (130, y, 540, height), linen.dark, 7)
    sheet.flat(box(380, 468, 52, 366), band.mid)
    sheet.flat(box(418, 468, 14, 366), band.dark)
    sheet.flat(box(380, 468, 6, 366), band.light)
    knot = "M406 474C340 400 290 420 300 456C310 486 372 480 406 474C440 480 502 486 512 456C522 420 472 400 406 474Z"
    sheet.solid(knot, band, shade=12, light=8)
    for tail in ("M404 476L352 566L384 560L398 586L414 480Z", "M408 476L456 560L428 560L416 590L400 480Z"):
        sheet.solid(tail, band, shade=7, light=5)
    sheet.solid(box(384, 452, 44, 44, 14), band, shade=10, light=7)


def bedding_detail(sheet: Sheet, color: str) -> None:
    """Pillows, and the row of buttons that closes the cover."""
    linen = tones(color)
    cushion_at(sheet, 60, 150, 600, 360, shifted(color, 0.02))
    d = cushion_at(sheet, 130, 320, 640, 400, color)
    weave(sheet, d, (110, 300, 680, 440), linen.dark, 9)
    spread = "M-20 640Q300 560 840 680V1020H-20Z"
    sheet.cast(spread, 0, -12, opacity=0.14)
    sheet.flat(spread, linen.mid)
    weave(sheet, spread, (-20, 560, 860, 460), linen.dark, 9)
    placket = "M-20 640Q300 560 840 680V780Q300 660 -20 740Z"
    sheet.flat(placket, linen.light)
    sheet.line("M-20 740Q300 660 840 780", linen.deep, 4)
    sheet.line("M-20 726Q300 646 840 766", linen.deep, 2.4, dash="11 8")
    for x, y in ((70, 672), (250, 646), (440, 650), (640, 684)):
        sheet.flat(oval(x + 5, y + 8, 22, 22), "#3a2f26", opacity=0.22)
        sheet.solid(oval(x, y, 22, 22), tones("#efe6d2"), shade=5, light=4)
        sheet.line(f"M{x - 6} {y}H{x + 6}", tones("#efe6d2").deep, 4)
    for points in ([(120, 760), (180, 860), (150, 1010)], [(520, 740), (500, 860), (560, 1010)]):
        sheet.line(curve(points), linen.dark, 10, opacity=0.6, within=spread)


def bedding_scene(sheet: Sheet, color: str) -> None:
    painted_wall(sheet, "#cfc6ba", "#b8966d", horizon=760)
    boards(sheet, "#b8966d", horizon=760)
    picture(sheet, 310, 80, 180, 200, "#7d97a6")
    bed(sheet, color, "#f1ebdf")


def _drape(sheet: Sheet, left: float, right: float, top: float, foot: float, color: str, *, swing: float = 0) -> None:
    """One curtain in pleats; `swing` is how far its foot is carried aside."""
    linen = tones(color)
    width = right - left
    d = (
        f"M{left} {top}H{right}C{right - 6} {top + (foot - top) * 0.5} {right + swing * 0.3} {foot - 160} "
        f"{right + swing} {foot}Q{(left + right) / 2 + swing} {foot + 14} {left + swing * 0.6} {foot}"
        f"C{left + swing * 0.2} {foot - 200} {left} {top + (foot - top) * 0.5} {left} {top}Z"
    )
    sheet.cast(d, 16, 4, opacity=0.1)
    sheet.flat(d, linen.mid)
    pleats = max(3, int(width / 44))
    step = width / pleats
    for pleat in range(pleats):
        x = left + pleat * step
        low = x + swing * (0.6 + 0.4 * pleat / pleats)
        for start, end, tone in ((0.0, 0.3, linen.light), (0.62, 1.0, linen.dark)):
            sheet.flat(
                f"M{x + start * step} {top}H{x + end * step}Q{x + end * step + swing * 0.1} {foot - 200} "
                f"{low + end * step} {foot + 20}H{low + start * step}Q{x + start * step + swing * 0.1} {foot - 200} "
                f"{x + start * step} {top}Z",
                tone,
                within=d,
            )
    sheet.flat(box(left - 100, foot - 44, width + 300, 4), linen.deep, opacity=0.4, within=d)


def _rod(sheet: Sheet, left: float, right: float, y: float) -> None:
    brass = tones(BRASS)
    sheet.bar([(left, y), (right, y)], brass, 15)
    for x in (left, right):
        sheet.solid(oval(x, y, 17, 17), brass, shade=6, light=5)


def curtain(sheet: Sheet, color: str) -> None:
    """A pair before a window, drawn half open."""
    french_window(sheet, 210, 180, 590, 880)
    _rod(sheet, 90, 710, 116)
    for left, right in ((112, 300), (500, 688)):
        for step in range(5):
            x = left + 12 + step * (right - left - 24) / 4
            sheet.line(oval(x, 120, 12, 15), tones(BRASS).dark, 5)
        _drape(sheet, left, right, 132, 900, color)


def curtain_detail(sheet: Sheet, color: str) -> None:
    """Rings, rod and pleats, close."""
    sheet.room(horizon=1200)
    brass = tones(BRASS)
    sheet.bar([(-40, 220), (660, 220)], brass, 46)
    sheet.solid(oval(676, 220, 58, 58), brass, shade=18, light=16)
    for x in (90, 262, 434, 606):
        sheet.line(oval(x, 240, 40, 50), brass.dark, 16)
        sheet.line(oval(x - 2, 238, 40, 50), brass.light, 6)
    _drape(sheet, -60, 640, 300, 1100, color)
    sheet.line("M-60 340H640", tones(color).deep, 3, dash="14 10", opacity=0.8)


def curtain_scene(sheet: Sheet, color: str) -> None:
    """Moved by the wind, a chair's length from the bed."""
    painted_wall(sheet, "#c8b9a6", "#b8966d", horizon=800)
    boards(sheet, "#b8966d", horizon=800)
    french_window(sheet, 250, 150, 640, 800)
    _rod(sheet, 130, 760, 90)
    _drape(sheet, 150, 300, 104, 850, color, swing=90)
    _drape(sheet, 590, 740, 104, 850, color, swing=14)


def _bottle(sheet: Sheet, color: str) -> None:
    """In its knitted cover: collar rolled down, cables up the front."""
    wool, rubber = tones(color), tones(TERRACOTTA if color != TERRACOTTA else "#3d4148")
    neck = "M352 190H448L440 330H360Z"
    sheet.solid(neck, rubber, shade=18, light=10)
    sheet.solid(
        "M330 150Q330 132 348 132H452Q470 132 470 150V184Q470 200 452 200H348Q330 200 330 184Z",
        rubber,
        shade=16,
        light=9,
    )
    sheet.solid(box(374, 104, 52, 40, 10), rubber, shade=10, light=6)
    body = "M340 330C250 346 200 380 200 450V800Q200 872 272 872H528Q600 872 600 800V450C600 380 550 346 460 330Z"
    sheet.cast(body, 18, 14, opacity=0.16)
    sheet.solid(body, wool, shade=40, light=20)
    for x in (250, 290, 510, 550):
        sheet.line(curve([(x, 340), (x, 600), (x, 880)]), wool.dark, 7, dash="10 7", cap="butt", within=body)
    for x in (340, 400, 460):
        for row in range(9):
            y = 380 + row * 56
            sheet.line(
                f"M{x - 20} {y}C{x - 20} {y + 24} {x + 20} {y + 30} {x + 20} {y + 56}", wool.deep, 9, within=body
            )
            sheet.line(
                f"M{x + 20} {y}C{x + 20} {y + 24} {x - 20} {y + 30} {x - 20} {y + 56}", wool.light, 10, within=body
            )
    for y in (836, 848, 860):
        sheet.line(f"M206 {y}H594", wool.dark, 4, within=body, opacity=0.7)
    collar = "M334 262Q400 246 466 262L480 350Q400 372 320 350Z"
    sheet.solid(collar, wool, shade=18, light=10)
    for step in range(10):
        rib = 334 + step * 14.6
        sheet.line(f"M{rib:.1f} 262L{rib - 8 + step * 1.8:.1f} 354", wool.dark, 4, opacity=0.8)


def bottle(sheet: Sheet, color: str) -> None:
    with sheet.group("rotate(-7 400 500)"):
        _bottle(sheet, color)


def bottle_detail(sheet: Sheet, color: str) -> None:
    """Collar and cables, close."""
    with sheet.group("translate(-300 -150) scale(1.75)"):
        _bottle(sheet, color)


def bottle_scene(sheet: Sheet, color: str) -> None:
    """On the bed, the cover turned back."""
    painted_wall(sheet, "#aeb8b9", "#b8966d", horizon=760)
    boards(sheet, "#b8966d", horizon=760)
    bed(sheet, "#7d97a6", "#f1ebdf")
    with sheet.group("translate(400 690) rotate(16) scale(.34) translate(-400 -500)"):
        _bottle(sheet, color)
