"""For the armchair and the floor before it: cushion, throw, rug."""

from app.seed.drawings import light
from app.seed.drawings.cloth import rolled, weave
from app.seed.drawings.furniture import armchair, cushion_at, living_room
from app.seed.drawings.settings import picture, place
from app.seed.drawings.shades import LEATHER, OAK, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def cushion(sheet: Sheet, color: str) -> None:
    """A large one and a long one before it, both piped."""
    sheet.shadow(400, 836, 250, depth=0.08, reach=0.35)
    d = cushion_at(sheet, 170, 380, 440, 446, color)
    weave(sheet, d, (160, 380, 460, 460), tones(color).dark, 8)
    long = cushion_at(sheet, 270, 640, 420, 216, "#e6dcc8")
    weave(sheet, long, (260, 630, 440, 240), "#c9bb9d", 8)
    for x in (330, 346, 614, 630):
        sheet.line(f"M{x} 640V862", tones(color).mid, 7, within=long)


def cushion_detail(sheet: Sheet, color: str) -> None:
    """A corner of the cover and its buttons of wood."""
    cloth, wood = tones(color), tones(OAK)
    with sheet.group("rotate(-6 400 500)"):
        d = "M-200 -200H560Q640 -214 690 -260Q648 -120 652 100V560Q656 690 700 780Q620 724 500 722H-200Z"
        sheet.cast(d, 20, 22, opacity=0.18)
        sheet.solid(d, cloth, shade=34, light=0, drop=-16)
        weave(sheet, d, (-200, -300, 920, 1100), cloth.dark, 11)
        sheet.line("M690 -260Q648 -120 652 100V560Q656 690 700 780Q620 724 500 722H-200", cloth.deep, 15)
        sheet.line("M687 -262Q645 -120 649 100V560Q653 688 696 774Q620 720 500 718H-200", cloth.light, 6)
        sheet.line("M-200 520H640", cloth.deep, 6)
        sheet.flat(box(-200, 520, 850, 60), cloth.dark, opacity=0.5, within=d)
        sheet.line("M-200 500H640", cloth.light, 3, dash="13 9")
        for x in (120, 330, 540):
            sheet.flat(oval(x + 6, 470, 38, 38), "#3a2f26", opacity=0.24)
            sheet.solid(oval(x, 462, 38, 38), wood, shade=8, light=7)
            sheet.line(oval(x, 462, 27, 27), wood.dark, 3)
            for dx, dy in ((-8, -8), (8, -8), (-8, 8), (8, 8)):
                sheet.flat(oval(x + dx, 462 + dy, 4.5, 4.5), wood.deep)
            sheet.line(f"M{x - 8} 454L{x + 8} 470M{x + 8} 454L{x - 8} 470", "#efe6d2", 4)


def cushion_scene(sheet: Sheet, color: str) -> None:
    living_room(sheet)
    picture(sheet, 300, 90, 200, 240, "#7f9a75")
    armchair(sheet, "#8a8378")
    d = cushion_at(sheet, 280, 462, 240, 196, color)
    weave(sheet, d, (270, 460, 260, 210), tones(color).dark, 7)


def fringe(sheet: Sheet, left: float, right: float, y: float, length: float, color: str) -> None:
    """Twisted ends of a warp, hanging."""
    step = length * 0.34
    for place_ in range(int((right - left) / step) + 1):
        x = left + place_ * step
        sheet.line(f"M{x:.0f} {y}l{(place_ % 3 - 1) * 2} {length}", color, step * 0.42)


def herringbone(sheet: Sheet, within: str, area: tuple[float, float, float, float], color: str, step: float) -> None:
    left, top, width, height = area
    for column in range(int(width / step) + 1):
        x = left + column * step
        rise = step * 0.7 if column % 2 else -step * 0.7
        lines = "".join(
            f"M{x:.0f} {top + row * step * 0.6:.0f}l{step:.0f} {rise:.0f}"
            for row in range(int(height / step / 0.6) + 3)
        )
        sheet.line(lines, color, max(1.6, step * 0.1), opacity=0.5, within=within)


def throw(sheet: Sheet, color: str) -> None:
    """Over a ladder of oak that leans at the wall."""
    cloth, wood = tones(color), tones(OAK)
    sheet.shadow(420, 880, 200, depth=0.06, reach=0.4)
    for x in (236, 552):
        sheet.cast(box(x, 120, 20, 750), 20, 8, opacity=0.08)
    for y in (220, 420, 640, 800):
        sheet.bar([(250, y), (556, y)], wood, 18)
    for x in (240, 560):
        sheet.bar([(x, 110), (x + (4 if x > 400 else -4), 880)], wood, 24)
    d = "M272 236C272 206 536 206 536 236L548 700C470 718 350 690 262 708Z"
    sheet.cast(d, 20, 14, opacity=0.16)
    sheet.solid(d, cloth, shade=34, light=14)
    herringbone(sheet, d, (250, 200, 310, 520), cloth.dark, 26)
    for y in (600, 640):
        sheet.line(curve([(256, y + 4), (350, y - 8), (470, y + 14), (552, y - 2)]), cloth.light, 13, within=d)
    for points in ([(350, 226), (362, 420), (346, 710)], [(460, 226), (452, 460), (470, 714)]):
        sheet.line(curve(points), cloth.deep, 8, opacity=0.4, within=d)
    fringe(sheet, 270, 540, 700, 52, cloth.mid)


