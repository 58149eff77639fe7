"""A wooden train: a painted engine and two wagons."""

from app.seed.drawings.play import blocks
from app.seed.drawings.settings import boards, fir
from app.seed.drawings.shades import BRASS, MAPLE, SHADE, WALNUT, shifted, tones
from app.seed.drawings.sheet import Sheet, box, oval
from app.seed.drawings.views import OWN, Drawing, View


def wheel(sheet: Sheet, x: float, y: float, radius: float, color: str, wood: str = MAPLE) -> None:
    """A turned wooden wheel with a painted hub; its middle at x, y."""
    rim, hub = tones(wood), tones(color)
    sheet.solid(oval(x, y, radius, radius), rim, shade=radius * 0.26, light=radius * 0.14)
    sheet.line(oval(x, y, radius * 0.72, radius * 0.72), rim.dark, 2.5)
    sheet.solid(oval(x, y, radius * 0.36, radius * 0.36), hub, shade=radius * 0.12, light=radius * 0.08)
    sheet.flat(oval(x, y, radius * 0.1, radius * 0.1), hub.deep)


def _lying(sheet: Sheet, d: str, color: str, y: float, height: float) -> None:
    """A rod that lies along the picture: light above, shade below."""
    wood = tones(color)
    sheet.flat(d, wood.mid)
    sheet.flat(box(-400, y + height * 0.66, 2000, height), wood.dark, within=d)
    sheet.flat(box(-400, y + height * 0.1, 2000, height * 0.13), wood.light, within=d)


def engine(sheet: Sheet, color: str) -> None:
    """Seen from its left side, going left: 0 to 300, wheels on 0."""
    paint, wood = tones(color), tones(MAPLE)
    sheet.flat(box(-16, -70, 22, 30, 8), tones(BRASS).dark)
    sheet.solid(box(0, -88, 300, 44, 10), wood, shade=10, light=8)
    sheet.flat(box(0, -56, 300, 12, 6), wood.dark)
    boiler = box(14, -198, 176, 112, 40)
    _lying(sheet, boiler, color, -198, 112)
    for x in (58, 130):
        sheet.flat(box(x, -198, 11, 112), wood.mid, within=boiler)
        sheet.flat(box(x, -124, 11, 40), wood.dark, within=boiler)
    sheet.turned(52, [[(-268, 36), (-244, 24), (-190, 21)]], wood, tilt=0.2)
    sheet.flat(oval(52, -268, 36, 7), wood.light)
    sheet.flat(oval(54, -267, 26, 5), wood.deep)
    sheet.turned(122, [[(-216, 10), (-206, 22), (-192, 24)]], tones(BRASS), tilt=0.2)
    cab = "M182 -262H292V-88H182Z"
    sheet.solid(cab, paint, shade=22, light=10)
    pane = box(204, -238, 62, 64, 8)
    sheet.flat(pane, shifted(color, -0.2, chroma=0.5))
    sheet.flat("M204 -196L252 -244H276L206 -172Z", "#ffffff", opacity=0.2, within=pane)
    sheet.solid(box(166, -284, 144, 26, 13), wood, shade=12, light=10)
    sheet.flat(box(172, -267, 132, 9, 4), wood.dark)
    for x, radius in ((48, 34), (128, 34), (238, 46)):
        wheel(sheet, x, -radius, radius, color)


def _wagon(sheet: Sheet, color: str, *, logs: bool) -> None:
    """0 to 210, wheels on 0, with its coupling on the left."""
    paint, wood = tones(color), tones(MAPLE)
    sheet.line("M-38 -56H6", tones(BRASS).dark, 9)
    sheet.line("M-38 -58H6", tones(BRASS).light, 3)
    if logs:
        bark = tones(WALNUT)
        for x, y in ((52, -112), (106, -112), (160, -112), (79, -158), (133, -158)):
            sheet.flat(oval(x, y, 28, 28), bark.mid)
            sheet.flat(oval(x, y, 23, 23), wood.light)
            sheet.line(oval(x, y, 14, 14), wood.dark, 3)
            sheet.line(oval(x, y, 5, 5), wood.dark, 3)
        for x in (14, 186):
            sheet.solid(box(x, -154, 12, 80, 5), paint, shade=4, light=3)
    else:
        for x, tint in ((30, MAPLE), (84, color), (138, WALNUT)):
            sheet.solid(box(x, -164, 48, 60, 4), tones(tint), shade=12, light=6)
        sheet.solid(box(10, -130, 190, 50, 8), paint, shade=16, light=8)
    sheet.solid(box(0, -88, 210, 44, 10), wood, shade=10, light=8)
    sheet.flat(box(0, -56, 210, 12, 6), wood.dark)
    for x in (48, 162):
        wheel(sheet, x, -34, 34, color)


def train(sheet: Sheet, color: str) -> None:
    """Engine and one wagon across the table."""
    sheet.shadow(250, 832, 190, depth=0.08, reach=0.1)
    sheet.shadow(566, 832, 140, depth=0.1, reach=0.3)
    with sheet.group("translate(96 832)"):
        engine(sheet, color)
    with sheet.group("translate(452 832)"):
        _wagon(sheet, color, logs=True)


def rolling_stock(sheet: Sheet, color: str) -> None:
    """The whole train in a row, 0 to 820."""
    engine(sheet, color)
    for x, logs in ((344, True), (592, False)):
        with sheet.group(f"translate({x} 0)"):
            _wagon(sheet, color, logs=logs)


def train_detail(sheet: Sheet, color: str) -> None:
    """Engine, close by, from a little below."""
    sheet.room()
    sheet.shadow(420, 850, 420, depth=0.07, reach=0.1)
    with sheet.group("translate(120 850) scale(2.15)"):
        engine(sheet, color)


def train_scene(sheet: Sheet, color: str) -> None:
    """On its way over the floor, under a bridge of blocks."""
    sheet.room(horizon=560)
    boards(sheet, "#d9bf97", horizon=560)
    sheet.flat(oval(400, 800, 520, 150), SHADE, opacity=0.08)
    sheet.flat(oval(400, 792, 520, 150), tones("#e4dccb").mid)
    sheet.line(oval(400, 792, 488, 132), tones("#e4dccb").dark, 5)
    for x, y, height in ((64, 640, 190), (150, 662, 120), (420, 646, 110)):
        sheet.shadow(x, y, height * 0.28, depth=0.16)
        fir(sheet, x, y, height, "#6d8a67")
    track = tones("#c69a67")
    sheet.flat(box(-10, 822, 820, 40), track.mid)
    sheet.flat(box(-10, 850, 820, 12), track.dark)
    for y in (827, 842):
        sheet.line(f"M-10 {y}H810", track.dark, 4)
    with sheet.group("translate(40 838) scale(.86)"):
        rolling_stock(sheet, color)
    with sheet.group("translate(468 862) scale(.98)"):
        blocks.bridge(sheet, MAPLE)


DRAWINGS = {"train": Drawing(View(train, zoom=1.16), View(train_detail, OWN), View(train_scene, OWN))}
