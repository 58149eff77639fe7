"""A roll-top pannier of recycled sailcloth, which is a shoulder bag off the bicycle."""

from app.seed.drawings.settings import meadow, valley
from app.seed.drawings.shades import BRASS, CHARCOAL, FOREST, LEATHER, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

_BODY = "M196 330H604L620 780Q622 842 564 844H236Q178 842 180 780Z"


def rolltop(sheet: Sheet, color: str, *, standing: bool = True) -> None:
    cloth, webbing = tones(color), tones(CHARCOAL)
    if standing:
        sheet.shadow(400, 840, 226, depth=0.1, reach=0.5)
        loop = [(214, 400), (130, 520), (120, 700), (186, 780)]
        sheet.line(curve(loop), webbing.dark, 22)
        sheet.line(curve([(x - 3, y - 2) for x, y in loop]), webbing.mid, 13)
    sheet.solid(_BODY, cloth, shade=52, light=20)
    for path in ("M250 360C262 480 240 600 250 838", "M548 360C540 500 566 640 556 838"):
        sheet.line(path, cloth.dark, 6, opacity=0.6, within=_BODY)
    pocket = "M226 590H574L580 786Q580 812 552 812H248Q220 812 220 786Z"
    with sheet.group("translate(5 8)"):
        sheet.flat(pocket, "#3a2f26", opacity=0.2, within=_BODY)
    sheet.solid(pocket, tones(shifted(color, 0.012)), shade=26, light=10)
    sheet.line("M244 628H556", webbing.dark, 15)
    sheet.line("M244 628H556", tones(BRASS).mid, 6, dash="4 4", cap="butt")
    sheet.solid(box(246, 620, 46, 15, 6), tones(LEATHER), shade=4, light=3)
    sheet.flat(box(330, 700, 140, 26, 5), "#e9ecec")
    sheet.flat(box(330, 714, 140, 12, 4), "#c8cfd0")
    roll = box(176, 244, 448, 104, 44)
    sheet.cast(roll, 4, 14, opacity=0.2)
    sheet.flat(roll, cloth.mid)
    sheet.flat(box(170, 308, 460, 60), cloth.dark, within=roll)
    sheet.flat(box(170, 256, 460, 17), cloth.light, within=roll)
    for y in (286, 322):
        sheet.line(f"M190 {y}H612", cloth.deep, 3, opacity=0.7, within=roll)
    for x, turn in ((178, 1), (622, -1)):
        sheet.flat(oval(x + turn * 10, 296, 17, 46), cloth.deep)
        sheet.line(curve([(x + turn * 14, 296), (x + turn * 4, 380), (x + turn * 12, 470)]), webbing.mid, 19)
        sheet.solid(box(x + turn * 10 - 21, 452, 42, 58, 8), webbing, shade=7, light=6)
        sheet.line(f"M{x + turn * 10 - 10} 482h20", webbing.light, 4)
    sheet.line("M400 248V560", webbing.dark, 30, cap="butt")
    sheet.line("M397 248V560", webbing.mid, 20, cap="butt")
    sheet.solid(box(372, 420, 56, 66, 9), webbing, shade=8, light=7)
    sheet.line("M386 454H414", webbing.light, 5)
    sheet.line(curve([(330, 246), (346, 190), (400, 180), (454, 190), (470, 246)]), webbing.dark, 20)
    sheet.line(curve([(328, 244), (344, 188), (398, 177), (451, 188), (467, 244)]), webbing.mid, 11)


def detail(sheet: Sheet, color: str) -> None:
    """Its back: the hooks for the rack and the way it is rolled."""
    cloth, webbing = tones(color), tones(CHARCOAL)
    sheet.room(horizon=1200)
    body = "M60 380H760L780 1100H40Z"
    sheet.solid(body, cloth, shade=70, light=26)
    plate = box(150, 520, 500, 300, 22)
    sheet.cast(plate, 8, 12)
    sheet.solid(plate, webbing, shade=16, light=12)
    for x in (240, 560):
        sheet.solid(box(x - 40, 470, 80, 130, 14), tones(STEEL), shade=14, light=12)
        sheet.flat(box(x - 22, 556, 44, 90, 16), webbing.deep)
        sheet.line(f"M{x - 22} 640V690Q{x - 22} 716 {x} 716T{x + 22} 690", tones(STEEL).mid, 15)
        sheet.flat(oval(x, 500, 12, 12), tones(BRASS).mid)
    sheet.line("M330 670H470", webbing.light, 10)
    roll = box(-20, 200, 840, 220, 90)
    sheet.cast(roll, 0, 22)
    sheet.flat(roll, cloth.mid)
    sheet.flat(box(-40, 336, 900, 120), cloth.dark, within=roll)
    sheet.flat(box(-40, 222, 900, 34), cloth.light, within=roll)
    for y in (286, 358):
        sheet.line(f"M-20 {y}H820", cloth.deep, 5, opacity=0.7, within=roll)
    sheet.line("M-20 392H820", cloth.light, 2.5, dash="12 9", within=roll, opacity=0.8)


def _wheel(sheet: Sheet, cx: float, cy: float, radius: float) -> None:
    sheet.line(oval(cx, cy, radius, radius), tones(CHARCOAL).dark, 26)
    sheet.line(oval(cx, cy, radius - 18, radius - 18), tones(STEEL).mid, 8)
    for step in range(12):
        with sheet.group(f"rotate({step * 30 + 8} {cx} {cy})"):
            sheet.line(f"M{cx} {cy}V{cy - radius + 20}", tones(STEEL).mid, 2)
    sheet.solid(oval(cx, cy, 24, 24), tones(STEEL), shade=8, light=6)


def scene(sheet: Sheet, color: str) -> None:
    """On the rack of a bicycle, stopped above the valley."""
    valley(sheet, -160, -80, 960, 760)
    meadow(sheet, 640)
    sheet.shadow(320, 946, 330, depth=0.05, reach=0.2)
    paint = tones(FOREST)
    _wheel(sheet, 270, 716, 218)
    sheet.line("M270 716L520 300M540 220L600 790M600 790L270 716M600 790L900 300M520 300L900 280", paint.dark, 24)
    sheet.line("M266 711L515 296M535 218L595 786M595 786L268 711M596 786L896 296M516 296L896 276", paint.mid, 15)
    sheet.line(f"M{270 - 236} 640A248 248 0 0 1 430 528", tones(STEEL).dark, 15)
    sheet.line("M60 452H500M120 452L262 700M400 452L280 700", tones(CHARCOAL).mid, 12)
    sheet.solid("M430 204C470 176 560 176 640 190Q660 200 640 212C580 220 520 240 460 240Q420 232 430 204Z",
                tones(LEATHER), shade=10, light=7)  # fmt: skip
    sheet.line("M546 232L556 290", tones(STEEL).mid, 15)
    sheet.solid(oval(600, 790, 52, 52), tones(STEEL), shade=12, light=10)
    sheet.flat(oval(600, 790, 20, 20), tones(CHARCOAL).mid)
    sheet.line("M600 790L660 890", tones(STEEL).dark, 16)
    sheet.solid(box(624, 882, 86, 22, 6), tones(CHARCOAL), shade=6, light=5)
    with sheet.group("translate(268 470) scale(.66) translate(-400 -270)"):
        sheet.cast(_BODY, 16, 16, opacity=0.2)
        rolltop(sheet, color, standing=False)
