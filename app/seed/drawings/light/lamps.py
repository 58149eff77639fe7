"""Light: desk lamp, table lamp, pendant, candles."""

from app.seed.drawings.shades import BRASS, CHARCOAL, INK, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval, polygon

GLOWING = "#fff1c9"


def desk_lamp(sheet: Sheet, color: str) -> None:
    """Two arms, three brass joints, a conical head to the left."""
    paint, brass = tones(color), tones(BRASS)
    sheet.shadow(520, 832, 140, depth=0.14)
    sheet.glow(265, 700, 270, 240)
    sheet.turned(520, [[(806, 122), (818, 132), (832, 130)]], paint, tilt=0.12)
    sheet.flat(oval(520, 806, 122, 15), paint.light)
    sheet.flat(oval(532, 808, 96, 10), paint.mid)
    sheet.bar([(520, 800), (596, 520)], paint, 17)
    sheet.bar([(612, 540), (600, 500)], paint, 22)
    sheet.bar([(600, 512), (340, 296)], paint, 17)
    for x, y, size in ((521, 792, 17), (598, 514, 21), (344, 300, 17)):
        sheet.flat(oval(x, y, size, size), brass.dark)
        sheet.flat(oval(x - 2, y - 2, size - 3, size - 3), brass.mid)
        sheet.flat(oval(x - 4, y - 4, size / 3, size / 3), brass.light)
    with sheet.group("translate(300 360) rotate(24)"):
        sheet.flat(oval(0, 112, 118, 21), GLOWING)
        sheet.turned(0, [[(-104, 24), (-84, 30)], [(-84, 30), (-40, 64), (30, 96), (112, 124)]], paint, tilt=0.17)
        sheet.flat(oval(0, 112, 123, 20), paint.deep)
        sheet.flat(oval(3, 115, 112, 16), GLOWING)
        sheet.flat(oval(0, 110, 42, 12), "#ffffff")
        sheet.flat(oval(0, -104, 24, 5), paint.light)


def desk_lamp_detail(sheet: Sheet, color: str) -> None:
    """The middle joint with its thumb screw."""
    paint, brass = tones(color), tones(BRASS)
    sheet.room()
    sheet.bar([(180, 1080), (470, 470)], paint, 96)
    sheet.bar([(500, 520), (-120, 60)], paint, 96)
    sheet.flat(oval(486, 496, 118, 118), "#3a2f26", opacity=0.14)
    sheet.solid(oval(466, 474, 116, 116), brass, shade=18, light=14)
    sheet.flat(oval(466, 474, 82, 82), brass.dark)
    sheet.solid(oval(462, 470, 78, 78), brass, shade=12, light=12)
    for turn in range(0, 360, 20):
        with sheet.group(f"rotate({turn} 466 474)"):
            sheet.line("M466 372V384", brass.deep, 6)
    with sheet.group("rotate(-38 462 470)"):
        sheet.flat(box(408, 462, 108, 16, 8), brass.deep)
        sheet.flat(box(410, 466, 104, 12, 6), shifted(brass.deep, -0.1))
    sheet.line(curve([(560, 560), (640, 700), (600, 860), (660, 1020)]), CHARCOAL, 15)
    sheet.line(curve([(557, 560), (636, 700), (596, 860), (655, 1020)]), shifted(CHARCOAL, 0.14), 4)


def table_lamp(sheet: Sheet, color: str) -> None:
    """A turned stoneware foot under a linen shade."""
    glaze, linen, brass = tones(color), tones("#efdfbd"), tones(BRASS)
    cx = 390.0
    sheet.shadow(cx, 830, 130, depth=0.14)
    sheet.glow(cx, 420, 400, 360)
    sheet.turned(cx, [[(520, 9), (600, 9)]], brass, tilt=0.2)
    body = sheet.turned(cx, [[(566, 34), (592, 44), (640, 104), (708, 134), (776, 122), (832, 88)]], glaze, tilt=0.12)
    for y, half, width in ((636, 104, 5), (654, 116, 2.5)):
        sheet.line(belt(cx, y, half), glaze.dark, width, opacity=0.7, within=body)
    sheet.flat(oval(cx, 566, 34, 5), glaze.light)
    shade = sheet.turned(cx, [[(222, 138), (534, 212)]], linen, tilt=0.09, dark_from=0.5, light_at=(-0.62, 0.1))
    for x, low in ((-120, -186), (-72, -112), (-24, -38), (24, 38), (72, 112), (118, 184)):
        sheet.line(curve([(cx + x, 200), (cx + low, 560)]), linen.dark, 2, opacity=0.35, within=shade)
    sheet.line(belt(cx, 522, 210), linen.dark, 5, within=shade)
    sheet.flat(oval(cx, 222, 138, 12), linen.dark)
    sheet.flat(oval(cx, 224, 128, 9), GLOWING)
    sheet.line(curve([(486, 818), (570, 836), (640, 826), (740, 848), (830, 838)]), shifted(CHARCOAL, 0.1), 6)


