"""Blown glass: tumblers and a carafe."""

from app.seed.drawings.glass import WATER, vessel
from app.seed.drawings.settings import painted_wall, window
from app.seed.drawings.shades import tones
from app.seed.drawings.sheet import Sheet, curve, oval, polygon


def tumbler(sheet: Sheet, color: str, x: float, base: float, size: float, *, level: float = 0.55) -> None:
    """A tumbler with a heavy foot; `level` of it is water."""
    half, low, tall = 96 * size, 78 * size, 230 * size
    top = base - tall
    sheet.shadow(x, base - 3, low, depth=0.14, reach=0.7)
    filled = None
    if level:
        surface = base - 18 * size - (tall - 18 * size) * level
        wide = low + (half - low) * (base - surface) / tall
        filled = [[(surface, wide - 7 * size), (base - 26 * size, low - 5 * size), (base - 14 * size, low - 16 * size)]]
    profile = [[(top, half), (base - 60 * size, low + 4 * size), (base - 20 * size, low), (base, low - 10 * size)]]
    vessel(sheet, x, profile, color, filled=filled)


def tumblers(sheet: Sheet, color: str) -> None:
    """Four, two of them stacked behind."""
    tumbler(sheet, color, 306, 792, 1.06, level=0)
    tumbler(sheet, color, 306, 700, 1.06, level=0)
    tumbler(sheet, color, 500, 806, 1.06, level=0)
    tumbler(sheet, color, 400, 872, 1.06)


