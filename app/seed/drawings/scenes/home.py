"""The home picture."""

from app.seed.drawings import bags, kitchen, light, plants, trail
from app.seed.drawings.settings import place, valley
from app.seed.drawings.shades import CHARCOAL, FOREST, INK_BLUE, MOSS, OCHRE, RUST, SAGE, SAND, TERRACOTTA, oklch, tones
from app.seed.drawings.sheet import Sheet, box, curve


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
            valley(sheet, 60, 170, 2040, 1170)
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
