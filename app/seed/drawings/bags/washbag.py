"""A wash bag in two tiers."""

from app.seed.drawings.settings import plank, sprig
from app.seed.drawings.shades import BRASS, CHALK, LEATHER, OAK, SAGE, SHADE, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

_UPPER = "M130 640C126 560 160 512 230 506H570C640 512 674 560 670 640L668 700H132Z"
_LOWER = "M132 696H668L664 790Q660 838 606 840H194Q140 838 136 790Z"


def washbag(sheet: Sheet, color: str) -> None:
    canvas, leather, brass = tones(color), tones(LEATHER), tones(BRASS)
    sheet.shadow(400, 838, 284, depth=0.08, reach=0.4)
    sheet.solid(_UPPER, canvas, shade=52, light=20)
    sheet.flat("M196 520Q400 486 604 520L588 566Q400 536 212 566Z", canvas.dark, within=_UPPER)
    ridge = curve([(190, 546), (300, 526), (400, 520), (500, 526), (610, 546)])
    sheet.line(ridge, brass.dark, 10)
    sheet.line(ridge, brass.light, 6, dash="4 4", cap="butt")
    with sheet.group("translate(206 548) rotate(24)"):
        sheet.solid(box(-12, 0, 24, 84, 8), leather, shade=6, light=5)
        sheet.flat(oval(0, 14, 6, 6), brass.mid)
    sheet.solid(_LOWER, tones(shifted(color, -0.03)), shade=50, light=18)
    sheet.line("M134 702H666", canvas.deep, 15)
    sheet.line("M134 702H666", brass.mid, 7, dash="4 4", cap="butt")
    with sheet.group("translate(612 702) rotate(-8)"):
        sheet.solid(box(-10, 0, 20, 70, 7), leather, shade=5, light=4)
        sheet.flat(oval(0, 12, 5, 5), brass.mid)
    sheet.line("M150 730V786Q154 822 196 824H604Q646 822 650 786V730", canvas.light, 2, dash="9 7", opacity=0.7)
    handle = [(664, 600), (716, 590), (732, 640), (716, 700), (664, 706)]
    sheet.line(curve(handle), leather.dark, 26)
    sheet.line(curve([(x - 3, y - 3) for x, y in handle]), leather.mid, 17)
    sheet.solid(box(352, 604, 96, 58, 4), leather, shade=6, light=4)
    sheet.line("M368 634C378 622 388 646 400 634S422 622 432 634", leather.deep, 4)


def _brush(sheet: Sheet, length: float, color: str) -> None:
    """A toothbrush lying along y from 0 down."""
    wood = tones(color)
    sheet.flat(box(8, 8, 26, length, 13), SHADE, opacity=0.18)
    sheet.solid(box(-12, 0, 24, length, 12), wood, shade=7, light=5)
    sheet.flat(box(-34, 8, 26, 84, 5), "#f7f2e6")
    for y in range(16, 90, 12):
        sheet.line(f"M-34 {y}H-10", "#d9d0bc", 2.5)


