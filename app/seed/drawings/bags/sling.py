"""A sling bag, worn across the body."""

from app.seed.drawings.bags.luggage import strap
from app.seed.drawings.settings import painted_wall
from app.seed.drawings.shades import BRASS, INK_BLUE, LEATHER, OAK, OAT, SHADE, oklch, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

_BODY = "M150 560C148 520 172 500 212 500H588C628 500 652 520 650 560L634 776Q630 838 566 840H234Q170 838 166 776Z"
_FLAP = "M146 556C144 512 172 488 216 488H584C628 488 656 512 654 556L648 640Q640 702 576 704H224Q160 702 152 640Z"


def sling(sheet: Sheet, color: str, *, standing: bool = True) -> None:
    canvas, leather = tones(color), tones(LEATHER)
    if standing:
        sheet.shadow(400, 838, 260, depth=0.09, reach=0.4)
    loop = [(176, 540), (150, 380), (226, 232), (400, 172), (574, 232), (650, 380), (624, 540)]
    if not standing:
        loop = [(176, 540), (210, 300), (330, 40), (400, -60), (470, 40), (590, 300), (624, 540)]
    sheet.line(curve(loop), canvas.deep, 36)
    sheet.line(curve([(x - 3, y - 2) for x, y in loop]), canvas.dark, 26)
    sheet.line(curve([(x - 3, y - 2) for x, y in loop]), canvas.light, 2, dash="9 7", opacity=0.7)
    if standing:
        with sheet.group("translate(262 208) rotate(-33)"):
            sheet.line(box(-26, -26, 52, 52, 8), tones(BRASS).dark, 9)
            sheet.line(box(-27, -27, 52, 52, 8), tones(BRASS).light, 3.5)
    sheet.solid(_BODY, canvas, shade=46, light=16)
    sheet.line("M190 760Q400 782 612 758", canvas.deep, 3, dash="9 7", opacity=0.8, within=_BODY)
    with sheet.group("translate(5 12)"):
        sheet.flat(_FLAP, SHADE, opacity=0.22, within=_BODY)
    sheet.solid(_FLAP, tones(shifted(color, 0.014)), shade=40, light=15)
    inner = "M164 560L168 636Q176 688 226 690H574Q624 688 632 636L636 560"
    sheet.line(inner, canvas.deep, 2.4, dash="9 7", opacity=0.8)
    zip_ = "M226 566H574"
    sheet.line(zip_, canvas.deep, 17)
    sheet.line(zip_, tones(BRASS).mid, 7, dash="4 4", cap="butt")
    sheet.solid(box(228, 560, 46, 14, 6), leather, shade=4, light=3)
    strap(sheet, 383, 622, 128, leather)
    for x in (176, 624):
        sheet.solid(box(x - 26, 500, 52, 56, 8), leather, shade=8, light=6)
        sheet.flat(oval(x, 528, 7, 7), tones(BRASS).mid)


def scene(sheet: Sheet, color: str) -> None:
    """Beside the door, between a hat and a coat."""
    painted_wall(sheet, oklch(0.88, 0.028, 85), "#c9ab7f", horizon=880)
    sheet.flat(box(0, 846, 800, 34), "#f6f1e6")
    rail = tones(OAK)
    sheet.cast(box(60, 190, 680, 56, 8), 8, 16, opacity=0.14)
    sheet.solid(box(60, 190, 680, 56, 8), rail, shade=6, light=8)
    coat = tones(INK_BLUE)
    body = "M590 250C560 262 536 300 528 360L500 760Q600 790 716 760L690 360C684 300 664 262 634 250L612 276Z"
    sheet.cast(body, 18, 16, opacity=0.14)
    sheet.solid(body, coat, shade=40, light=16)
    sheet.line("M612 276L616 772", coat.deep, 4, within=body)
    for y in (400, 500, 600):
        sheet.flat(oval(634, y, 9, 9), tones(BRASS).mid)
    sheet.line("M540 480Q556 620 540 770", coat.dark, 12, within=body)
    straw = tones(OAT)
    sheet.cast(oval(170, 330, 118, 118), 14, 14, opacity=0.14)
    sheet.solid(oval(170, 330, 118, 118), straw, shade=12, light=10)
    sheet.solid(oval(170, 330, 66, 66), straw, shade=14, light=10)
    sheet.line(oval(170, 330, 72, 72), tones("#9c4a2f").mid, 15)
    with sheet.group("translate(200 268) scale(.5)"):
        with sheet.group("translate(26 20)", opacity=0.13):
            sheet.flat(_BODY, SHADE)
        sling(sheet, color, standing=False)
    for x in (170, 400, 612):
        sheet.flat(oval(x + 5, 226, 17, 17), SHADE, opacity=0.2)
        sheet.solid(oval(x, 218, 16, 16), tones(BRASS), shade=5, light=4)
