"""Over the fire and under the knife: skillet, casserole, chef's knife, mills."""

from app.seed.drawings.furniture import steam, stove
from app.seed.drawings.kitchen.preparing import bowl, in_bowl
from app.seed.drawings.settings import painted_wall, place, sprig
from app.seed.drawings.shades import BRASS, CHALK, OAK, SHADE, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval
from app.seed.drawings.wood import grain, table_top


def skillet(sheet: Sheet, color: str) -> None:
    """From the side, a little above; its handle to the right."""
    iron = tones(color)
    cx, base = 320.0, 832.0
    sheet.shadow(cx, base - 4, 190, depth=0.1)
    grip = [(520, 742), (600, 716), (690, 668), (756, 640)]
    sheet.line(curve([(x + 2, y + 5) for x, y in grip]), iron.deep, 34)
    sheet.line(curve(grip), iron.mid, 28)
    sheet.line(curve([(x - 2, y - 8) for x, y in grip]), iron.light, 6)
    sheet.flat(oval(744, 645, 9, 6), "#efe9dd")
    sheet.turned(cx, [[(738, 232), (790, 208), (816, 188)], [(816, 188), (base, 176)]], iron, tilt=0.14)
    hollow = sheet.rim(cx, 738, 232, iron, wall=9, tilt=0.15)
    sheet.flat(oval(cx + 20, 752, 190, 22), shifted(color, 0.02), within=hollow)
    for x, y in ((512, 744), (538, 736)):
        sheet.flat(oval(x, y, 7, 6), tones(STEEL).light)


def skillet_from_above(sheet: Sheet, color: str) -> None:
    """With two eggs."""
    iron = tones(color)
    sheet.shadow(400, 600, 290, depth=0.9, reach=0.12)
    d = "M520 300L660 84Q680 56 706 74Q732 92 716 122L590 350Z"
    sheet.cast(d, 12, 14, opacity=0.2)
    sheet.solid(d, iron, shade=16, light=10)
    sheet.flat(oval(690, 102, 11, 11), "#e4d9c6")
    edge = oval(370, 540, 300, 300)
    sheet.cast(edge, 16, 20, opacity=0.18)
    sheet.solid(edge, iron, shade=16, light=14)
    well = oval(370, 540, 272, 272)
    sheet.flat(well, iron.deep)
    sheet.flat(oval(382, 554, 262, 262), iron.mid, within=well)
    sheet.line("M170 470A220 220 0 0 1 260 350", iron.light, 12, opacity=0.7)
    _egg(sheet, 290, 470, 1.0, 10)
    _egg(sheet, 450, 630, 1.06, 120)
    for x, y in ((240, 640), (300, 690), (470, 420), (520, 480), (400, 540), (560, 560), (200, 560)):
        sheet.flat(oval(x, y, 5, 4), "#7f9a5e")


def _egg(sheet: Sheet, x: float, y: float, size: float, turn: float) -> None:
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        white = "M-96 -20C-110 -80 -40 -110 0 -92C50 -116 116 -70 100 -10C122 50 60 104 10 88C-40 112 -116 60 -96 -20Z"
        sheet.cast(white, 6, 8, opacity=0.3)
        sheet.flat(white, "#f7f2e6")
        sheet.line(white, "#e4c98a", 4, opacity=0.8)
        sheet.solid(oval(4, -2, 42, 42), tones("#e6a93a"), shade=9, light=8)
        sheet.flat(oval(-10, -16, 10, 7), "#f9e3ab")


def skillet_scene(sheet: Sheet, color: str) -> None:
    """On the fire."""
    stove(sheet)
    with sheet.group("translate(270 612) scale(.82) translate(-320 -832)"):
        skillet(sheet, color)
    steam(sheet, 250, 500, 1.2)
    steam(sheet, 320, 470, 0.9)


def pot_body(sheet: Sheet, color: str, *, cast: bool = True) -> str:
    """A round pot with two ears, open; returns its hollow."""
    paint = tones(color)
    cx, base = 390.0, 832.0
    if cast:
        sheet.shadow(cx, base - 4, 215, depth=0.12)
    for side in (-1, 1):
        ear = [(cx + side * 232, 616), (cx + side * 300, 610), (cx + side * 304, 664), (cx + side * 236, 668)]
        sheet.line(curve([(x + 2, y + 4) for x, y in ear]), paint.dark, 26)
        sheet.line(curve(ear), paint.mid, 18)
        sheet.line(curve([(x - 2, y - 5) for x, y in ear[:3]]), paint.light, 5)
    sheet.turned(cx, [[(570, 238), (700, 240), (780, 226), (816, 196)], [(816, 190), (base, 184)]], paint, tilt=0.1)
    return sheet.rim(cx, 570, 238, paint, wall=12, tilt=0.11)


