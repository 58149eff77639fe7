"""The pictures of Play and Guides."""

from app.seed.drawings.guides import birds, map_, stars
from app.seed.drawings.play import blocks, duck, kite, train
from app.seed.drawings.settings import Scene, lying_books, place
from app.seed.drawings.shades import AEGEAN, FOREST, INK_BLUE, MAPLE, OCHRE, RUST, TERRACOTTA, oklch
from app.seed.drawings.sheet import Sheet


def _play(sheet: Sheet) -> None:
    with sheet.group("translate(560 300) rotate(14) scale(.62)"):
        kite.sail(sheet, RUST)
    kite.tail(sheet, [(505, 524), (470, 566), (500, 610), (452, 650), (470, 694)], RUST, 3.6)
    with sheet.group("translate(96 862) scale(1.02)"):
        blocks.bridge(sheet, MAPLE)
    sheet.shadow(480, 896, 160, depth=0.09, reach=0.2)
    with sheet.group("translate(330 896) scale(.94)"):
        train.engine(sheet, AEGEAN)
    place(sheet, duck.duck_alone, OCHRE, 216, 930, 0.42)


def _guides(sheet: Sheet) -> None:
    sheet.shadow(270, 900, 170, depth=0.1, reach=0.3)
    top = lying_books(sheet, 280, 904, 330, (RUST, OCHRE, INK_BLUE))
    with sheet.group(f"translate(280 {top}) scale(.56) translate(-420 -838)"):
        birds.book(sheet, FOREST)
    with sheet.group("translate(566 650) rotate(9)"):
        stars.wheel(sheet, INK_BLUE, 0, 0, 0.56)
    sheet.shadow(600, 908, 90, depth=0.12, reach=0.4)
    with sheet.group("translate(540 706) rotate(4) scale(.44)"):
        map_.cover(sheet, TERRACOTTA)


CATEGORIES: dict[str, Scene] = {
    "play": (oklch(0.80, 0.048, 230), oklch(0.905, 0.026, 220), _play),
    "guides": (oklch(0.79, 0.034, 310), oklch(0.90, 0.020, 315), _guides),
}
