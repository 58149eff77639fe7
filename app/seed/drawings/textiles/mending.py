"""A darning kit: a tin, yarn on cards, needles, a mushroom of wood."""

from app.seed.drawings.shades import INK_BLUE, MAPLE, OCHRE, RUST, STEEL, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval
from app.seed.drawings.wood import table_top

_YARNS = (INK_BLUE, OCHRE, "#7f9a75", RUST, "#dccdb2", "#6d4359")


def _card(sheet: Sheet, x: float, y: float, turn: float, color: str) -> None:
    """A card wound with yarn."""
    yarn = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn})"):
        d = "M-52 -74L-30 -66Q0 -58 30 -66L52 -74V74L30 66Q0 58 -30 66L-52 74Z"
        sheet.cast(d, 7, 9, opacity=0.2)
        sheet.flat(d, "#efe6d2")
        winding = box(-60, -40, 120, 80, 12)
        sheet.solid(winding, yarn, shade=14, light=9)
        for row in range(7):
            sheet.line(f"M-58 {-32 + row * 11}L58 {-38 + row * 11}", yarn.dark, 2.6, opacity=0.7)
        sheet.line("M52 30C84 40 90 66 70 82", yarn.mid, 5)


def _needle(sheet: Sheet, x: float, y: float, turn: float, thread: str | None = None) -> None:
    with sheet.group(f"translate({x} {y}) rotate({turn})"):
        sheet.line("M5 -114L5 116", "#3a2f26", 7, opacity=0.18)
        if thread:
            sheet.line(curve([(0, -108), (30, -160), (-40, -210), (20, -260)]), thread, 4.5)
        sheet.flat("M-5 -120Q0 -128 5 -120L3 60L0 116L-3 60Z", tones(STEEL).mid)
        sheet.flat("M0 -124Q4 -126 5 -120L3 60L0 116Z", tones(STEEL).dark)
        sheet.flat(oval(0, -106, 1.8, 10), "#f4eee0")


def kit(sheet: Sheet, color: str) -> None:
    """From above: the tin open, its lid beside it, the mushroom before it."""
    tin, inside = tones(color), tones("#d9d2c4")
    edge = oval(340, 440, 262, 262)
    sheet.cast(edge, 18, 22, opacity=0.18)
    sheet.solid(edge, tin, shade=16, light=16)
    well = oval(340, 440, 240, 240)
    sheet.flat(well, inside.deep)
    sheet.flat(oval(350, 450, 238, 238), inside.mid, within=well)
    spots = ((246, 340, -14), (372, 318, 8), (470, 420, 24), (242, 470, 10), (360, 456, -8), (330, 580, 16))
    for (x, y, turn), yarn in zip(spots, _YARNS, strict=True):
        _card(sheet, x, y, turn, yarn)
    lid = oval(640, 770, 190, 190)
    sheet.cast(lid, 14, 18, opacity=0.18)
    sheet.solid(lid, tin, shade=14, light=14)
    sheet.line(oval(640, 770, 150, 150), tin.light, 4)
    sheet.line("M560 780C586 740 606 820 640 780S694 740 720 780", tin.light, 9)
    with sheet.group("translate(250 820) rotate(-38) scale(.62)"):
        mushroom(sheet, MAPLE)
    _needle(sheet, 452, 660, 64, RUST)


def mushroom(sheet: Sheet, color: str) -> None:
    """Standing, its foot at 0, 200."""
    wood = tones(color)
    sheet.turned(0, [[(20, 46), (70, 34), (150, 40), (200, 58)]], wood, tilt=0.16)
    sheet.turned(0, [[(-150, 20), (-136, 90), (-96, 150), (-40, 178), (10, 160), (26, 60)]], wood, tilt=0.06)
    for y, half in ((-118, 122), (-72, 166)):
        sheet.line(belt(0, y, half, tilt=0.1), wood.dark, 3.4, opacity=0.6)


def kit_detail(sheet: Sheet, color: str) -> None:
    """The mushroom and three cards of yarn."""
    tin = tones(color)
    sheet.shadow(300, 832, 120, depth=0.13, reach=0.7)
    with sheet.group("translate(300 600) scale(1.16)"):
        mushroom(sheet, MAPLE)
    sheet.shadow(576, 834, 130, depth=0.1, reach=0.5)
    sheet.turned(576, [[(740, 150), (836, 148)]], tin, tilt=0.14)
    sheet.turned(576, [[(700, 156), (756, 156)]], tin, tilt=0.14)
    sheet.flat(oval(576, 700, 156, 22), tin.light)
    sheet.line(oval(576, 700, 128, 17), tin.mid, 4)
    for x, turn, yarn in ((530, -8, OCHRE), (626, 10, INK_BLUE)):
        _card(sheet, x, 614, turn, yarn)


def kit_scene(sheet: Sheet, color: str) -> None:
    """A sock over the mushroom, its heel half darned."""
    table_top(sheet, "#c69a67")
    wool, yarn = tones("#8d97a0"), tones(color)
    sock = (
        "M250 60H470Q484 60 482 76L470 420C468 480 500 520 560 560C650 620 690 690 640 770C590 850 480 850 400 800"
        "C290 730 240 600 240 460L236 76Q236 60 250 60Z"
    )
    sheet.cast(sock, 18, 20, opacity=0.2)
    sheet.solid(sock, wool, shade=26, light=16)
    sheet.flat(box(220, 40, 280, 110), wool.dark, within=sock)
    for x in range(246, 480, 17):
        sheet.line(f"M{x} 64V148", wool.deep, 4, opacity=0.5, within=sock)
    for y in range(170, 800, 15):
        sheet.line(f"M236 {y}q150 16 420 0", wool.dark, 2.2, opacity=0.5, within=sock)
    heel = oval(392, 650, 122, 122)
    sheet.flat(heel, wool.light, within=sock)
    patch = box(316, 580, 150, 140, 16)
    for step in range(11):
        sheet.line(f"M{320 + step * 14} 578V722", yarn.mid, 7)
    for step in range(6):
        y = 588 + step * 14
        sheet.line(f"M314 {y}H468", yarn.light, 7, dash="14 14" if step % 2 else "1 13 14 0", cap="butt", within=patch)
    sheet.line(curve([(468, 660), (560, 640), (600, 560), (660, 520)]), yarn.mid, 6)
    _needle(sheet, 690, 430, 28)
    _card(sheet, 140, 780, -18, color)
    _card(sheet, 640, 200, 14, OCHRE)
