"""The kitchen's things in use."""

from app.seed.drawings.cloth import hanging
from app.seed.drawings.furniture import steam, stove, tiled
from app.seed.drawings.kitchen.brewing import dripper, kettle, mug
from app.seed.drawings.kitchen.keeping import jar
from app.seed.drawings.kitchen.preparing import board, bowl, in_bowl
from app.seed.drawings.settings import lying_books, painted_wall, place, plank, window
from app.seed.drawings.shades import CHARCOAL, COFFEE, INK_BLUE, OAK, OAT, OCHRE, RUST, TERRACOTTA, tones
from app.seed.drawings.sheet import Sheet, box, polygon


def _sill(sheet: Sheet, y: float) -> None:
    sheet.flat(polygon((30, y), (770, y), (800, y + 44), (0, y + 44)), "#fbf6ec")
    sheet.flat(box(0, y + 44, 800, 34), "#ddd3c0")


def mug_scene(sheet: Sheet, color: str) -> None:
    """At the window, on the first page of the day."""
    painted_wall(sheet, "#d9cdbb", "#e9dfcd", horizon=900)
    window(sheet, 130, 90, 540, 610)
    _sill(sheet, 770)
    top = lying_books(sheet, 300, 800, 300, (INK_BLUE, OCHRE, RUST))
    place(sheet, mug, color, 310, top + 4, 0.62)
    steam(sheet, 300, top - 200, 1.0)


def kettle_scene(sheet: Sheet, color: str) -> None:
    stove(sheet)
    place(sheet, kettle, color, 310, 612, 0.84)
    steam(sheet, 548, 330, 1.0)
    hanging(sheet, 470, 792, 600, 990, "#e9e2d5")


def dripper_scene(sheet: Sheet, color: str) -> None:
    """On the counter, beans and a mug at hand."""
    tiled(sheet, "#e6ddcd", to=760, size=80)
    plank(sheet, -20, 250, 820, OAK)
    for x, size, filling, level in ((140, 0.5, COFFEE, 0.8), (280, 0.4, "#d9c49a", 0.6), (690, 0.46, "#b0693f", 0.5)):
        jar(sheet, OAK, x, 254, size, filling, level)
    place(sheet, mug, OAT, 440, 252, 0.34)
    place(sheet, mug, OAT, 560, 252, 0.34)
    sheet.flat(box(0, 760, 800, 240), tones(OAK).light)
    sheet.flat(box(0, 760, 800, 4), "#ffffff", opacity=0.4)
    sheet.flat(box(0, 930, 800, 70), tones(OAK).dark)
    place(sheet, dripper, color, 300, 860, 0.98)
    steam(sheet, 300, 440, 0.9)
    place(sheet, mug, INK_BLUE, 600, 898, 0.54)


def board_scene(sheet: Sheet, color: str) -> None:
    """Leaning at the tiles with its neighbors."""
    tiled(sheet, "#dfe3da", to=780, size=80)
    sheet.flat(box(0, 780, 800, 220), "#efe6d6")
    sheet.flat(box(0, 780, 800, 4), "#ffffff", opacity=0.7)
    place(sheet, board, color, 360, 842, 0.98, foot=846)
    jar(sheet, OAK, 100, 834, 0.66, "#d9c49a", 0.7)
    place(sheet, bowl, TERRACOTTA, 590, 906, 0.66)
    with in_bowl(sheet, 590, 906, 0.66, TERRACOTTA):
        _lemons(sheet)


def _lemons(sheet: Sheet) -> None:
    for at, high, turn in ((250, 590, 20), (530, 592, -14), (390, 600, 4), (320, 524, -24), (456, 528, 30)):
        with sheet.group(f"translate({at} {high}) rotate({turn})"):
            d = "M-86 0C-80 -60 50 -72 74 -16C82 -12 92 -6 92 2C92 10 84 14 74 18C50 72 -80 60 -86 0Z"
            sheet.cast(d, 6, 8, opacity=0.18)
            sheet.solid(d, tones("#e3b740"), shade=20, light=11)


def towels_scene(sheet: Sheet, color: str) -> None:
    """Over the rail of the stove, bread rising above."""
    stove(sheet, lit=False)
    with sheet.group("translate(560 612) scale(.5) translate(-390 -832)"):
        bowl(sheet, "#e9e2d5")
        sheet.flat("M150 590C160 480 290 450 390 452S620 480 630 590A242 40 0 0 1 150 590Z", "#efe1c4")
        sheet.flat("M470 462C560 480 622 520 630 590A242 40 0 0 1 480 628Z", "#dccaa6")
    place(sheet, kettle, CHARCOAL, 270, 612, 0.6)
    d = hanging(sheet, 250, 792, 450, 985, color, border=False)
    for y, tall in ((912, 28), (950, 8)):
        sheet.flat(f"M230 {y}q120 8 240 0v{tall}q-120 8 -240 0Z", "#e6dcc8", within=d)
    hanging(sheet, 486, 792, 610, 940, "#e6dcc8")


def bowl_scene(sheet: Sheet, color: str) -> None:
    """Full of lemons on the table."""
    painted_wall(sheet, "#c5ccc4", "#efe4d2")
    window(sheet, 420, -60, 300, 480)
    place(sheet, bowl, color, 390, 890, 1.12)
    with in_bowl(sheet, 390, 890, 1.12, color):
        _lemons(sheet)
    with sheet.group("translate(120 930) scale(.9)"):
        d = "M-74 0C-66 -50 40 -62 62 -14C70 -12 78 -6 78 2C78 8 72 12 62 14C42 60 -64 50 -74 0Z"
        sheet.shadow(0, 42, 56, depth=0.16, reach=0.4)
        sheet.solid(d, tones("#e3b740"), shade=18, light=10)