def throw_detail(sheet: Sheet, color: str) -> None:
    """Herringbone and fringe, close."""
    cloth = tones(color)
    with sheet.group("rotate(-9 400 500)"):
        d = box(-200, -200, 880, 870)
        with sheet.group("translate(10 14)"):
            fringe(sheet, -180, 670, 660, 150, "#c9bda8")
        sheet.cast(d, 14, 18, opacity=0.16)
        sheet.solid(d, cloth, shade=18, light=0)
        herringbone(sheet, d, (-200, -240, 890, 940), cloth.dark, 62)
        for y in (470, 560):
            sheet.flat(box(-200, y, 890, 30), cloth.light, within=d)
        fringe(sheet, -180, 670, 664, 140, cloth.mid)
        fringe(sheet, -176, 674, 664, 130, cloth.light)


def throw_scene(sheet: Sheet, color: str) -> None:
    """Over the arm of a chair by the lamp."""
    living_room(sheet, "#c3c8bd")
    armchair(sheet, "#a98e74")
    cloth = tones(color)
    d = (
        "M322 372C350 356 470 356 500 372L512 640C520 690 526 720 522 760"
        "C470 772 360 752 316 764C306 700 314 660 318 620Z"
    )
    sheet.cast(d, 12, 10, opacity=0.18)
    sheet.solid(d, cloth, shade=24, light=12)
    herringbone(sheet, d, (300, 350, 230, 420), cloth.dark, 20)
    for y in (690, 716):
        sheet.line(curve([(300, y + 4), (380, y - 6), (460, y + 8), (530, y)]), cloth.light, 9, within=d)
    sheet.line(curve([(318, 622), (400, 634), (512, 622)]), cloth.deep, 7, opacity=0.4, within=d)
    fringe(sheet, 324, 520, 756, 34, cloth.mid)
    place(sheet, light.table_lamp, "#7b5239", 690, 720, 0.52)
    sheet.solid(box(600, 712, 180, 22, 6), tones(OAK), shade=8, light=6)
    for x in (616, 750):
        sheet.solid(box(x, 734, 16, 140), tones(OAK), shade=5, light=4)


def _rug(sheet: Sheet, color: str, x: float, y: float, width: float, height: float) -> None:
    """Lying, seen straight from above: stripes and a row of diamonds at both ends, fringed."""
    wool = tones(color)
    pale = "#e8deca"
    for at, sign in ((y, -1), (y + height, 1)):
        for step in range(int(width / 15)):
            sheet.line(f"M{x + 8 + step * 15:.0f} {at}v{sign * 34}", tones(pale).mid, 6)
    d = box(x, y, width, height, 4)
    sheet.cast(d, 12, 14, opacity=0.16)
    sheet.solid(d, wool, shade=10, light=10)
    for top in (y + 34, y + height - 34 - 104):
        sheet.flat(box(x, top, width, 104), pale, within=d)
        count = 6
        half = width / count / 2
        diamonds = "".join(
            f"M{x + (2 * step + 1) * half - half * 0.8:.1f} {top + 52}l{half * 0.8:.1f} -40l{half * 0.8:.1f} 40"
            f"l{-half * 0.8:.1f} 40Z"
            for step in range(count)
        )
        sheet.flat(diamonds, wool.mid)
    middle = y + height / 2
    for offset, thick in ((-90, 10), (-60, 26), (0, 44), (60, 26), (90, 10)):
        sheet.flat(box(x, middle + offset - thick / 2, width, thick), pale, within=d)
    rows = "".join(f"M{x} {y + at * 9:.0f}h{width}" for at in range(int(height / 9) + 1))
    sheet.line(rows, wool.deep, 1.6, opacity=0.28, within=d)


def rug(sheet: Sheet, color: str) -> None:
    with sheet.group("rotate(4 400 500)"):
        _rug(sheet, color, 170, 130, 460, 740)


def rug_detail(sheet: Sheet, color: str) -> None:
    """Rolled up and tied, standing at the wall."""
    wool, cord = tones(color), tones(LEATHER)
    sheet.shadow(430, 850, 130, depth=0.14, reach=0.7)
    d = "M290 170H510V836A110 26 0 0 1 290 836Z"
    sheet.solid(d, wool, shade=60, light=26)
    for y, thick in ((290, 40), (352, 14), (640, 40), (702, 14)):
        sheet.flat(f"M290 {y}a110 20 0 0 0 220 0v{thick}a110 20 0 0 1 -220 0Z", "#e8deca", within=d)
    sheet.flat(box(450, 160, 70, 720), "#3a2f26", opacity=0.14, within=d)
    rows = "".join(f"M290 {y}a110 20 0 0 0 220 0" for y in range(180, 840, 11))
    sheet.line(rows, wool.deep, 1.6, opacity=0.3, within=d)
    with sheet.group("translate(400 170) scale(1 .3)"):
        rolled(sheet, 0, 0, 110, color)
    for y in (460, 540):
        sheet.line(f"M290 {y}a110 20 0 0 0 220 0", cord.dark, 15)
        sheet.line(f"M290 {y - 3}a110 20 0 0 0 220 0", cord.light, 5)


def rug_scene(sheet: Sheet, color: str) -> None:
    living_room(sheet, "#cfd3c4", horizon=640)
    picture(sheet, 130, 110, 190, 230, shifted("#94b4c6", -0.05))
    with (
        sheet.group("translate(400 836) skewX(-20) scale(1.3 .34) translate(-400 -500)"),
        sheet.group("rotate(90 400 500)"),
    ):
        _rug(sheet, color, 220, 180, 360, 640)
    with sheet.group("translate(470 806) scale(.9) translate(-400 -880)"):
        armchair(sheet, "#b98d63")
