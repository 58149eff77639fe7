"""Where things stand: rooms, windows, shelves, meadows, and small things to put beside them.

Each function paints one part of a picture; what is further away comes first.
"""

from collections.abc import Callable

from app.seed.drawings.shades import shifted
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
