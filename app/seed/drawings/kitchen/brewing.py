"""Coffee and tea: mug, kettle, dripper and server."""

from app.seed.drawings.shades import COFFEE, GLASS, WALNUT, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, curve, oval
from app.seed.drawings.stoneware import CLAY, speckle


def mug(sheet: Sheet, color: str, *, filled: bool = True) -> None:
    glaze, clay = tones(color), tones(CLAY)
    cx, top, base = 375.0, 545.0, 832.0
    sheet.shadow(cx, base - 4, 130)
    sheet.line(curve([(490, 598), (578, 592), (606, 662), (574, 738), (478, 764)]), glaze.dark, 40)
    sheet.line(curve([(488, 594), (574, 590), (600, 660), (568, 732), (478, 756)]), glaze.mid, 27)
    sheet.line(curve([(500, 588), (566, 586), (588, 634)]), glaze.light, 8)
    profile = [[(top, 132), (640, 136), (740, 132), (800, 118), (base, 98)]]
    foot = sheet.turned(cx, profile, clay, tilt=0.12)
    dip = [[(top, 132), (640, 136), (740, 132), (786, 122)]]
    body = sheet.turned(cx, dip, glaze, tilt=0.13)
    sheet.line(belt(cx, 786, 122), glaze.dark, 3, opacity=0.6, within=foot)
    speckle(sheet, body, (240, 560, 280, 250), glaze.deep, 70)
    hollow = sheet.rim(cx, top, 132, glaze, wall=10)
    if filled:
        sheet.flat(oval(cx, top + 9, 116, 13), COFFEE, within=hollow)
        sheet.flat(oval(cx - 30, top + 8, 62, 6), "#6b4632", within=hollow)


def mug_from_above(sheet: Sheet, color: str) -> None:
    glaze = tones(color)
    sheet.shadow(430, 560, 255, depth=0.9, reach=0.28)
    sheet.line(curve([(560, 330), (650, 232)]), glaze.dark, 62)
    sheet.line(curve([(556, 324), (644, 227)]), glaze.mid, 46)
    sheet.line(curve([(548, 314), (630, 222)]), glaze.light, 12)
    rim = oval(380, 510, 250, 250)
    sheet.solid(rim, glaze, shade=16, light=16)
    speckle(sheet, rim, (130, 260, 500, 500), glaze.deep, 150)
    sheet.flat(oval(380, 510, 226, 226), glaze.dark)
    sheet.flat(oval(392, 518, 216, 216), glaze.mid, within=oval(380, 510, 226, 226))
    coffee = oval(386, 515, 205, 205)
    sheet.flat(coffee, COFFEE)
    sheet.flat(oval(366, 540, 205, 205), shifted(COFFEE, 0.045), within=coffee)
    sheet.line(curve([(232, 470), (262, 400), (330, 350)]), shifted(COFFEE, 0.2), 9, opacity=0.75)
    sheet.line(curve([(356, 338), (376, 334)]), shifted(COFFEE, 0.2), 9, opacity=0.75)


def kettle(sheet: Sheet, color: str) -> None:
    metal, grip = tones(color), tones(WALNUT)
    cx, base = 360.0, 832.0
    sheet.shadow(cx, base - 4, 185)
    spout = [(482, 768), (560, 752), (584, 668), (604, 560), (640, 522), (690, 520)]
    sheet.line(curve(spout), metal.dark, 27)
    sheet.line(curve([(x - 4, y - 3) for x, y in spout]), metal.mid, 17)
    sheet.line(curve([(x - 6, y - 5) for x, y in spout[2:]]), metal.light, 5)
    sheet.line(curve([(268, 560), (180, 556), (140, 608), (132, 690), (146, 750)]), grip.dark, 36)
    sheet.line(curve([(268, 556), (182, 552), (137, 606), (128, 690), (142, 746)]), grip.mid, 25)
    sheet.line(curve([(230, 548), (176, 556), (140, 600), (124, 664)]), grip.light, 7)
    sheet.line(curve([(300, 562), (246, 556)]), metal.deep, 30, cap="butt")
    sheet.turned(
        cx,
        [[(566, 92), (600, 118), (690, 158), (770, 182), (806, 184)], [(806, 184), (base, 176)]],
        metal,
        tilt=0.09,
    )
    sheet.line(belt(cx, 806, 183), metal.deep, 3, opacity=0.7)
    sheet.turned(cx, [[(548, 84), (572, 94)]], metal, tilt=0.12)
    sheet.flat(oval(cx, 548, 84, 11), metal.light)
    sheet.turned(cx, [[(534, 58), (548, 70)]], metal, tilt=0.12)
    sheet.flat(oval(cx, 534, 58, 7), metal.light)
    sheet.turned(cx, [[(478, 22), (498, 26), (512, 16), (534, 14)]], grip, tilt=0.2)
    sheet.flat(oval(cx, 478, 22, 4.5), grip.light)