def tumblers_detail(sheet: Sheet, color: str) -> None:
    """One from above, with lemon and ice."""
    glass = tones(color)
    sheet.shadow(440, 570, 290, depth=0.9, reach=0.3)
    sheet.flat(oval(520, 640, 250, 230), glass.light, opacity=0.5)
    edge = oval(390, 500, 270, 270)
    sheet.solid(edge, glass, shade=20, light=18)
    sheet.flat(oval(390, 500, 244, 244), glass.deep, opacity=0.8)
    water = oval(396, 508, 234, 234)
    sheet.flat(water, tones(WATER).mid)
    sheet.flat(oval(430, 550, 220, 220), tones(WATER).light, within=water)
    for x, y, turn in ((330, 440, 12), (450, 560, 40)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            sheet.flat(
                "M-62 -50Q-66 -62 -52 -62H52Q66 -62 64 -50L58 54Q58 64 46 64H-46Q-58 64 -58 54Z",
                "#e9f2f2",
                opacity=0.85,
            )
            sheet.flat("M-40 -40H30L24 26H-36Z", "#ffffff", opacity=0.7)
    lemon_slice(sheet, 470, 410, 104)
    sheet.line(curve([(186, 430), (216, 360), (270, 308)]), "#ffffff", 12, opacity=0.8)


def lemon_slice(sheet: Sheet, x: float, y: float, radius: float) -> None:
    sheet.flat(oval(x + 6, y + 8, radius, radius), "#3a2f26", opacity=0.15)
    sheet.flat(oval(x, y, radius, radius), "#e3b740")
    sheet.flat(oval(x, y, radius * 0.9, radius * 0.9), "#f8efcf")
    for turn in range(0, 360, 45):
        with sheet.group(f"rotate({turn + 10} {x} {y})"):
            tip, wide = radius * 0.12, radius * 0.3
            sheet.flat(
                f"M{x} {y - tip}l{wide} {-radius * 0.62}Q{x} {y - radius * 0.92} {x - wide} {y - radius * 0.74}Z",
                "#efcd5e",
            )


def tumblers_scene(sheet: Sheet, color: str) -> None:
    """On a table at noon, lemons cut beside them."""
    painted_wall(sheet, "#e2c9a8", "#f1e9da")
    carafe_body(sheet, color, 250, 840, 0.84)
    tumbler(sheet, color, 452, 846, 0.86, level=0.7)
    tumbler(sheet, color, 610, 902, 0.92, level=0.4)
    whole_lemon(sheet, 380, 916, 1.0)
    half_lemon(sheet, 226, 930, 1.0)


def whole_lemon(sheet: Sheet, x: float, foot: float, size: float) -> None:
    lemon = tones("#e3b740")
    with sheet.group(f"translate({x} {foot - 44 * size}) scale({size})"):
        sheet.shadow(0, 42, 56, depth=0.16, reach=0.4)
        sheet.solid(
            "M-74 0C-66 -50 40 -62 62 -14C70 -12 78 -6 78 2C78 8 72 12 62 14C42 60 -64 50 -74 0Z",
            lemon,
            shade=18,
            light=10,
        )


def half_lemon(sheet: Sheet, x: float, foot: float, size: float) -> None:
    """Lying with its cut to us."""
    with sheet.group(f"translate({x} {foot - 46 * size}) scale({size})"):
        sheet.shadow(6, 44, 50, depth=0.16, reach=0.4)
        sheet.flat("M-6 -52C40 -56 62 -30 62 0C62 30 40 50 -6 50Z", tones("#e3b740").dark)
        with sheet.group("scale(.92 1)"):
            lemon_slice(sheet, -10, 0, 52)


def carafe_body(sheet: Sheet, color: str, x: float, base: float, size: float) -> None:
    """Without its lid: narrow neck, wide foot, two thirds full."""
    profile = [[(-480, 66), (-430, 52), (-380, 50), (-300, 84), (-180, 122), (-60, 128), (0, 108)]]
    water = [[(-262, 96), (-180, 115), (-62, 120), (-14, 98)]]
    with sheet.group(f"translate({x} {base}) scale({size})"):
        sheet.shadow(0, -3, 112, depth=0.14, reach=0.7)
        vessel(sheet, 0, profile, color, filled=water)


def carafe(sheet: Sheet, color: str) -> None:
    """With its tumbler over the neck."""
    carafe_body(sheet, color, 390, 840, 1.12)
    glass = tones(color)
    with sheet.group("", opacity=0.6):
        cap = sheet.turned(390, [[(276, 66), (290, 74), (420, 84)]], glass, tilt=0.12)
    sheet.line(oval(390, 420, 84, 10), glass.dark, 4)
    sheet.flat(oval(390, 278, 62, 8), glass.light)
    sheet.line("M332 300L326 402", "#ffffff", 7, opacity=0.6, within=cap)


def carafe_detail(sheet: Sheet, color: str) -> None:
    """Pouring into a tumbler."""
    sheet.room()
    tumbler(sheet, color, 300, 900, 1.9, level=0.45)
    sheet.line(curve([(336, 330), (300, 420), (296, 700)]), tones(WATER).light, 26, opacity=0.9)
    sheet.line(curve([(330, 330), (294, 420), (290, 700)]), "#ffffff", 6, opacity=0.8)
    with sheet.group("translate(352 318) rotate(-112)"):
        profile = [[(0, 120), (90, 96), (180, 92), (320, 150), (560, 230), (800, 240)]]
        vessel(sheet, 0, profile, color, filled=[[(330, 132), (560, 214), (800, 226)]], tilt=0.16)


def carafe_scene(sheet: Sheet, color: str) -> None:
    """On a sill in the morning."""
    painted_wall(sheet, "#d5dcd9", "#f2ebdf", horizon=790)
    window(sheet, 250, 90, 430, 640)
    sheet.flat(polygon((180, 764), (760, 764), (800, 800), (140, 800)), "#fbf6ec")
    sheet.flat(polygon((140, 800), (800, 800), (800, 826), (140, 826)), "#ddd3c0")
    with sheet.group("translate(330 780) scale(.74) translate(-390 -840)"):
        carafe(sheet, color)
    tumbler(sheet, color, 560, 784, 0.66, level=0.6)
