"""The categories' pictures. Sizes are to each other as in life."""

from app.seed.drawings import bags, kitchen, light, plants, trail
from app.seed.drawings.settings import Scene, place, valley
from app.seed.drawings.shades import (
    AEGEAN,
    BEESWAX,
    CANVAS,
    CHARCOAL,
    FOREST,
    INK_BLUE,
    MOSS,
    OAT,
    OCHRE,
    RUST,
    SAGE,
    SKY,
    STONE,
    TERRACOTTA,
    WALNUT,
    oklch,
    tones,
)
from app.seed.drawings.sheet import Sheet, box, oval


def _kitchen(sheet: Sheet) -> None:
    place(sheet, kitchen.board, WALNUT, 556, 838, 0.86, foot=846)
    place(sheet, kitchen.kettle, CHARCOAL, 330, 868, 0.92)
    place(sheet, kitchen.bowl, OAT, 600, 912, 0.5)
    place(sheet, kitchen.mug, TERRACOTTA, 180, 914, 0.46)


def _coffee(sheet: Sheet) -> None:
    place(sheet, kitchen.dripper, TERRACOTTA, 330, 868, 1.16)
    place(sheet, kitchen.mug, INK_BLUE, 600, 908, 0.62)


def _light(sheet: Sheet) -> None:
    sheet.glow(270, 250, 300, 280)
    with sheet.group("translate(0 -110) scale(.66)"):
        light.pendant_lamp(sheet, OCHRE)
    place(sheet, light.table_lamp, SAGE, 520, 870, 0.8)
    place(sheet, light.candles, BEESWAX, 236, 900, 0.5, foot=830)


def _desk(sheet: Sheet) -> None:
    place(sheet, light.desk_lamp, TERRACOTTA, 420, 866, 1.04)
    place(sheet, kitchen.mug, SKY, 610, 918, 0.42)
    sheet.shadow(214, 916, 120, depth=0.1, reach=0.3)
    for x, y, width, color in ((98, 868, 236, INK_BLUE), (112, 826, 206, OCHRE), (106, 784, 218, FOREST)):
        cover = tones(color)
        sheet.flat(box(x + 8, y + 5, width - 12, 34), "#f4eee0")
        sheet.flat(box(x + 8, y + 24, width - 12, 14), "#d9d0be")
        sheet.flat(box(x, y, width, 8, 3), cover.mid)
        sheet.flat(box(x, y + 36, width, 8, 3), cover.dark)
        sheet.solid(box(x - 4, y, 22, 44, 8), cover, shade=5, light=5)


def _bags(sheet: Sheet) -> None:
    place(sheet, bags.backpack, RUST, 300, 876, 0.96, foot=842)
    place(sheet, bags.tote, CANVAS, 560, 916, 0.72, foot=842)


def _trail(sheet: Sheet) -> None:
    with sheet.inside("M150 780V400A250 250 0 0 1 650 400V780Z"):
        valley(sheet, 20, 230, 780, 800)
    place(sheet, trail.blanket, RUST, 300, 900, 0.74, foot=836)
    place(sheet, trail.lantern, MOSS, 300, 592, 0.58)
    place(sheet, trail.bottle, OCHRE, 590, 900, 0.6)
    place(sheet, trail.enamel_mug, AEGEAN, 676, 930, 0.36)


def _camp_kitchen(sheet: Sheet) -> None:
    place(sheet, trail.enamel_mug, OAT, 250, 860, 0.8)
    place(sheet, trail.bottle, FOREST, 520, 872, 0.78)
    place(sheet, trail.enamel_mug, RUST, 400, 924, 0.8)


def _plants(sheet: Sheet) -> None:
    place(sheet, plants.planter, TERRACOTTA, 300, 862, 1.04)
    place(sheet, plants.can, INK_BLUE, 596, 912, 0.66)
    with sheet.group("translate(150 920) scale(.5) translate(-390 -832)"):
        sheet.shadow(390, 830, 110)
        hollow = plants.pot(sheet, STONE, 390, 700, 832, 110)
        sheet.flat(oval(390, 708, 98, 11), plants.SOIL, within=hollow)
        for turn, length in ((-52, 150), (48, 150), (-20, 210), (18, 220), (0, 150)):
            plants.leaf(sheet, 390, 704, length, turn, "#86a06a", wide=0.16)


CATEGORIES: dict[str, Scene] = {
    "kitchen": (oklch(0.84, 0.045, 62), oklch(0.92, 0.026, 70), _kitchen),
    "coffee-and-tea": (oklch(0.80, 0.050, 48), oklch(0.90, 0.030, 60), _coffee),
    "light": (oklch(0.46, 0.050, 255), oklch(0.58, 0.050, 250), _light),
    "desk": (oklch(0.80, 0.035, 235), oklch(0.90, 0.020, 225), _desk),
    "bags": (oklch(0.83, 0.050, 85), oklch(0.92, 0.030, 85), _bags),
    "trail": (oklch(0.76, 0.040, 140), oklch(0.88, 0.030, 130), _trail),
    "camp-kitchen": (oklch(0.72, 0.045, 160), oklch(0.86, 0.030, 150), _camp_kitchen),
    "plants": (oklch(0.80, 0.045, 128), oklch(0.91, 0.030, 120), _plants),
}
