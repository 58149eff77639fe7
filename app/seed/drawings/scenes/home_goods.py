"""The pictures of what a house is lived in with: table, bath, textiles."""

from app.seed.drawings import bath, table, textiles
from app.seed.drawings.settings import Scene, place
from app.seed.drawings.shades import CHALK, GLASS, INK_BLUE, OAT, RUST, SAGE, TERRACOTTA, oklch
from app.seed.drawings.sheet import Sheet
from app.seed.drawings.stoneware import plates_stacked


def _table(sheet: Sheet) -> None:
    with sheet.group("translate(250 868) scale(.78) translate(-390 -872)"):
        table.tulips(sheet, TERRACOTTA)
    plates_stacked(sheet, 560, 866, 156, INK_BLUE, 6)
    plates_stacked(sheet, 560, 768, 110, CHALK, 3)
    table.tumbler(sheet, GLASS, 420, 926, 0.62)


def _bath(sheet: Sheet) -> None:
    with sheet.group("translate(330 880) scale(1.04) translate(-400 -870)"):
        bath.bath_towels(sheet, SAGE)
    place(sheet, bath.dispenser, TERRACOTTA, 634, 896, 0.66)
    place(sheet, bath.dish, CHALK, 200, 936, 0.46)


def _textiles(sheet: Sheet) -> None:
    with sheet.group("translate(490 862) scale(.82) translate(-400 -880)"):
        textiles.throw(sheet, OAT)
    with sheet.group("translate(270 904) scale(.66) translate(-400 -836)"):
        textiles.cushion(sheet, RUST)


CATEGORIES: dict[str, Scene] = {
    "table": (oklch(0.80, 0.045, 40), oklch(0.91, 0.028, 55), _table),
    "textiles": (oklch(0.79, 0.045, 75), oklch(0.91, 0.028, 80), _textiles),
    "bath": (oklch(0.80, 0.035, 205), oklch(0.91, 0.020, 200), _bath),
}
