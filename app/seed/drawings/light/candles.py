"""Beeswax tapers."""

from app.seed.drawings.shades import BRASS, INK, tones
from app.seed.drawings.sheet import Sheet, box, oval


def _flame(sheet: Sheet, x: float, y: float) -> None:
    sheet.glow(x, y - 30, 120, 130)
    sheet.line(f"M{x} {y + 4}V{y - 12}", INK, 4)
    sheet.flat(
        f"M{x} {y - 66}C{x + 20} {y - 34} {x + 17} {y - 6} {x} {y - 4}"
        f"C{x - 17} {y - 6} {x - 20} {y - 34} {x} {y - 66}Z",
        "#f4b548",
    )
    sheet.flat(
        f"M{x} {y - 42}C{x + 10} {y - 26} {x + 9} {y - 8} {x} {y - 6}C{x - 9} {y - 8} {x - 10} {y - 26} {x} {y - 42}Z",
        "#fff3cf",
    )


def candles(sheet: Sheet, color: str) -> None:
    """Three burning in brass holders."""
    wax, brass = tones(color), tones(BRASS)
    for x, top in ((230, 330), (400, 240), (562, 420)):
        sheet.shadow(x, 829, 62, depth=0.16, reach=0.8)
        sheet.turned(x, [[(800, 62), (812, 68), (830, 64)]], brass, tilt=0.13)
        sheet.flat(oval(x, 800, 62, 8), brass.light)
        sheet.flat(oval(x + 4, 801, 50, 5), brass.dark)
        sheet.turned(x, [[(752, 26), (766, 20), (800, 22)]], brass, tilt=0.14)
        sheet.flat(oval(x, 752, 26, 4), brass.light)
        sheet.turned(x, [[(top, 10), (top + 40, 15), (752, 21)]], wax, tilt=0.14, dark_from=0.3, light_at=(-0.8, -0.4))
        sheet.flat(oval(x, top, 10, 2.5), wax.light)
        _flame(sheet, x, top - 2)


def candles_detail(sheet: Sheet, color: str) -> None:
    """Six in their paper band, from above."""
    wax, kraft = tones(color), tones("#c9a679")
    sheet.shadow(420, 560, 230, depth=1.4, reach=0.12)
    for step in range(6):
        x = 222 + step * 68
        with sheet.group(f"rotate({(step - 2.5) * 0.5} 400 900)"):
            sheet.line(f"M{x} 152C{x - 12} 120 {x + 14} 108 {x + 2} 84", "#efe6d2", 6)
            d = f"M{x - 14} 158Q{x} 138 {x + 14} 158L{x + 32} 860Q{x} 872 {x - 32} 860Z"
            sheet.solid(d, wax, shade=17, light=9)
    band = box(176, 470, 448, 200, 4)
    sheet.flat(box(182, 482, 452, 200, 6), "#3a2f26", opacity=0.2)
    sheet.solid(band, kraft, shade=16, light=8)
    sheet.line("M212 502H588", kraft.deep, 3)
    sheet.line("M212 638H588", kraft.deep, 3)
    sheet.line("M400 532C372 566 384 596 400 600C416 596 428 566 400 532Z", kraft.deep, 6)
    sheet.line("M330 618H470", kraft.deep, 5)
