"""Planter, watering can, snips; and the leaves that other pictures have, too."""

from app.seed.drawings.shades import BRASS, SHADE, STEEL, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval

LEAF = "#587a4c"
SOIL = "#4b3a2e"


def leaf(
    sheet: Sheet, x: float, y: float, length: float, turn: float, color: str = LEAF, *, wide: float = 0.34
) -> None:
    """One leaf from its stem at x, y; `turn` 0 points up, positive to the right. Half of it lies in the light."""
    green = tones(color)
    half = length * wide
    with sheet.group(f"translate({x:.1f} {y:.1f}) rotate({turn:.1f})"):
        left = f"M0 0C{-half} {-length * 0.3} {-half * 0.9} {-length * 0.7} 0 {-length}Z"
        right = f"M0 0C{half} {-length * 0.3} {half * 0.9} {-length * 0.7} 0 {-length}Z"
        lit, shaded = (green.light, green.mid) if turn <= 20 else (green.mid, green.dark)
        sheet.flat(left, lit)
        sheet.flat(right, shaded)
        sheet.line(f"M0 {length * 0.12:.1f}V{-length * 0.82:.1f}", green.dark, max(2, length * 0.018))


def pot(sheet: Sheet, color: str, cx: float, top: float, base: float, half: float, *, saucer: bool = True) -> str:
    clay = tones(color)
    height = base - top
    if saucer:
        sheet.turned(cx, [[(base - 20, half * 1.0), (base, half * 0.9)]], clay, tilt=0.13)
        sheet.flat(oval(cx, base - 20, half, half * 0.13), clay.light)
        sheet.flat(oval(cx + 4, base - 19, half * 0.9, half * 0.11), clay.dark)
        base -= 16
    body = sheet.turned(cx, [[(top + height * 0.2, half * 0.94), (base, half * 0.66)]], clay, tilt=0.13)
    sheet.flat(box(cx - half, top + height * 0.2, 2 * half, 20), clay.deep, opacity=0.35, within=body)
    sheet.turned(cx, [[(top, half), (top + height * 0.23, half * 0.985)]], clay, tilt=0.13)
    return sheet.rim(cx, top, half, clay, wall=half * 0.085)


def planter(sheet: Sheet, color: str) -> None:
    """With a rubber fig in it."""
    cx = 390.0
    sheet.shadow(cx, 830, 158, depth=0.15, reach=0.7)
    hollow = pot(sheet, color, cx, 586, 832, 152)
    sheet.flat(oval(cx, 598, 138, 15), SOIL, within=hollow)
    stem = [(392, 598), (386, 480), (398, 360), (390, 214)]
    sheet.line(curve(stem), "#6a5a3c", 12)
    sheet.line(curve([(x - 3, y) for x, y in stem]), "#8b7a55", 4)
    for x, y, length, turn in (
        (398, 360, 170, 64), (388, 420, 186, -70), (394, 300, 164, -58), (392, 470, 176, 76), (396, 262, 150, 46),
        (388, 520, 150, -84), (390, 230, 148, -34), (390, 214, 150, 8),
    ):  # fmt: skip
        leaf(sheet, x, y, length, turn)


def planter_detail(sheet: Sheet, color: str) -> None:
    """The three sizes, empty."""
    sheet.room()
    for cx, top, half in ((262, 520, 176), (520, 640, 122), (660, 730, 74)):
        sheet.shadow(cx, 830, half, depth=0.13, reach=0.4)
        pot(sheet, color, cx, top, 832, half)


def can(sheet: Sheet, color: str) -> None:
    """A watering can with a long thin spout."""
    paint, brass = tones(color), tones(BRASS)
    cx = 320.0
    sheet.shadow(cx, 830, 158, depth=0.14, reach=0.6)
    handle = [(372, 548), (340, 400), (220, 400), (150, 520), (156, 660), (206, 740)]
    sheet.line(curve(handle), brass.dark, 20)
    sheet.line(curve([(x - 2, y - 3) for x, y in handle]), brass.mid, 13)
    sheet.line(curve([(x - 4, y - 6) for x, y in handle[1:5]]), brass.light, 4)
    spout = "M430 786L452 700L636 352L676 366L512 730Q490 790 440 806Z"
    sheet.solid(spout, paint, shade=12, light=8)
    with sheet.group("translate(656 356) rotate(25)"):
        sheet.flat(oval(0, 0, 25, 9), brass.dark)
        sheet.flat(oval(-1, -3, 22, 7), brass.light)
        sheet.flat(oval(0, -2, 14, 4), brass.deep)
    sheet.turned(cx, [[(570, 128), (700, 150), (812, 152), (832, 146)]], paint, tilt=0.13)
    hollow = sheet.rim(cx, 570, 128, paint, wall=8)
    lid = oval(cx + 44, 571, 90, 13)
    sheet.flat(lid, paint.mid, within=hollow)
    sheet.line(belt(cx, 806, 151), paint.dark, 4)


