"""Cutting, drying, mixing: board, towels, bowl."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.seed.drawings.shades import BRASS, CHALK, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.stoneware import CLAY, speckle


def board(sheet: Sheet, color: str) -> None:
    """Leaning against the wall: a long board with a handle and a hole."""
    wood = tones(color)
    sheet.shadow(400, 838, 190, depth=0.1)
    d = (
        "M262 846 Q238 846 238 820 L238 408 Q238 366 282 362 L330 358 Q352 356 354 330 L356 226 Q358 182 400 182 "
        "Q442 182 444 226 L446 330 Q448 356 470 358 L518 362 Q562 366 562 408 L562 820 Q562 846 538 846Z"
    )
    with sheet.group("translate(26 6)"):
        sheet.flat(d, "#4a3a2a", opacity=0.16)
    sheet.solid(d, wood, shade=20, light=9)
    for x, bend, width in (
        (282, 10, 5),
        (316, -8, 3),
        (352, 14, 6),
        (396, -6, 3),
        (430, 12, 7),
        (478, -12, 4),
        (520, 8, 3),
    ):
        sheet.line(
            curve([(x, 180), (x + bend, 430), (x - bend, 640), (x, 860)]), wood.dark, width, opacity=0.5, within=d
        )
    sheet.line("M400 560C384 590 384 630 400 660C416 630 416 590 400 560", wood.deep, 4, opacity=0.45, within=d)
    sheet.line("M400 530C368 580 368 640 400 700C432 640 432 580 400 530", wood.dark, 4, opacity=0.5, within=d)
    sheet.flat(oval(400, 234, 20, 20), wood.deep)
    sheet.flat(oval(404, 237, 16, 16), "#e9e0d0")
    sheet.line("M400 222C396 160 404 120 400 96", CHALK, 6)
    sheet.line("M400 222C410 160 396 120 400 96", shifted(CHALK, -0.16), 3)
    sheet.flat(oval(400, 94, 8, 8), tones(BRASS).mid)


def board_detail(sheet: Sheet, color: str) -> None:
    """From above, with bread cut on it."""
    wood, crust = tones(color), tones("#b9773c")
    d = box(-60, 190, 760, 640, 70)
    sheet.flat(box(-40, 216, 772, 646, 70), "#4a3a2a", opacity=0.18)
    sheet.solid(d, wood, shade=16, light=10)
    for y, bend, width in (
        (250, 14, 6),
        (310, -10, 4),
        (372, 12, 8),
        (450, -16, 4),
        (540, 10, 7),
        (640, -12, 5),
        (740, 14, 7),
    ):
        sheet.line(
            curve([(-60, y), (180, y + bend), (460, y - bend), (720, y)]), wood.dark, width, opacity=0.5, within=d
        )
    sheet.line("M90 740C180 690 330 690 420 740C330 790 180 790 90 740", wood.dark, 5, opacity=0.5)
    loaf = "M-60 330C40 260 250 262 330 318C372 352 372 452 330 488C250 548 60 560 -60 500Z"
    sheet.flat(loaf, "#4a3a2a", opacity=0.2)
    with sheet.group("translate(-14 -14)"):
        sheet.solid(loaf, crust, shade=22, light=0, drop=14)
        for x in (60, 150, 240):
            sheet.line(f"M{x - 40} 330C{x} 370 {x + 10} 430 {x - 16} 500", crust.light, 15)
    for x, y, turn in ((440, 400, 8), (520, 520, -14)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            slice_ = "M-84 -60C-60 -104 60 -104 84 -60C98 -30 88 0 84 84C40 100 -40 100 -84 84C-88 0 -98 -30 -84 -60Z"
            with sheet.group("translate(12 14)"):
                sheet.flat(slice_, "#4a3a2a", opacity=0.2)
            sheet.flat(slice_, crust.mid)
            with sheet.group("scale(.88)"):
                sheet.solid(slice_, tones("#efdcb4"), shade=14, light=0)
            for dot_x, dot_y, size in ((-30, -20, 9), (20, 10, 7), (-10, 44, 6), (36, -36, 6), (-44, 40, 5)):
                sheet.flat(oval(dot_x, dot_y, size, size * 0.7), "#dcc393")


def towels(sheet: Sheet, color: str) -> None:
    """Two folded linen towels hanging over a rail."""
    stripe, linen = tones(color), tones("#e6dcc8")
    sheet.line("M120 246H690", tones(BRASS).dark, 17)
    sheet.line("M120 243H690", tones(BRASS).mid, 11)
    sheet.line("M120 239H690", tones(BRASS).light, 3)
    for x in (150, 660):
        sheet.line(f"M{x} 246V210", tones(BRASS).dark, 14)
        sheet.flat(oval(x, 206, 16, 16), tones(BRASS).mid)
    cloth = "M{0} 246C{0} 226 {1} 226 {1} 246L{2} {4}C{5} {6} {7} {8} {3} {4}Z"
    for left, width, foot, plain in ((208, 188, 706, False), (424, 188, 640, True)):
        right = left + width
        d = cloth.format(left, right, right + 6, left - 6, foot, right - 50, foot + 14, left + 50, foot - 10)
        with sheet.group("translate(24 14)"):
            sheet.flat(d, "#4a3a2a", opacity=0.13)
        sheet.solid(d, stripe if plain else linen, shade=22, light=10)
        mark = linen if plain else stripe
        for y, height in ((foot - 120, 34), (foot - 74, 10), (foot - 52, 10)):
            sheet.flat(
                f"M{left - 20} {y}q{width / 2} 10 {width + 40} 0v{height}q{-width / 2} 10 {-width - 40} 0Z",
                mark.mid,
                within=d,
            )
            sheet.flat(f"M{right - 20} {y}h60v{height + 8}h-60Z", mark.dark, within=d)
        for share in (0.3, 0.62):
            fold = left + width * share
            sheet.line(
                curve([(fold, 262), (fold + 8, 420), (fold - 4, 560), (fold + 4, foot + 8)]),
                (stripe if plain else linen).dark,
                7,
                opacity=0.55,
                within=d,
            )
        sheet.line(f"M{left + width * 0.5} 238q-12 20 0 34", mark.dark, 5)


def towels_detail(sheet: Sheet, color: str) -> None:
    """Folded in a stack, corner and stripes."""
    stripe, linen = tones(color), tones("#e6dcc8")
    sheet.room()
    sheet.shadow(400, 832, 270, depth=0.08)
    for y, cloth, mark in ((742, linen, stripe), (660, stripe, linen), (578, linen, stripe), (496, stripe, linen)):
        d = box(140, y, 520, 88, 40)
        sheet.solid(d, cloth, shade=26, light=12, drop=8)
        sheet.line(f"M176 {y + 46}H640", cloth.dark, 4)
        sheet.line(f"M176 {y + 64}H640", cloth.dark, 2, opacity=0.6)
        for x, width in ((470, 46), (534, 14), (562, 14)):
            sheet.flat(box(x, y, width, 88), mark.mid, within=d)
            sheet.flat(box(x, y + 44, width, 44), mark.dark, within=d)


def bowl(sheet: Sheet, color: str) -> None:
    glaze, clay = tones(color), tones(CLAY)
    cx, base = 390.0, 832.0
    sheet.shadow(cx, base - 4, 150, depth=0.13, reach=0.6)
    sheet.turned(cx, [[(800, 96), (base, 92)]], clay, tilt=0.14)
    body = sheet.turned(cx, [[(590, 262), (640, 258), (710, 228), (768, 168), (806, 102)]], glaze, tilt=0.14)
    speckle(sheet, body, (130, 590, 520, 230), glaze.deep, 110)
    hollow = sheet.rim(cx, 590, 262, glaze, wall=11, tilt=0.17)
    sheet.flat(oval(cx + 70, 620, 240, 40), glaze.mid, within=hollow)


@contextmanager
def in_bowl(sheet: Sheet, x: float, foot: float, size: float, color: str) -> Iterator[None]:
    """What lies in a bowl that stands there: its near rim hides the lower half. Sizes and places are the bowl's."""
    with sheet.group(f"translate({x} {foot}) scale({size}) translate(-390 -832)"):
        with sheet.inside("M-100 0H900V590H646A256 42 0 0 1 134 590H-100Z"):
            yield
        sheet.line("M134 590A256 42 0 0 0 646 590", tones(color).light, 10)