def table_lamp_detail(sheet: Sheet, color: str) -> None:
    """Shade, neck and pull, close by."""
    glaze, linen, brass = tones(color), tones("#efdfbd"), tones(BRASS)
    sheet.room(horizon=1200)
    sheet.glow(400, 300, 560, 560)
    sheet.turned(400, [[(380, 26), (700, 26)]], brass, tilt=0.2)
    sheet.turned(400, [[(560, 62), (580, 62)], [(580, 44), (640, 44)]], brass, tilt=0.16)
    body = sheet.turned(400, [[(636, 96), (690, 122), (800, 300), (960, 400), (1100, 400)]], glaze, tilt=0.12)
    sheet.flat(oval(400, 636, 96, 13), glaze.light)
    for y, half in ((790, 296), (830, 330)):
        sheet.line(belt(400, y, half), glaze.dark, 8, opacity=0.7, within=body)
    shade = sheet.turned(400, [[(-300, 330), (440, 520)]], linen, tilt=0.08, dark_from=0.46, light_at=(-0.6, 0.1))
    for step in range(-9, 10):
        sheet.line(curve([(400 + step * 36, -300), (400 + step * 58, 500)]), linen.dark, 3, opacity=0.35, within=shade)
    for y in range(-20, 470, 26):
        sheet.line(curve([(-130, y), (400, y + 42), (930, y)]), linen.dark, 2, opacity=0.22, within=shade)
    sheet.line(curve([(-110, 422), (400, 470), (910, 422)]), linen.dark, 9, within=shade)
    sheet.line("M560 470V700", brass.dark, 5)
    sheet.line("M558 470V700", brass.light, 2)
    sheet.turned(559, [[(700, 9), (722, 17), (742, 15)]], brass, tilt=0.2)


def pendant(sheet: Sheet, color: str) -> None:
    """Hanging from above the picture, its cone of light on the table."""
    sheet.glow(400, 640, 460, 420)
    pendant_lamp(sheet, color)
    sheet.flat(polygon((152, 540), (648, 540), (760, 1000), (40, 1000)), "#fff0c4", opacity=0.2)
    sheet.glow(400, 866, 330, 54)


def pendant_lamp(sheet: Sheet, color: str) -> None:
    """A spun dome on a cloth cord."""
    paint, brass = tones(color), tones(BRASS)
    sheet.line("M400 -10V250", INK, 8)
    sheet.line("M398 -10V250", shifted(INK, 0.2), 2)
    sheet.turned(400, [[(238, 13), (262, 22), (292, 22)]], brass, tilt=0.2)
    sheet.turned(
        400, [[(286, 40), (300, 96), (340, 186), (410, 246), (510, 270)]], paint, tilt=0.1, light_at=(-0.82, -0.56)
    )
    sheet.flat(oval(400, 286, 40, 5), paint.light)
    sheet.flat(oval(400, 510, 270, 30), paint.deep)
    inner = oval(400, 513, 258, 25)
    sheet.flat(inner, "#f7dfa0")
    sheet.flat(oval(400, 516, 130, 20), GLOWING, within=inner)
    sheet.flat(oval(400, 520, 56, 13), "#ffffff", within=inner)


def pendant_detail(sheet: Sheet, color: str) -> None:
    """Crown: cord, brass collar and the edge of the dome."""
    paint, brass = tones(color), tones(BRASS)
    sheet.room(horizon=1200)
    sheet.line("M400 -20V420", INK, 27)
    for y in range(-10, 330, 22):
        sheet.line(f"M388 {y}L412 {y + 16}", shifted(INK, 0.22), 4)
    sheet.turned(400, [[(300, 40), (330, 66), (430, 66)], [(430, 78), (470, 78)]], brass, tilt=0.18)
    sheet.flat(oval(400, 300, 40, 7), brass.light)
    for y in (352, 372, 392):
        sheet.line(curve([(334, y), (400, y + 12), (466, y)]), brass.dark, 5)
    sheet.turned(400, [[(462, 128), (486, 260), (560, 430), (700, 600), (1000, 720)]], paint, tilt=0.08)
    sheet.flat(oval(400, 462, 128, 13), paint.light)
    sheet.turned(400, [[(430, 84), (464, 84)]], brass, tilt=0.12)
    sheet.flat(oval(400, 430, 84, 11), brass.light)
    sheet.turned(400, [[(360, 64), (434, 64)]], brass, tilt=0.12)
