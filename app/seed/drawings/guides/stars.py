"""A star wheel: a turning disk of the sky in a sleeve, and the guide that comes with it."""

from math import cos, radians, sin
from random import Random

from app.seed.drawings import paper
from app.seed.drawings.settings import fir
from app.seed.drawings.shades import INK, MIST, PAPER, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

NIGHT = "#22314d"
_FIGURES = (
    ((-96, -30), (-60, -48), (-28, -40), (4, -34), (20, 0), (60, 6), (64, -34), (4, -34)),
    ((-70, 74), (-44, 96), (-18, 76), (8, 100), (36, 78)),
    ((90, 60), (104, 92), (126, 70)),
    ((-20, -120), (14, -130), (34, -104)),
)


def _sky(sheet: Sheet, radius: float) -> None:
    """Stars and figures about 0, 0."""
    dice = Random(11)
    dots = []
    for _ in range(90):
        turn, far = dice.random() * 360, radius * dice.random() ** 0.5 * 0.92
        size = dice.choice((1.2, 1.6, 2.4))
        dots.append(oval(far * cos(radians(turn)), far * sin(radians(turn)), size, size))
    sheet.flat("".join(dots), "#f3e7c4", opacity=0.85)
    scale = radius / 160
    for figure in _FIGURES:
        points = [(x * scale, y * scale) for x, y in figure]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        sheet.line(path, "#e9d9ae", 2, opacity=0.55)
        sheet.flat("".join(oval(x, y, 4.6, 4.6) for x, y in points), "#fff6dc")


def _ticks(sheet: Sheet, radius: float, color: str) -> None:
    for step in range(72):
        with sheet.group(f"rotate({step * 5})"):
            long = step % 6 == 0
            sheet.line(f"M0 {-radius}V{-radius + (22 if long else 11)}", color, 3 if long else 1.8)


def wheel(sheet: Sheet, color: str, cx: float, cy: float, size: float) -> None:
    """The sleeve, 520 wide, with the disk's edge looking out of it above and below."""
    card = tones(color)
    with sheet.group(f"translate({cx} {cy}) scale({size})"):
        disk = oval(0, 0, 290, 290)
        sheet.cast(disk, 12, 15)
        sheet.flat(disk, "#f1e6cc")
        _ticks(sheet, 284, INK)
        sleeve = "M-260 -180Q-260 -214 -226 -214Q0 -244 226 -214Q260 -214 260 -180"
        sleeve += "V180Q260 214 226 214Q0 244 -226 214Q-260 214 -260 180Z"
        sheet.cast(sleeve, 6, 9, opacity=0.22)
        sheet.solid(sleeve, card, shade=9, light=9)
        opening = "M-196 10C-196 -110 -100 -172 0 -172S196 -110 196 10C196 90 110 128 0 128S-196 90 -196 10Z"
        sheet.flat(opening, NIGHT)
        with sheet.inside(opening):
            sheet.flat("M-220 60C-120 -40 80 -170 220 -200L240 -150C120 -110 -40 0 -150 120Z", "#3c5276", opacity=0.7)
            _sky(sheet, 200)
        sheet.line(opening, paper.FOIL, 5)
        for x, share in ((-150, -1), (150, 1)):
            sheet.line(f"M{x} {126}l{share * -34} 26", paper.FOIL, 4)
        sheet.line("M-84 172H84", paper.FOIL, 10)
        sheet.line("M-52 198H52", paper.FOIL, 6)
        sheet.flat(oval(0, -22, 9, 9), "#c49c55")
        sheet.flat(oval(-2, -24, 4, 4), "#f4e3b8")


def whole(sheet: Sheet, color: str) -> None:
    """Wheel and booklet, from above."""
    cloth = tones(color)
    with sheet.group("translate(470 590) rotate(12)"):
        booklet = box(-160, -30, 330, 380, 6)
        sheet.cast(booklet, 12, 15)
        sheet.flat(box(-154, -24, 332, 382, 4), PAPER)
        sheet.solid(booklet, tones(shifted(color, 0.07)), shade=7, light=7)
        sheet.flat(box(-160, -30, 26, 380), cloth.dark, within=booklet)
        sheet.line("M-90 296H130", paper.FOIL, 10)
        sheet.line("M-90 322H50", paper.FOIL, 6)
    with sheet.group("rotate(-8 400 430)"):
        wheel(sheet, color, 390, 400, 1.16)


def scene(sheet: Sheet, color: str) -> None:
    """Out at night, held against what it shows."""
    sheet.flat(box(0, 0, 800, 1000), "#2a3a58")
    sheet.flat(box(0, 300, 800, 700), "url(#mist)", opacity=0.16)
    sheet.flat("M-60 560C160 360 520 120 860 -60V120C560 260 260 480 -60 760Z", "#405678", opacity=0.55)
    with sheet.group("translate(420 300)"):
        _sky(sheet, 420)
    far = curve([(-20, 700), (120, 640), (250, 690), (400, 610), (560, 690), (700, 630), (820, 680)])
    sheet.flat(f"{far}V1010H-20Z", "#2b4050")
    near = curve([(-20, 800), (160, 760), (380, 800), (600, 764), (820, 812)])
    sheet.flat(f"{near}V1010H-20Z", "#24343a")
    for x, y, height in ((70, 806, 210), (150, 800, 150), (730, 800, 230), (650, 792, 130)):
        fir(sheet, x, y, height, "#1f3030")
    sheet.glow(400, 1010, 420, 160)
    blanket = tones("#9c4a2f")
    sheet.flat("M90 1010L190 884Q400 850 610 884L720 1010Z", blanket.mid)
    sheet.flat("M122 968L140 946Q400 908 664 946L682 968Q400 926 122 968Z", "#e6dcc8")
    with sheet.group("translate(400 820) rotate(-7)"):
        wheel(sheet, color, 0, 0, 0.56)


DRAWINGS = {
    "star_wheel": Drawing(
        View(whole, SURFACE, MIST, zoom=0.9), View(whole, SURFACE, MIST, part=(180, 240, 330)), View(scene, OWN)
    )
}