def bowl_detail(sheet: Sheet, color: str) -> None:
    """Three sizes nested, from above, with lemons in the smallest."""
    glaze = tones(color)
    sheet.shadow(430, 570, 340, depth=0.9, reach=0.16)
    for cx, cy, radius in ((390, 500, 345), (398, 508, 258), (404, 514, 182)):
        edge = oval(cx, cy, radius, radius)
        sheet.flat(oval(cx + 14, cy + 16, radius, radius), "#3a2f26", opacity=0.18)
        sheet.solid(edge, glaze, shade=9, light=9)
        inner = oval(cx, cy, radius - 20, radius - 20)
        sheet.flat(inner, glaze.dark)
        sheet.flat(oval(cx + 24, cy + 22, radius - 30, radius - 30), glaze.mid, within=inner)
        speckle(sheet, edge, (cx - radius, cy - radius, 2 * radius, 2 * radius), glaze.deep, int(radius / 2.2))
    lemon = tones("#e3b740")
    for x, y, turn in ((360, 470, 25), (450, 500, 80), (390, 572, -20)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            d = "M-66 0C-62 -46 44 -58 58 -12C64 -8 70 -4 70 2C70 8 64 10 58 14C42 58 -62 46 -66 0Z"
            with sheet.group("translate(8 10)"):
                sheet.flat(d, "#3a2f26", opacity=0.22)
            sheet.solid(d, lemon, shade=15, light=9)
