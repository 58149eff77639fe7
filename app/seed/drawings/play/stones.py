"""Stacking stones: pebbles of beech, painted in one family of colors."""

from random import Random

from app.seed.drawings.settings import window
from app.seed.drawings.shades import CANVAS, MAPLE, OCHRE, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def _family(color: str) -> tuple[str, ...]:
    """The colors of a set: its own, its neighbors, and bare wood."""
    return (
        color,
        shifted(color, 0.16, chroma=0.6),
        MAPLE,
        shifted(color, -0.1, chroma=0.9),
        "#e9dcc0",
        shifted(color, 0.26, chroma=0.35),
        OCHRE,
    )


def pebble(sheet: Sheet, color: str, cx: float, base: float, width: float, height: float, seed: int) -> None:
    """A stone with flat facets that lies at `base`; `seed` makes it one of a kind."""
    dice = Random(seed)
    left, right = cx - width / 2, cx + width / 2
    lean = (dice.random() - 0.5) * 0.22 * width
    top, waist = base - height, base - height * (0.42 + dice.random() * 0.16)
    d = (
        f"M{left + width * 0.2} {base}Q{left} {base - height * 0.1} {left + width * 0.01} {waist}"
        f"Q{left + width * 0.06} {top} {cx - width * 0.2 + lean} {top}"
        f"L{cx + width * 0.18 + lean} {top}Q{right - width * 0.03} {top + height * 0.1} {right} {waist}"
        f"Q{right + width * 0.005} {base - height * 0.06} {right - width * 0.22} {base}Z"
    )
    stone = tones(color)
    sheet.flat(d, stone.mid)
    facet = f"M{right - width * 0.34} {base + 4}L{right - width * 0.22} {waist}L{cx + width * 0.2 + lean} {top - 4}"
    sheet.flat(f"{facet}H{right + 20}V{base + 4}Z", stone.dark, within=d)
    ridge = f"M{cx - width * 0.24 + lean} {top - 4}L{left + width * 0.2} {waist - height * 0.06}"
    sheet.flat(f"{ridge}L{left - 9} {waist}V{top - 4}Z", stone.light, within=d)


def _tower(sheet: Sheet, color: str, cx: float, base: float, size: float, count: int) -> None:
    """Stones on each other, the largest below."""
    family = _family(color)
    widths = (300, 236, 252, 176, 190, 112, 92)[:count] if count > 4 else (220, 168, 120, 78)[:count]
    sheet.shadow(cx, base, widths[0] * size * 0.48, depth=0.13, reach=0.4)
    for step, width in enumerate(widths):
        height = size * (96 - 7 * step) * (0.86 if step % 2 else 1)
        pebble(sheet, family[step], cx + size * (0, 14, -12, 10, -8, 6, 0)[step], base, width * size, height, step + 3)
        base -= height - 2


def stones(sheet: Sheet, color: str) -> None:
    _tower(sheet, color, 380, 832, 1.04, 7)
    sheet.shadow(634, 840, 62, depth=0.14)
    pebble(sheet, _family(color)[4], 632, 842, 128, 76, 21)


def stones_detail(sheet: Sheet, color: str) -> None:
    """Poured out of their bag, from above."""
    canvas, family = tones(CANVAS), _family(color)
    bag = "M-40 60C60 10 250 30 330 120C390 190 420 300 400 380C350 420 290 380 240 400C140 430 20 440 -40 400Z"
    sheet.cast(bag, 14, 18)
    sheet.solid(bag, canvas, shade=16, light=10)
    mouth = "M330 120C410 160 440 300 400 380C380 390 340 378 318 384C352 300 344 200 330 120Z"
    sheet.flat(mouth, canvas.deep)
    sheet.line(curve([(324, 112), (356, 220), (316, 386)]), tones(color).dark, 8)
    sheet.line(curve([(316, 386), (300, 470), (352, 520)]), tones(color).dark, 8)
    for path in ("M60 90C130 160 150 260 130 380", "M190 80C250 170 256 280 226 380"):
        sheet.line(path, canvas.dark, 7, opacity=0.6)
    spread = ((520, 300, 176, 20), (610, 500, 190, -24), (400, 590, 200, 12), (200, 560, 150, -16), (620, 720, 136, 30),
              (300, 780, 182, -8), (480, 850, 120, 16), (690, 190, 120, -30), (120, 770, 116, 24))  # fmt: skip
    for step, (x, y, width, turn) in enumerate(spread):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            sheet.flat(oval(10, 12, width / 2, width * 0.36), SHADE, opacity=0.2)
            pebble(sheet, family[step % 7], 0, width * 0.34, width, width * 0.68, step + 40)


def stones_scene(sheet: Sheet, color: str) -> None:
    """On the window sill, three towers of three hands."""
    sheet.room(horizon=1000)
    window(sheet, 120, 60, 560, 560)
    sheet.flat(box(-10, 660, 820, 64), "#fbf7ee")
    sheet.flat(box(-10, 712, 820, 12), "#ddd5c5")
    sheet.flat(box(-10, 724, 820, 26), SHADE, opacity=0.1)
    _tower(sheet, color, 250, 700, 0.78, 7)
    _tower(sheet, color, 470, 704, 0.8, 4)
    _tower(sheet, color, 640, 702, 0.62, 4)


DRAWINGS = {"stones": Drawing(View(stones, zoom=1.06), View(stones_detail, SURFACE), View(stones_scene, OWN))}
