"""A duck on wheels, to be pulled along."""

from app.seed.drawings.play import blocks
from app.seed.drawings.play.train import wheel
from app.seed.drawings.settings import boards
from app.seed.drawings.shades import CANVAS, INK, MAPLE, OCHRE, SHADE, TERRACOTTA, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, Drawing, View

_BODY = (
    "M232 632C196 590 186 546 214 520C232 548 268 566 316 560C372 552 392 520 388 474"
    "C384 452 376 430 376 408C376 354 418 316 470 316C526 316 566 356 566 408"
    "C566 440 554 458 548 482C572 520 588 556 580 604C570 668 520 704 440 708H356C296 706 258 676 232 632Z"
)


def duck(sheet: Sheet, color: str, *, cord: bool = True) -> None:
    paint, wood = tones(color), tones(MAPLE)
    beak = tones(TERRACOTTA if color != TERRACOTTA else OCHRE)
    sheet.shadow(400, 832, 200, depth=0.1, reach=0.4)
    if cord:
        line = [(604, 756), (660, 780), (690, 850), (640, 890), (706, 920)]
        sheet.line(curve([(x + 6, y + 8) for x, y in line]), SHADE, 7, opacity=0.14)
        sheet.line(curve(line), tones(CANVAS).dark, 7)
        sheet.solid(oval(712, 922, 22, 22), tones(color), shade=8, light=6)
    sheet.solid("M552 394C600 388 640 398 648 414C644 434 600 442 556 436Z", beak, shade=10, light=0)
    sheet.line("M556 416C590 412 620 412 646 415", beak.deep, 3.5)
    sheet.flat(_BODY, paint.mid)
    with sheet.inside(_BODY):
        shaded = "M600 300V720H330C480 700 540 640 540 560C540 520 520 490 512 450C508 400 540 340 600 300Z"
        sheet.flat(shaded, paint.dark)
        sheet.flat("M180 500C214 560 220 620 262 668L190 720Z", paint.light)
        sheet.flat("M360 420C366 360 410 312 470 306L440 340C400 360 386 400 384 430Z", paint.light)
    collar = curve([(390, 494), (440, 516), (500, 510), (546, 484)])
    sheet.line(collar, shifted(color, 0.3, chroma=0.4), 15, within=_BODY)
    wing = "M300 600C320 566 380 556 450 566C496 572 520 590 516 606C504 652 440 672 380 660C340 652 306 632 300 600Z"
    with sheet.group("translate(5 9)"):
        sheet.flat(wing, SHADE, opacity=0.2)
    sheet.solid(wing, tones(shifted(color, 0.05)), shade=14, light=9, drop=8)
    for y in (612, 634):
        sheet.line(curve([(360, y), (420, y + 10), (476, y - 4)]), paint.dark, 4)
    sheet.flat(oval(500, 390, 15, 15), INK)
    sheet.flat(oval(495, 385, 5, 5), "#ffffff")
    sheet.solid(box(196, 706, 414, 46, 16), wood, shade=14, light=10)
    sheet.flat(box(200, 738, 406, 14, 7), wood.dark)
    sheet.flat(oval(596, 736, 8, 8), wood.deep)
    for x in (274, 528):
        wheel(sheet, x, 780, 52, color)


def duck_alone(sheet: Sheet, color: str) -> None:
    duck(sheet, color, cord=False)


def duck_scene(sheet: Sheet, color: str) -> None:
    """On the nursery floor, blocks behind it, its small one following."""
    sheet.room(horizon=600)
    boards(sheet, "#d9bf97", horizon=600)
    sheet.flat(oval(400, 850, 470, 110), tones("#e2d6c2").mid)
    sheet.line(oval(400, 850, 440, 94), "#f4ecdd", 7)
    sheet.line(oval(400, 850, 400, 78), tones(color).light, 5)
    with sheet.group("translate(60 640) scale(.62)"):
        blocks.bridge(sheet, MAPLE)
    basket = tones("#c69a67")
    sheet.shadow(640, 690, 120, depth=0.12)
    weave = sheet.turned(640, [[(470, 120), (690, 100)]], basket, tilt=0.12)
    for y in range(496, 700, 26):
        sheet.line(f"M510 {y}Q640 {y + 32} 770 {y}", basket.dark, 5, within=weave, opacity=0.7)
    sheet.rim(640, 470, 120, basket, wall=10)
    for x, y, size, tint in ((600, 440, 44, TERRACOTTA), (672, 446, 40, color), (640, 420, 34, OCHRE)):
        sheet.solid(oval(x, y, size, size), tones(tint), shade=12, light=8)
    sheet.turned(640, [[(474, 121), (500, 118)]], basket, tilt=0.12, flat_top=True)
    with sheet.group("translate(480 880) scale(.84) translate(-400 -832)"):
        duck(sheet, color)
    with sheet.group("translate(170 890) scale(.44) translate(-400 -832)"):
        duck(sheet, shifted(color, 0.08, chroma=0.7), cord=False)
    sheet.line(curve([(264, 862), (290, 872), (330, 858)]), tones(CANVAS).dark, 5)


DRAWINGS = {
    "duck": Drawing(View(duck, zoom=1.04), View(duck, part=(330, 280, 380)), View(duck_scene, OWN)),
}