def detail(sheet: Sheet, color: str) -> None:
    """Unrolled of what is in it, from above."""
    canvas, brass, leather = tones(color), tones(BRASS), tones(LEATHER)
    bag = box(70, 96, 470, 560, 60)
    sheet.cast(bag, 16, 20)
    sheet.solid(bag, canvas, shade=12, light=12)
    mouth = box(110, 150, 390, 440, 40)
    sheet.flat(mouth, shifted("#e9dfc8", -0.02))
    sheet.flat(box(110, 150, 390, 70, 36), tones("#e9dfc8").dark, within=mouth)
    sheet.line(mouth, brass.dark, 11)
    sheet.line(mouth, brass.light, 6, dash="4 4", cap="butt")
    for y in (330, 460):
        sheet.line(f"M116 {y}H494", tones("#e9dfc8").deep, 4)
    with sheet.inside(box(116, 160, 378, 296)):
        for x, tint, turn in ((190, STEEL, -4), (270, SAGE, 3), (350, LEATHER, -2), (420, CHALK, 5)):
            with sheet.group(f"translate({x} 190) rotate({turn})"):
                sheet.solid(box(-28, 0, 56, 300, 12), tones(tint), shade=10, light=8)
                sheet.solid(box(-18, -30, 36, 40, 6), tones("#3d4148"), shade=6, light=5)
        sheet.flat(box(116, 330, 400, 140), "#e9dfc8")
        sheet.line("M116 332H500", tones("#e9dfc8").deep, 5)
    with sheet.group("translate(498 200) rotate(60)"):
        sheet.solid(box(-14, 0, 28, 96, 9), leather, shade=6, light=5)
    with sheet.group("translate(640 250) rotate(12)"):
        _brush(sheet, 400, OAK)
    with sheet.group("rotate(-8 250 780)"):
        sheet.flat(box(150, 726, 230, 146, 44), SHADE, opacity=0.18)
        sheet.solid(box(138, 712, 230, 146, 44), tones("#d9c9a3"), shade=12, light=10)
        sheet.line("M196 786C208 770 222 802 236 786S264 770 278 786S300 794 310 780", tones("#d9c9a3").dark, 8)
    sheet.flat(oval(566, 818, 92, 92), SHADE, opacity=0.18)
    sheet.solid(oval(554, 804, 90, 90), tones(STEEL), shade=10, light=10)
    sheet.line(oval(554, 804, 70, 70), tones(STEEL).dark, 3)
    sprig(sheet, 440, 930, 150, -62)


def scene(sheet: Sheet, color: str) -> None:
    """On the ledge under the mirror."""
    sheet.room(horizon=1000)
    tile = tones("#dfe7e4")
    sheet.flat(box(0, 560, 800, 440), tile.mid)
    for y in range(560, 1000, 74):
        sheet.line(f"M0 {y}H800", "#f4f7f5", 4)
    for row in range(6):
        for column in range(9):
            x = column * 104 - (52 if row % 2 else 0)
            sheet.line(f"M{x} {560 + row * 74}v74", "#f4f7f5", 4)
    mirror = oval(400, 286, 214, 230)
    sheet.cast(mirror, 14, 18, opacity=0.16)
    sheet.flat(oval(400, 286, 214, 230), tones(BRASS).mid)
    glass = oval(400, 286, 200, 216)
    sheet.flat(glass, "#d3dfe2")
    sheet.flat("M120 480L420 -40H520L180 560Z", "#ffffff", opacity=0.4, within=glass)
    sheet.flat("M470 560L700 160H740L520 580Z", "#ffffff", opacity=0.3, within=glass)
    plank(sheet, -20, 748, 820, OAK, thick=34)
    with sheet.group("translate(330 750) scale(.74) translate(-400 -840)"):
        washbag(sheet, color)
    sheet.shadow(670, 748, 54, depth=0.14)
    for x, turn, tint in ((656, -9, SAGE), (684, 10, LEATHER)):
        with sheet.group(f"translate({x} 560) rotate({turn})"):
            sheet.solid(box(-7, 0, 14, 150, 7), tones(tint), shade=4, light=3)
            sheet.flat(box(-24, 6, 18, 46, 4), "#f7f2e6")
    body = sheet.turned(670, [[(650, 44), (748, 40)]], tones(CHALK), tilt=0.13)
    sheet.line("M630 690Q670 700 712 690", tones(CHALK).dark, 3, within=body)
    sheet.flat(oval(670, 650, 44, 6), tones(CHALK).light)
    for x, turn, tint in ((656, -9, SAGE), (684, 10, LEATHER)):
        with sheet.inside(box(600, 540, 140, 112)), sheet.group(f"translate({x} 560) rotate({turn})"):
            sheet.solid(box(-7, 0, 14, 150, 7), tones(tint), shade=4, light=3)
