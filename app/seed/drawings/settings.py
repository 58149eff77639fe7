"""Where things stand: rooms, windows, shelves, meadows, and small things to put beside them.

Each function paints one part of a picture; what is further away comes first.
"""

from collections.abc import Callable

from app.seed.drawings.shades import SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

type Draw = Callable[[Sheet, str], None]
type Scene = tuple[str, str, Callable[[Sheet], None]]
"""The color of the wall, that of the arch, and what is put before it."""


def place(sheet: Sheet, draw: Draw, color: str, x: float, y: float, scale: float, *, foot: float = 832) -> None:
    """Stand a thing with the middle of its foot at x, y."""
    with sheet.group(f"translate({x} {y}) scale({scale}) translate(-390 {-foot})"):
        draw(sheet, color)


def valley(sheet: Sheet, left: float, top: float, right: float, base: float) -> None:
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


def stage(wall: str, arch: str) -> Sheet:
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


def outdoors(sheet: Sheet, *, ground: float = 700, grass: str = "#8ba377") -> None:
    """The valley, and a meadow to stand in from `ground` down."""
    valley(sheet, -140, -60, 940, ground + 120)
    meadow(sheet, ground, grass)


def meadow(sheet: Sheet, top: float, grass: str = "#8ba377") -> None:
    """A slope of grass across the picture, its crest in the light, with tufts."""
    green = tones(grass)
    crest = curve([(-20, top + 26), (180, top - 6), (420, top + 10), (640, top - 4), (820, top + 22)])
    sheet.flat(f"{crest}V1010H-20Z", green.light)
    lower = curve([(-20, top + 96), (220, top + 60), (500, top + 92), (820, top + 56)])
    sheet.flat(f"{lower}V1010H-20Z", green.mid)
    for x, y in ((70, 90), (250, 176), (690, 120), (560, 236), (120, 258), (760, 214), (420, 140)):
        tuft(sheet, x, top + y, 1.0, green.dark)


def tuft(sheet: Sheet, x: float, y: float, size: float, color: str) -> None:
    with sheet.group(f"translate({x} {y}) scale({size})"):
        sheet.flat(
            "M-14 0C-14 -14 -20 -24 -26 -30C-12 -26 -7 -14 -6 0ZM-5 0C-6 -20 -2 -32 2 -42C6 -30 7 -18 5 0Z", color
        )
        sheet.flat("M6 0C8 -14 14 -22 24 -28C18 -18 16 -10 15 0Z", color)


def fir(sheet: Sheet, x: float, y: float, height: float, color: str = "#4f6f52") -> None:
    """A conifer as three skirts, lit on the left."""
    green = tones(color)
    with sheet.group(f"translate({x} {y}) scale({height / 100})"):
        sheet.flat(box(-4, -14, 8, 16), shifted(color, -0.13, chroma=0.5, hue=-60))
        for top, base, half in ((-64, -10, 34), (-84, -34, 27), (-100, -60, 19)):
            sheet.flat(f"M0 {top}L{-half} {base}Q0 {base + 8} {half} {base}Z", green.mid)
            sheet.flat(f"M0 {top}L{half} {base}Q{half * 0.5} {base + 6} {half * 0.2} {base + 5}Z", green.dark)


def rock(sheet: Sheet, x: float, y: float, width: float, color: str = "#a5a097") -> None:
    stone = tones(color)
    with sheet.group(f"translate({x} {y}) scale({width / 100})"):
        sheet.shadow(0, -1, 50, depth=0.12, reach=0.3)
        d = "M-50 0C-56 -24 -36 -46 -8 -48C24 -52 54 -30 50 0Z"
        sheet.solid(d, stone, shade=18, light=8)


def evening(sheet: Sheet, wall: str = "#46536b", table: str = "#6d6259", *, horizon: float = 735) -> None:
    """A room after dark, before its lamp is lit."""
    sheet.flat(box(0, 0, 800, horizon), wall)
    sheet.flat(box(0, horizon, 800, 1000 - horizon), table)
    sheet.flat(box(0, horizon, 800, 3), tones(table).dark)


def painted_wall(sheet: Sheet, wall: str, table: str, *, horizon: float = 735) -> None:
    """A wall in a color with the day on it, and what stands before it."""
    sheet.flat(box(0, 0, 800, horizon), wall)
    lit = shifted(wall, 0.022)
    sheet.flat(f"M-60 0H330L{330 - horizon * 0.28} {horizon}H-60Z", lit)
    sheet.flat(f"M390 0H520L{520 - horizon * 0.28} {horizon}H{390 - horizon * 0.28}Z", lit)
    sheet.flat(box(0, horizon, 800, 1000 - horizon), table)
    sheet.flat(box(0, horizon, 800, 3), tones(table).dark, opacity=0.6)


def boards(sheet: Sheet, color: str, *, horizon: float = 735) -> None:
    """A wooden floor that runs to the wall, with its skirting."""
    wood = tones(color)
    sheet.flat(box(0, horizon, 800, 1000 - horizon), wood.mid)
    for step in range(-9, 10):
        sheet.line(f"M{400 + step * 62} {horizon}L{400 + step * 132} 1000", wood.dark, 2.4, opacity=0.7)
    sheet.flat(box(0, horizon - 30, 800, 30), "#f6f1e6")
    sheet.flat(box(0, horizon - 3, 800, 5), wood.deep, opacity=0.5)


def plank(sheet: Sheet, left: float, y: float, right: float, color: str, *, thick: float = 26) -> None:
    """A shelf on the wall, its upper edge at y, and the shadow under it."""
    wood = tones(color)
    sheet.flat(f"M{left + 16} {y + thick}H{right + 30}L{right + 8} {y + thick + 44}H{left + 50}Z", SHADE, opacity=0.12)
    sheet.flat(box(left, y, right - left, thick, 3), wood.mid)
    sheet.flat(box(left, y, right - left, 5, 2), wood.light)
    sheet.flat(box(left, y + thick - 8, right - left, 8, 2), wood.dark)