def pot_lid(sheet: Sheet, color: str) -> None:
    """Its lid, lying at y = 570."""
    paint, brass = tones(color), tones(BRASS)
    cx = 390.0
    sheet.turned(cx, [[(566, 246), (584, 244)]], paint, tilt=0.1)
    sheet.turned(cx, [[(492, 46), (508, 130), (534, 208), (568, 246)]], paint, tilt=0.09)
    for y, half in ((520, 172), (544, 224)):
        sheet.line(belt(cx, y, half, tilt=0.09), paint.dark, 3.5, opacity=0.7)
    sheet.turned(cx, [[(446, 26), (462, 34), (478, 16), (496, 20)]], brass, tilt=0.16)
    sheet.flat(oval(cx, 446, 26, 4.5), brass.light)


def casserole(sheet: Sheet, color: str) -> None:
    pot_body(sheet, color)
    pot_lid(sheet, color)


def casserole_scene(sheet: Sheet, color: str) -> None:
    """Open on the table, full of soup, the lid leaning behind it."""
    painted_wall(sheet, "#c9b49b", "#efe4d2")
    with sheet.group("translate(370 880) scale(1.04) translate(-390 -832)"):
        hollow = pot_body(sheet, color)
        sheet.flat(oval(390, 588, 226, 20), "#b8602f", within=hollow)
        sheet.flat(oval(360, 584, 190, 13), "#cf7a3c", within=hollow)
        for x, y in ((280, 584), (340, 592), (420, 582), (470, 590), (386, 596)):
            sheet.flat(oval(x, y, 11, 4), "#e9b56a", within=hollow)
            sheet.flat(oval(x + 26, y + 2, 8, 3), "#6f8a52", within=hollow)
        ladle = [(470, 590), (520, 470), (566, 350), (574, 300)]
        sheet.line(curve(ladle), tones(OAK).dark, 20)
        sheet.line(curve([(x - 3, y) for x, y in ladle]), tones(OAK).light, 11)
    steam(sheet, 280, 560, 1.2)
    steam(sheet, 380, 540, 0.9)


def knife(sheet: Sheet, color: str, *, turn: float = 0) -> None:
    """Upright, its tip above, its handle in the color; from 120 to 880 about x = 400."""
    wood, steel = tones(color), tones(STEEL)
    with sheet.group(f"rotate({turn} 400 500)"):
        blade = "M372 570V210C374 150 396 120 414 100C450 170 470 280 470 400C470 480 466 530 460 570Z"
        sheet.cast(blade, 14, 14, opacity=0.18)
        sheet.solid(blade, steel, shade=0, light=8)
        edge = "M414 100C450 170 470 280 470 400C470 480 466 530 460 570H440C444 400 440 240 414 100Z"
        sheet.flat(edge, tones("#d4d9db").light)
        sheet.flat(box(368, 560, 96, 34, 6), steel.dark)
        sheet.flat(box(368, 560, 26, 34, 6), steel.mid)
        grip = "M372 592H446Q452 640 440 690C434 740 446 800 452 846Q456 886 420 888H388Q366 886 368 850Z"
        sheet.cast(grip, 14, 14, opacity=0.18)
        sheet.solid(grip, wood, shade=16, light=9)
        grain(sheet, grip, color, (360, 590, 100, 300))
        for y in (640, 730, 820):
            sheet.flat(oval(408, y, 9, 9), tones(BRASS).dark)
            sheet.flat(oval(406, y - 2, 6, 6), tones(BRASS).light)


def knife_whole(sheet: Sheet, color: str) -> None:
    with sheet.group("translate(400 500) scale(1.06) translate(-410 -500)"):
        knife(sheet, color, turn=36)


