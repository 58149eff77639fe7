"""A brass compass with a lid, on a cord."""

from app.seed.drawings import paper
from app.seed.drawings.shades import INK, LEATHER, OCHRE, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def dial(sheet: Sheet, color: str, cx: float, cy: float, size: float, turn: float = 28) -> None:
    """The compass alone from above, 100 to its edge."""
    case = tones(color)
    with sheet.group(f"translate({cx} {cy}) scale({size})"):
        sheet.flat(oval(8, 9, 100, 100), SHADE, opacity=0.22)
        sheet.solid(oval(0, 0, 100, 100), case, shade=9, light=9)
        sheet.flat(oval(0, 0, 84, 84), case.dark)
        sheet.flat(oval(0, 0, 80, 80), "#f4eee0")
        for step in range(0, 360, 10):
            long = step % 90 == 0
            with sheet.group(f"rotate({step})"):
                sheet.line(f"M0 -74V{-56 if long else -65 if step % 30 == 0 else -69}", INK, 4 if long else 1.8)
        for step, reach in ((0, 52), (90, 52), (180, 52), (270, 52), (45, 32), (135, 32), (225, 32), (315, 32)):
            with sheet.group(f"rotate({step})"):
                tint = "#d9c9a3" if reach > 40 else "#e6dcc2"
                sheet.flat(f"M0 {-reach}L8 -8H-8Z", tint)
                sheet.flat(f"M0 {-reach}L8 -8H0Z", shifted(tint, -0.07))
        with sheet.group(f"rotate({turn})"):
            sheet.flat("M3 -58L15 4H-9Z", SHADE, opacity=0.16)
            sheet.flat("M0 -62L10 0H-10Z", "#b4452c")
            sheet.flat("M0 -62L10 0H0Z", "#93351f")
            sheet.flat("M0 62L10 0H-10Z", "#8d97a3")
            sheet.flat("M0 62L10 0H0Z", "#6d7682")
        sheet.flat(oval(0, 0, 9, 9), case.dark)
        sheet.flat(oval(-1.5, -1.5, 5.5, 5.5), case.light)
        sheet.flat("M-70 -36C-60 -58 -36 -74 -10 -78L-30 -52C-44 -48 -56 -38 -62 -26Z", "#ffffff", opacity=0.4)


def compass(sheet: Sheet, color: str) -> None:
    """Open, from above: lid to the upper left, cord to the right."""
    case, cord = tones(color), tones(LEATHER)
    loop = [(600, 330), (690, 250), (760, 330), (700, 460), (740, 600), (690, 760), (560, 880), (420, 930), (240, 900)]
    sheet.line(curve([(x + 8, y + 10) for x, y in loop]), SHADE, 14, opacity=0.16)
    sheet.line(curve(loop), cord.dark, 15)
    sheet.line(curve([(x - 2, y - 3) for x, y in loop]), cord.mid, 8)
    lid = oval(250, 250, 196, 196)
    sheet.cast(lid, 14, 16)
    sheet.solid(lid, case, shade=18, light=18)
    sheet.flat(oval(250, 250, 164, 164), case.dark)
    inner = oval(250, 250, 158, 158)
    sheet.flat(inner, shifted(color, 0.03))
    sheet.flat("M60 250L300 60H370L80 340Z", "#ffffff", opacity=0.22, within=inner)
    sheet.line("M180 262C204 232 228 292 252 262S300 232 324 262", case.deep, 9)
    with sheet.group("rotate(45 360 366)"):
        sheet.flat(box(318, 340, 86, 44, 10), case.deep)
        for x in (322, 350, 378):
            sheet.solid(box(x, 336, 22, 50, 8), case, shade=6, light=5)
    sheet.solid(oval(600, 346, 34, 34), case, shade=8, light=8)
    sheet.flat(oval(600, 346, 17, 17), "#e9dfcd")
    dial(sheet, color, 468, 520, 2.3)


def scene(sheet: Sheet, color: str) -> None:
    """On the map, at the fork."""
    with sheet.group("translate(-150 -60) rotate(-6) scale(1.66)"):
        paper.terrain(sheet, "#9c4a2f")
        paper.creased(sheet, 4, 2)
    dial(sheet, color, 440, 470, 1.9, -14)
    cord = tones(LEATHER)
    loop = [(590, 330), (660, 240), (760, 210), (830, 120)]
    sheet.line(curve([(x + 6, y + 8) for x, y in loop]), SHADE, 11, opacity=0.16)
    sheet.line(curve(loop), cord.dark, 12)
    sheet.line(curve([(x - 2, y - 2) for x, y in loop]), cord.mid, 6)
    with sheet.group("translate(120 830) rotate(-24)"):
        sheet.flat(box(10, 12, 520, 26, 8), SHADE, opacity=0.2)
        wood = tones(OCHRE)
        for y, tone in ((0, wood.light), (9, wood.mid), (18, wood.dark)):
            sheet.flat(box(0, y, 450, 9.5), tone)
        sheet.flat("M450 0H452L520 13.5L452 27.5H450Z", "#e0bd8b")
        sheet.flat("M500 9.5L520 13.5L500 17.5Z", INK)