def window(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """A window with the valley in it and a deep sill below."""
    frame = tones("#f4efe4")
    sheet.flat(box(x - 26, y - 26, width + 52, height + 34, 4), frame.dark)
    sheet.flat(box(x - 26, y - 26, width + 44, height + 30, 4), frame.light)
    pane = box(x, y, width, height)
    with sheet.inside(pane):
        valley(sheet, x - 60, y - 20, x + width + 60, y + height + 60)
        sheet.flat(box(x, y, width, 12), SHADE, opacity=0.16)
        sheet.flat(box(x, y, 12, height), SHADE, opacity=0.16)
    sheet.flat(box(x + width / 2 - 9, y, 18, height), frame.mid)
    sheet.flat(box(x + width / 2 + 4, y, 5, height), frame.dark)
    sheet.flat(box(x, y + height * 0.44, width, 16), frame.mid)
    sheet.flat(box(x, y + height * 0.44 + 11, width, 5), frame.dark)


def picture(sheet: Sheet, x: float, y: float, width: float, height: float, color: str) -> None:
    """A framed print of hills on the wall."""
    ink, wood = tones(color), tones("#c69a67")
    sheet.cast(box(x, y, width, height), 9, 12, opacity=0.14)
    sheet.flat(box(x, y, width, height), wood.mid)
    sheet.flat(box(x, y, 5, height), wood.light)
    sheet.flat(box(x + 9, y + 9, width - 18, height - 18), "#f7f2e8")
    plate = box(x + width * 0.2, y + height * 0.18, width * 0.6, height * 0.6)
    with sheet.inside(plate), sheet.group(f"translate({x + width * 0.2} {y + height * 0.18}) scale({width / 167})"):
        sheet.flat(box(0, 0, 100, 200), shifted(color, 0.2, chroma=0.6))
        sheet.flat(oval(68, 28, 13, 13), "#f7dca2")
        sheet.flat("M0 70L30 40L56 66L78 50L100 70V200H0Z", ink.light)
        sheet.flat("M0 96Q34 66 62 88T100 84V200H0Z", ink.dark)


def lying_books(sheet: Sheet, cx: float, y: float, width: float, colors: tuple[str, ...]) -> float:
    """A stack of books whose foot is at y; returns where its top is."""
    thick = width * 0.17
    for step, color in enumerate(colors):
        cover = tones(color)
        y -= thick
        wide = width * (1 - 0.07 * ((step * 2) % 3))
        x = cx - wide / 2 + (step * 5) % 9 - 4
        sheet.flat(box(x + 6, y + 4, wide - 10, thick - 6), "#f4eee0")
        sheet.flat(box(x + 6, y + thick * 0.55, wide - 10, thick * 0.4), "#d9d0be")
        sheet.flat(box(x, y, wide, thick * 0.18, 2), cover.mid)
        sheet.flat(box(x, y + thick * 0.82, wide, thick * 0.18, 2), cover.dark)
        sheet.solid(box(x - 4, y, thick * 0.5, thick, thick * 0.18), cover, shade=4, light=4)
    return y


def standing_books(sheet: Sheet, x: float, y: float, height: float, colors: tuple[str, ...]) -> float:
    """A row of backs standing at y; returns where its right end is."""
    for step, color in enumerate(colors):
        cover = tones(color)
        thick = height * (0.16 + 0.045 * ((step * 3) % 4))
        tall = height * (1 - 0.09 * ((step * 2) % 3))
        back = box(x, y - tall, thick, tall, 3)
        sheet.solid(back, cover, shade=thick * 0.28, light=thick * 0.14)
        for share in (0.14, 0.19, 0.84):
            sheet.flat(box(x, y - tall * (1 - share), thick, 4), shifted(color, 0.2), opacity=0.8)
        x += thick + 1.5
    return x


def cup(sheet: Sheet, x: float, y: float, size: float, color: str) -> None:
    """A mug seen from above, full; its middle at x, y."""
    glaze = tones(color)
    with sheet.group(f"translate({x} {y}) scale({size / 100})"):
        sheet.flat(oval(16, 20, 104, 104), SHADE, opacity=0.2)
        sheet.line("M60 -60L112 -118", glaze.dark, 34)
        sheet.line("M58 -62L109 -121", glaze.mid, 24)
        sheet.solid(oval(0, 0, 100, 100), glaze, shade=9, light=9)
        sheet.flat(oval(1, 2, 82, 82), "#4a2f22")
        sheet.line(curve([(-54, -18), (-36, -48), (-2, -62)]), "#7a5a48", 7)


def sprig(sheet: Sheet, x: float, y: float, length: float, turn: float, color: str = "#7c9c78") -> None:
    """A cut twig with leaves on both sides, lying; its foot at x, y."""
    green = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({length / 100})"):
        sheet.line("M0 0C4 -40 -4 -70 0 -100", green.dark, 2.4)
        for step in range(5):
            at = -18 - step * 17
            for side in (-1, 1):
                tip = (side * 24, at - 15)
                leaf = f"M0 {at}C{side * 6} {at - 14} {side * 16} {at - 18} {tip[0]} {tip[1]}"
                sheet.flat(
                    f"{leaf}C{side * 22} {at - 2} {side * 10} {at + 2} 0 {at}Z", green.mid if side < 0 else green.dark
                )
        sheet.flat("M0 -96C-9 -106 -7 -120 0 -128C7 -120 9 -106 0 -96Z", green.light)
