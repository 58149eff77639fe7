"""Walking socks of wool, with heel and toe in another color."""

from app.seed.drawings.settings import fir, outdoors
from app.seed.drawings.shades import CANVAS, MAPLE, OCHRE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

_SOCK = (
    "M0 0H150V300C150 340 176 360 230 384C300 412 352 440 352 496"
    "C352 552 306 580 240 574C150 566 20 520 4 420C-2 380 0 340 0 300Z"
)


def sock(sheet: Sheet, color: str, *, lying: bool = True) -> None:
    """Its toe to the right: 350 wide and 580 long from 0, 0."""
    wool, band = tones(color), tones("#e6dcc8")
    accent = tones(OCHRE)
    if lying:
        sheet.cast(_SOCK, 12, 15)
    sheet.solid(_SOCK, wool, shade=20, light=14)
    with sheet.inside(_SOCK):
        sheet.flat("M-20 360Q60 352 84 420Q100 500 50 560H-60Z", accent.mid)
        sheet.flat("M-20 360Q60 352 84 420L60 424Q40 384 -20 386Z", accent.dark)
        sheet.flat("M270 380Q236 480 262 600H400V380Z", accent.mid)
        sheet.flat("M330 420H420V620H300Q360 540 330 420Z", accent.dark)
        sheet.flat(box(-10, 104, 180, 26), band.mid)
        sheet.flat(box(-10, 140, 180, 10), band.mid)
        sheet.flat(box(128, 100, 40, 52), band.dark)
        for x in range(12, 150, 14):
            sheet.line(f"M{x} -4V88", wool.dark, 4, opacity=0.8)
        sheet.line("M-4 90H160", wool.deep, 3)
        for step in range(60):
            x, y = (step * 71) % 330, 170 + (step * 113) % 380
            sheet.line(f"M{x} {y}l5 8l5 -8", wool.light if step % 3 else wool.dark, 2.2, opacity=0.7)


def pair(sheet: Sheet, color: str) -> None:
    with sheet.group("translate(330 210) rotate(9) scale(1.06)"):
        sock(sheet, shifted(color, -0.025))
    with sheet.group("translate(130 190) rotate(-7) scale(1.06)"):
        sock(sheet, color)


def scene(sheet: Sheet, color: str) -> None:
    """Drying on a line between two trees."""
    outdoors(sheet, ground=690)
    fir(sheet, 706, 840, 690, "#4f6f52")
    trunk = tones("#7d654c")
    sheet.solid("M-20 -20H70L62 500L92 1010H-20Z", trunk, shade=26, light=8)
    sheet.line(curve([(50, 190), (250, 236), (470, 240), (700, 200)]), tones(CANVAS).dark, 7)
    sheet.line("M34 184H72M34 200H74", tones(CANVAS).dark, 8)
    for x, y, turn, size in ((170, 214, 4, 0.74), (404, 228, -5, 0.74)):
        with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
            sock(sheet, color, lying=False)
        for shift in (16, 88):
            peg = tones(MAPLE)
            sheet.solid(box(x + shift, y - 26, 14, 52, 5), peg, shade=5, light=3)
            sheet.line(f"M{x + shift} {y - 2}h14", peg.deep, 4)
    for x, y in ((140, 900), (260, 950), (520, 920), (640, 960)):
        for turn, tint in ((0, "#f1e6cc"), (72, "#f1e6cc"), (144, "#f1e6cc"), (216, "#f1e6cc"), (288, "#f1e6cc")):
            with sheet.group(f"translate({x} {y}) rotate({turn})"):
                sheet.flat(oval(0, -11, 6, 10), tint)
        sheet.flat(oval(x, y, 6, 6), tones(OCHRE).mid)