def tomato(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A slice, from above."""
    red = tones("#c4513a")
    with sheet.group(f"translate({x} {y}) scale({size})"):
        sheet.flat(oval(8, 10, 100, 100), SHADE, opacity=0.2)
        sheet.flat(oval(0, 0, 100, 100), red.dark)
        sheet.flat(oval(-2, -2, 95, 95), red.light)
        for turn in range(0, 360, 72):
            with sheet.group(f"rotate({turn})"):
                sheet.flat("M-10 -24C-46 -40 -46 -78 0 -82C46 -78 46 -40 10 -24Q0 -16 -10 -24Z", "#e08a62")
                for dx, dy in ((-20, -60), (0, -66), (20, -60), (-12, -46), (12, -46)):
                    sheet.flat(oval(dx, dy, 4, 6), "#f2d79a")


def knife_detail(sheet: Sheet, color: str) -> None:
    """Through tomatoes on a board."""
    table_top(sheet, "#dcb987")
    for x, y in ((180, 330), (320, 250), (200, 560)):
        tomato(sheet, x, y, 1.05)
    red, stalk = tones("#c4513a"), tones("#6f8a52")
    whole = oval(590, 700, 150, 150)
    sheet.cast(whole, 16, 20, opacity=0.2)
    sheet.solid(whole, red, shade=30, light=18)
    sheet.flat(oval(536, 640, 30, 20), "#e79a80", opacity=0.8)
    with sheet.group("translate(600 690)"):
        for turn in range(0, 360, 60):
            with sheet.group(f"rotate({turn})"):
                sheet.flat("M-10 0C-20 -30 -8 -56 0 -68C8 -56 20 -30 10 0Z", stalk.mid if turn < 180 else stalk.dark)
        sheet.flat(oval(0, 0, 9, 9), stalk.light)
    with sheet.group("translate(380 540) scale(1.5) translate(-420 -330)"):
        knife(sheet, color, turn=-24)
    sprig(sheet, 110, 900, 200, 30, "#5f7f4a")


def knife_scene(sheet: Sheet, color: str) -> None:
    """On a rail of oak at the wall, herbs beside it."""
    painted_wall(sheet, "#cfc7b6", "#b08d66", horizon=880)
    wood = tones(OAK)
    rail = box(70, 390, 660, 74, 10)
    sheet.cast(rail, 8, 16, opacity=0.16)
    sheet.solid(rail, wood, shade=8, light=8, drop=6)
    for x, size in ((210, 0.66), (360, 0.76), (490, 0.52)):
        with sheet.group(f"translate({x} 430) scale({size}) rotate(180) translate(-420 -340)"):
            knife(sheet, color)
    for turn in (-16, -4, 9, 20):
        with sheet.group(f"rotate({180 + turn} 630 470)"):
            sprig(sheet, 630, 470, 190, 0, "#6f8a5a")
    sheet.line("M606 474H654", "#efe6d2", 10)
    sheet.line("M630 474V430", "#efe6d2", 5)


def mills(sheet: Sheet, color: str) -> None:
    """A tall and a short one."""
    for cx, size in ((300, 1.0), (540, 0.66)):
        mill(sheet, color, cx, 832, size)
    for x, y in ((408, 862), (432, 850), (452, 872), (386, 880), (470, 856)):
        sheet.flat(oval(x + 3, y + 3, 8, 6), SHADE, opacity=0.25)
        sheet.flat(oval(x, y, 8, 7), "#3d332c")
        sheet.flat(oval(x - 2, y - 2, 3, 2), "#7a6a5c")


def mill(sheet: Sheet, color: str, cx: float, base: float, size: float) -> None:
    wood, steel = tones(color), tones(BRASS)
    with sheet.group(f"translate({cx} {base}) scale({size})"):
        sheet.shadow(0, -4, 92, depth=0.15)
        body = sheet.turned(
            0, [[(-402, 62), (-380, 70), (-300, 52), (-200, 58), (-90, 84), (-30, 90), (0, 84)]], wood, tilt=0.13
        )
        for x, bend in ((-46, 6), (-14, -5), (26, 6), (56, -4)):
            grain_ = curve([(x * 1.1, -410), (x * 0.8 + bend, -280), (x * 0.9 - bend, -180), (x * 1.4, 10)])
            sheet.line(grain_, wood.dark, 3, opacity=0.5, within=body)
        sheet.line(belt(0, -40, 88), wood.deep, 3, opacity=0.6, within=body)
        sheet.turned(0, [[(-420, 60), (-404, 62)]], steel, tilt=0.13)
        sheet.turned(0, [[(-540, 26), (-520, 58), (-480, 70), (-440, 58), (-418, 60)]], wood, tilt=0.1)
        sheet.turned(0, [[(-574, 15), (-560, 20), (-542, 12)]], steel, tilt=0.16)
        sheet.flat(oval(0, -574, 15, 3), steel.light)


def mills_scene(sheet: Sheet, color: str) -> None:
    """On the table beside a bowl."""
    painted_wall(sheet, "#bcc3b0", "#ece2d0")
    place(sheet, bowl, CHALK, 300, 862, 0.86)
    with in_bowl(sheet, 300, 862, 0.86, CHALK):
        for x, y, turn, tone in (
            (240, 560, -34, "#7f9a5e"), (330, 536, -8, "#93ac6c"), (440, 530, 12, "#6f8a52"),
            (540, 560, 36, "#7f9a5e"), (290, 590, -20, "#a3b878"), (400, 584, 4, "#93ac6c"), (500, 592, 22, "#a3b878"),
        ):  # fmt: skip
            with sheet.group(f"translate({x} {y}) rotate({turn})"):
                leaf = "M0 90C-70 60 -84 -20 -46 -66C-30 -92 30 -92 46 -66C84 -20 70 60 0 90Z"
                sheet.cast(leaf, 5, 6, opacity=0.14)
                sheet.flat(leaf, tone)
                sheet.line("M0 80C6 20 2 -20 -4 -62M2 30L30 2M2 10L-28 -16", shifted(tone, 0.07), 5)
        for x, y in ((360, 590), (470, 570)):
            sheet.solid(oval(x, y, 34, 34), tones("#c4513a"), shade=9, light=7)
    mill(sheet, color, 620, 872, 0.98)
    mill(sheet, color, 520, 916, 0.6)