def can_detail(sheet: Sheet, color: str) -> None:
    """The end of the spout, over a seedling."""
    paint, brass = tones(color), tones(BRASS)
    sheet.room()
    sheet.flat("M-60 120L-20 -40L420 290L392 336Z", paint.mid)
    sheet.flat("M-60 120L-46 62L398 322L392 336Z", paint.dark)
    sheet.flat("M-20 -40L420 290L416 297L-26 -16Z", paint.light)
    with sheet.group("translate(408 316) rotate(38)"):
        sheet.solid(box(-16, -36, 44, 72, 8), brass, shade=8, light=8)
        sheet.flat(oval(28, 0, 9, 34), brass.deep)
    drops = ((470, 400, 15), (494, 458, 18), (486, 520, 14), (522, 566, 19), (510, 640, 14))
    for x, y, size in drops:
        d = (
            f"M{x} {y - size * 1.5}C{x + size} {y - size * 0.3} {x + size} {y + size} {x} {y + size}"
            f"S{x - size} {y - size * 0.3} {x} {y - size * 1.5}Z"
        )
        sheet.solid(d, tones("#8db3c4"), shade=5, light=4)
    sheet.shadow(500, 832, 150, depth=0.13, reach=0.5)
    hollow = pot(sheet, "#bf6b4a", 500, 720, 832, 150, saucer=False)
    sheet.flat(oval(500, 732, 136, 14), SOIL, within=hollow)
    sheet.line(curve([(500, 732), (498, 690), (504, 650)]), "#6f8a52", 9)
    for turn, length in ((-62, 96), (58, 100), (-18, 62), (20, 58)):
        leaf(sheet, 502, 664, length, turn, "#6f8f52", wide=0.4)


def lying_snips(sheet: Sheet, color: str) -> None:
    """Lying, blades up, opened a little; the pivot is at 0, 0."""
    steel, wood = tones(STEEL), tones(color)
    for side in (-1, 1):
        with sheet.group(f"scale({side} 1) rotate(9)"):
            blade = "M-17 26C-30 -60 -22 -180 4 -262C18 -190 24 -70 17 26Z"
            sheet.flat(blade, steel.dark if side > 0 else steel.mid)
            sheet.flat("M-17 26C-30 -60 -22 -180 4 -262C-4 -180 -6 -60 -3 26Z", steel.mid if side > 0 else steel.light)
        with sheet.group(f"scale({side} 1)"):
            arm = (
                "M-14 -6C-8 60 26 96 60 140C116 214 128 330 92 404C84 420 62 412 66 394"
                "C84 320 70 238 30 180C6 140 -22 80 -22 20Z"
            )
            sheet.solid(arm, steel, shade=8 * side, light=6)
            grip = "M62 146C120 220 132 334 96 414C84 434 54 424 60 398C78 326 66 242 30 184Z"
            sheet.solid(grip, wood, shade=12 * side, light=8)
    sheet.flat(oval(0, 6, 27, 27), steel.dark)
    sheet.flat(oval(-2, 4, 23, 23), tones(BRASS).mid)
    sheet.flat(oval(-4, 2, 14, 14), tones(BRASS).light)
    sheet.line("M-10 2H4", tones(BRASS).deep, 4)


def snips(sheet: Sheet, color: str) -> None:
    """From above, with a sprig that was just cut."""
    with sheet.group("translate(350 470) rotate(-18)"):
        with sheet.group("translate(14 18)", opacity=0.15):
            for side in (-1, 1):
                with sheet.group(f"scale({side} 1)"):
                    sheet.line("M-10 -240L6 0C60 120 120 260 76 400", SHADE, 44)
        lying_snips(sheet, color)
    stem = [(700, 800), (640, 640), (604, 470), (612, 300), (640, 180)]
    with sheet.group("translate(10 12)", opacity=0.14):
        sheet.line(curve(stem), SHADE, 30)
    sheet.line(curve(stem), "#6f7f4c", 9)
    for x, y in ((652, 676), (622, 566), (606, 452), (608, 350)):
        leaf(sheet, x, y, 104, -62, "#7c9c78", wide=0.24)
        leaf(sheet, x + 6, y - 30, 104, 52, "#7c9c78", wide=0.24)
    leaf(sheet, 640, 190, 96, 14, "#7c9c78", wide=0.24)


def snips_detail(sheet: Sheet, color: str) -> None:
    """Pivot and blades, close by."""
    with sheet.group("translate(400 560) rotate(24) scale(2.1)"):
        with sheet.group("translate(10 12)", opacity=0.15):
            for side in (-1, 1):
                with sheet.group(f"scale({side} 1)"):
                    sheet.line("M-10 -240L6 0C60 120 120 260 76 400", SHADE, 44)
        lying_snips(sheet, color)