def kettle_detail(sheet: Sheet, color: str) -> None:
    """The spout as it pours."""
    metal = tones(color)
    sheet.room()
    spout = [(-120, 905), (60, 900), (190, 800), (250, 560), (320, 330), (420, 240), (560, 228)]
    sheet.line(curve([(590, 250), (612, 320), (618, 460), (618, 1010)]), "#9fb8c0", 15, opacity=0.9)
    sheet.line(curve([(587, 250), (608, 320), (614, 460), (614, 1010)]), "#e6eff0", 5)
    sheet.line(curve(spout), metal.dark, 104)
    sheet.line(curve([(x - 15, y - 10) for x, y in spout]), metal.mid, 70)
    sheet.line(curve([(x - 26, y - 18) for x, y in spout]), metal.light, 17)
    mouth = "M548 174 L604 190 Q622 240 596 288 L552 280Z"
    sheet.solid(mouth, metal, shade=16, light=0)
    sheet.flat(oval(600, 240, 11, 46), metal.deep)


def dripper(sheet: Sheet, color: str) -> None:
    glaze, glass, coffee = tones(color), tones(GLASS), tones(COFFEE)
    cx, base = 385.0, 834.0
    sheet.shadow(cx, base - 4, 140)
    # the handle of the server
    sheet.line(curve([(480, 668), (586, 660), (604, 730), (570, 792), (500, 800)]), glass.dark, 24)
    sheet.line(curve([(480, 665), (582, 658), (598, 728), (566, 786), (500, 796)]), glass.light, 11)
    server = [[(612, 88), (636, 90), (690, 132), (770, 150), (816, 142), (base, 122)]]
    body = sheet.turned(cx, server, glass, tilt=0.1)
    drink = [[(728, 147), (770, 150), (816, 142), (base, 122)]]
    sheet.turned(cx, drink, coffee, tilt=0.1)
    sheet.flat(oval(cx, 728, 147, 14), shifted(COFFEE, 0.08))
    sheet.line(curve([(286, 700), (262, 750), (268, 800)]), "#ffffff", 8, opacity=0.55, within=body)
    sheet.line(curve([(cx, 640), (cx, 722)]), COFFEE, 5)
    # collar, cone, handle
    sheet.line(curve([(500, 486), (600, 470), (612, 536), (556, 570), (476, 576)]), glaze.dark, 26)
    sheet.line(curve([(498, 483), (594, 468), (606, 532), (552, 564), (476, 572)]), glaze.mid, 16)
    sheet.turned(cx, [[(598, 128), (616, 122)]], glaze, tilt=0.11)
    sheet.flat(oval(cx, 598, 128, 14), glaze.light)
    cone = sheet.turned(cx, [[(438, 168), (470, 150), (545, 96), (598, 66)]], glaze, tilt=0.11)
    for share in (-0.66, -0.4, -0.12, 0.16, 0.42, 0.66):
        sheet.line(
            curve([(cx + share * 156, 470), (cx + share * 96, 548), (cx + share * 66, 600)]),
            glaze.dark,
            3,
            opacity=0.5,
            within=cone,
        )
    hollow = sheet.rim(cx, 438, 168, glaze, wall=9, tilt=0.12)
    sheet.flat(oval(cx, 452, 140, 14), "#5a3a2a", within=hollow)


def dripper_from_above(sheet: Sheet, color: str) -> None:
    glaze = tones(color)
    sheet.shadow(440, 570, 280, depth=0.9, reach=0.25)
    sheet.line(curve([(590, 640), (715, 735)]), glaze.dark, 56)
    sheet.line(curve([(586, 634), (709, 728)]), glaze.mid, 42)
    sheet.solid(oval(390, 500, 280, 280), glaze, shade=14, light=14)
    inner = oval(390, 500, 254, 254)
    sheet.flat(inner, glaze.dark)
    sheet.flat(oval(404, 512, 244, 244), glaze.mid, within=inner)
    for step in range(12):
        with sheet.group(f"rotate({step * 30} 390 500)"):
            sheet.line("M390 268C450 330 440 400 398 452", glaze.dark, 9, opacity=0.8)
            sheet.line("M385 268C444 330 434 400 394 452", glaze.light, 4, opacity=0.9)
    sheet.flat(oval(390, 500, 56, 56), glaze.deep)
    sheet.flat(oval(397, 505, 44, 44), shifted(glaze.deep, -0.12))
