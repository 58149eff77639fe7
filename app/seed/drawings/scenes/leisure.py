"""The pictures of Play and Guides."""

from app.seed.drawings.play import blocks, duck, kite, train
from app.seed.drawings.settings import Scene, place
from app.seed.drawings.shades import AEGEAN, MAPLE, OCHRE, RUST, oklch
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


CATEGORIES: dict[str, Scene] = {
    "play": (oklch(0.80, 0.048, 230), oklch(0.905, 0.026, 220), _play),
}
