"""Pictures with several things in them: the home picture and one per category. Sizes are to each other as in life."""

from collections.abc import Callable

from app.seed.drawings import bags, kitchen, light, plants, trail
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
    SAND,
    SKY,
    STONE,
    TERRACOTTA,
    WALNUT,
    oklch,
    shifted,
    tones,
)
from app.seed.drawings.sheet import Sheet, box, curve, oval

type Draw = Callable[[Sheet, str], None]


def place(sheet: Sheet, draw: Draw, color: str, x: float, y: float, scale: float, *, foot: float = 832) -> None:
    """Stand a thing with the middle of its foot at x, y."""
    with sheet.group(f"translate({x} {y}) scale({scale}) translate(-390 {-foot})"):
        draw(sheet, color)


def _valley(sheet: Sheet, left: float, top: float, right: float, base: float) -> None:
    """Hills in the morning and a river that takes its time."""
    width, height = right - left, base - top
    with sheet.group(f"translate({left} {top}) scale({width / 1000} {height / 600})"):
        sheet.flat(box(-5, -600, 1010, 1210), "#d6e3e6")
        sheet.flat(box(-5, -80, 1010, 420), "url(#mist)")
        sheet.flat(oval(250, 170, 54, 54), "#f7dca2")
        sheet.glow(250, 170, 260, 230)
        far = curve(
            [(-20, 290), (90, 222), (200, 268), (330, 176), (470, 262), (600, 200), (760, 262), (890, 196), (1020, 250)]
        )
        sheet.flat(f"{far}V610H-20Z", "#b4c7c6")
        middle = curve([(-20, 330), (160, 292), (330, 340), (520, 286), (720, 338), (900, 288), (1020, 320)])
        sheet.flat(f"{middle}V610H-20Z", "#97af95")
        sheet.flat(
            "M560 330C500 342 640 352 600 368C540 390 420 388 430 416C440 446 640 436 640 476C640 520 380 520 360 610"
            "H700C690 560 800 530 790 478C780 430 560 430 556 412C560 392 690 388 688 364C686 344 600 342 580 330Z",
            "#e8eee6",
        )
        near = curve([(-20, 400), (120, 372), (260, 410), (380, 470), (420, 610)])
        sheet.flat(f"{near}H-20Z", "#7f9a75")
        bank = curve([(1020, 390), (900, 380), (800, 430), (760, 500), (700, 610)])
        sheet.flat(f"{bank}H1020Z", "#6d8a67")
        for x, y, size in (
            (70, 400, 1.0),
            (120, 412, 0.8),
            (900, 410, 1.1),
            (960, 402, 0.9),
            (850, 444, 0.8),
            (200, 420, 0.7),
        ):
            with sheet.group(f"translate({x} {y}) scale({size})"):
                sheet.flat("M0 0C-20 -20 -18 -74 0 -96C18 -74 20 -20 0 0Z", "#4f6f52")
                sheet.flat("M0 0C20 -20 18 -74 0 -96Z", "#456349")


def home() -> str:
    """An arcade in the morning, the valley behind it, the shop's things on the ledge before it: 2100 by 1500.

    Nothing that matters stands in the outer twentieth, which narrow screens cut off.
    """
    sheet = Sheet(2100, 1500)
    stone, reveal = tones(oklch(0.93, 0.018, 80)), oklch(0.87, 0.026, 78)
    sheet.flat(box(0, 0, 2100, 1500), stone.mid)
    ledge = 1130.0
    for left in (90, 770, 1450):
        arch = f"M{left} {ledge}V470A280 300 0 0 1 {left + 560} 470V{ledge}Z"
        sheet.flat(arch, reveal)
        opening = f"M{left + 36} {ledge}V474A250 270 0 0 1 {left + 536} 474V{ledge}Z"
        with sheet.inside(opening):
            _valley(sheet, 60, 170, 2040, 1170)
        sheet.line(f"M{left} {ledge}V470A280 300 0 0 1 {left + 560} 470V{ledge}", stone.light, 8)
        shaded = f"M{left + 536} {ledge}V474A250 270 0 0 0 {left + 286} 204L{left + 286} 120H{left + 640}V{ledge}Z"
        sheet.flat(shaded, stone.dark, opacity=0.75, within=arch)
    for middle in (30, 710, 1390, 2070):
        sheet.flat(box(middle - 78, 452, 156, 30, 6), stone.light)
        sheet.flat(box(middle - 78, 473, 156, 10), stone.dark, opacity=0.6)
        sheet.flat(box(middle - 70, 1074, 140, 58, 5), stone.light)
        sheet.flat(box(middle + 28, 1074, 42, 58, 5), stone.dark, opacity=0.5)
        sheet.flat(box(middle + 22, 483, 36, 592), stone.dark, opacity=0.35)
    sheet.flat(box(0, 0, 2100, ledge), "url(#day)", opacity=0.35)
    sheet.flat(box(0, ledge, 2100, 370), SAND)
    sheet.flat(box(0, ledge, 2100, 5), stone.light)
    sheet.flat(box(0, 1424, 2100, 76), tones(SAND).dark)
    sheet.flat(box(0, 1424, 2100, 5), "#ffffff", opacity=0.5)
    for left in (110, 790, 1470):
        sheet.flat(f"M{left} {ledge + 6}H{left + 500}L{left + 760} 1424H{left + 210}Z", "#fff8e6", opacity=0.5)
    place(sheet, plants.planter, TERRACOTTA, 250, 1262, 1.2)
    place(sheet, bags.backpack, MOSS, 590, 1316, 0.92, foot=842)
    place(sheet, trail.bottle, OCHRE, 826, 1350, 0.5)
    place(sheet, trail.lantern, RUST, 968, 1276, 0.54)
    place(sheet, kitchen.kettle, CHARCOAL, 1206, 1312, 0.8)
    place(sheet, kitchen.mug, SAGE, 1452, 1366, 0.44)
    with sheet.group("translate(1432 1226)", opacity=0.75):
        sheet.line(curve([(0, 0), (-15, -36), (11, -66), (-6, -110)]), "#ffffff", 7)
        sheet.line(curve([(32, -6), (19, -38), (43, -70), (28, -106)]), "#ffffff", 7)
    place(sheet, trail.book, FOREST, 1610, 1284, 0.5)
    place(sheet, light.table_lamp, INK_BLUE, 1858, 1256, 0.98)
    return sheet.svg()


def _stage(wall: str, arch: str) -> Sheet:
    """A painted wall with an arch of light on it, a ledge before it."""
    sheet = Sheet()
    sheet.flat(box(0, 0, 800, 1000), wall)
    sheet.flat("M150 780V400A250 250 0 0 1 650 400V780Z", arch)
    sheet.flat(box(0, 0, 800, 780), "url(#day)", opacity=0.5)
    ledge = shifted(arch, -0.015)
    sheet.flat(box(0, 780, 800, 220), ledge)
    sheet.flat(box(0, 780, 800, 4), "#ffffff", opacity=0.45)
    sheet.flat(box(0, 780, 800, 220), "url(#day)", opacity=0.4)
    return sheet


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
        _valley(sheet, 20, 230, 780, 800)
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


CATEGORIES: dict[str, tuple[str, str, Callable[[Sheet], None]]] = {
    "kitchen": (oklch(0.84, 0.045, 62), oklch(0.92, 0.026, 70), _kitchen),
    "coffee-and-tea": (oklch(0.80, 0.050, 48), oklch(0.90, 0.030, 60), _coffee),
    "light": (oklch(0.46, 0.050, 255), oklch(0.58, 0.050, 250), _light),
    "desk": (oklch(0.80, 0.035, 235), oklch(0.90, 0.020, 225), _desk),
    "bags": (oklch(0.83, 0.050, 85), oklch(0.92, 0.030, 85), _bags),
    "trail": (oklch(0.76, 0.040, 140), oklch(0.88, 0.030, 130), _trail),
    "camp-kitchen": (oklch(0.72, 0.045, 160), oklch(0.86, 0.030, 150), _camp_kitchen),
    "plants": (oklch(0.80, 0.045, 128), oklch(0.91, 0.030, 120), _plants),
}


def category(slug: str) -> str:
    wall, arch, arrange = CATEGORIES[slug]
    sheet = _stage(wall, arch)
    arrange(sheet)
    return sheet.svg()
