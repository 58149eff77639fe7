"""Notebook, pen and mat on the desks they belong to."""

from app.seed.drawings import light
from app.seed.drawings.desk.stationery import lying_pen, notebook
from app.seed.drawings.settings import cup, lying_books, painted_wall, place, sprig, standing_books
from app.seed.drawings.shades import (
    BRASS,
    FOREST,
    INK,
    INK_BLUE,
    OCHRE,
    PAPER,
    RUST,
    SAGE,
    SHADE,
    TERRACOTTA,
    oklch,
    shifted,
    tones,
)  # fmt: skip
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon
from app.seed.drawings.wood import table_top


def notebook_scene(sheet: Sheet, color: str) -> None:
    """On a café table, with a ticket between its pages."""
    table_top(sheet, "#b98d5e")
    with sheet.group("translate(80 80) scale(.82)"):
        with sheet.group("rotate(-7 400 500)"):
            sheet.flat(box(430, 120, 110, 120, 4), "#e9d9ae")
            sheet.line("M448 146H520M448 170H500", tones(RUST).mid, 7)
        notebook(sheet, color)
    cup(sheet, 660, 210, 96, TERRACOTTA)
    with sheet.group("translate(706 420) rotate(100) scale(.7)"):
        lying_pen(sheet, BRASS)
    sprig(sheet, 120, 230, 170, -30)
    with sheet.group("translate(96 850) rotate(-14)"):
        plate = oval(40, 0, 120, 120)
        sheet.cast(plate, 10, 12)
        sheet.solid(plate, tones("#e9e2d5"), shade=8, light=8)
        sheet.flat(oval(42, 2, 84, 84), tones("#e9e2d5").dark)
        sheet.flat(oval(45, 5, 80, 80), tones("#e9e2d5").mid)
        crust = tones("#c98a45")
        roll = "M-30 30C-40 -10 -6 -50 44 -50S128 -10 112 34C96 20 78 10 40 10S-12 14 -30 30Z"
        sheet.cast(roll, 5, 7)
        sheet.solid(roll, crust, shade=12, light=8)
        for path in ("M0 -26L6 12", "M30 -46L30 8", "M62 -46L56 10", "M92 -26L82 14"):
            sheet.line(path, crust.dark, 5)


def pen_scene(sheet: Sheet, color: str) -> None:
    """A letter just signed."""
    table_top(sheet, "#8a6244")
    with sheet.group("rotate(-7 380 500)"):
        flap = box(70, 120, 460, 300, 6)
        sheet.cast(flap, 10, 12)
        sheet.flat(flap, "#d8c19a")
        sheet.line("M70 124L300 300L530 124", "#b99b74", 6)
        sheet.flat(box(440, 330, 62, 70, 3), PAPER)
        sheet.flat(box(447, 337, 48, 56), tones(INK_BLUE).mid)
        sheet.line("M452 372Q464 358 472 368T492 362", "#f4eee0", 4)
    with sheet.group("rotate(4 400 600)"):
        page = box(150, 300, 500, 620, 4)
        sheet.cast(page, 12, 16)
        sheet.flat(page, "#fbf7ee")
        ink = "#2c4668"
        sheet.line("M200 366C214 352 226 378 240 366S266 352 280 366", ink, 5)
        for row in range(8):
            y = 420 + row * 36
            wave = [(200 + step * 40, y + (4 if (step + row) % 2 else -4)) for step in range(11 - row * 5 % 4)]
            sheet.line(curve(wave), ink, 3.6, opacity=0.85)
        signed = (
            "M380 800C420 740 450 760 430 800C414 832 470 810 500 780C520 760 530 790 516 806C540 800 566 780 590 790"
        )
        sheet.line(signed, ink, 5)
        sheet.line("M400 836C460 824 520 826 570 832", ink, 4)
    with sheet.group("translate(770 700) rotate(152) scale(.62)"):
        lying_pen(sheet, color)


def mat_scene(sheet: Sheet, color: str) -> None:
    """Under everything that is needed in the morning."""
    painted_wall(sheet, oklch(0.885, 0.014, 150), "#d2ad7c", horizon=600)
    sheet.cast(box(520, 130, 220, 260, 4), 8, 10, opacity=0.14)
    sheet.flat(box(520, 130, 220, 260, 4), tones("#c69a67").mid)
    sheet.flat(box(532, 142, 196, 236), "#fbf7ee")
    for x, y, size, tint in ((600, 230, 46, TERRACOTTA), (650, 280, 58, OCHRE), (596, 306, 34, FOREST)):
        sheet.flat(oval(x, y, size, size), tint, opacity=0.85)
    end = standing_books(sheet, 596, 690, 180, (RUST, "#e3d8c3", INK_BLUE))
    sheet.flat(box(end, 684, 10, 6), SHADE, opacity=0.1)
    felt = tones(color)
    top = polygon((120, 700), (700, 700), (810, 930), (-10, 930))
    with sheet.group("translate(6 16)"):
        sheet.flat(top, SHADE, opacity=0.2)
    sheet.flat(top, felt.mid)
    sheet.flat(polygon((-10, 930), (810, 930), (812, 944), (-12, 944)), felt.dark)
    sheet.line(polygon((132, 710), (688, 710), (784, 918), (20, 918)), felt.deep, 2.6, dash="9 7")
    for step in range(46):
        x, y = 150 + (step * 149) % 500, 722 + (step * 67) % 190
        sheet.line(f"M{x} {y}l9 4", felt.light if step % 2 else felt.dark, 2.4, opacity=0.6)
    metal = tones("#c8ccce")
    sheet.flat(polygon((262, 826), (560, 826), (592, 872), (232, 872)), SHADE, opacity=0.3)
    screen = box(272, 566, 290, 200, 12)
    sheet.solid(screen, metal, shade=7, light=7)
    sheet.flat(box(284, 578, 266, 172, 4), "#33475a")
    sheet.flat("M284 720Q350 660 420 700T550 680V750H284Z", "#6f8f86")
    sheet.flat(oval(500, 620, 16, 16), "#f7dca2")
    sheet.flat(polygon((272, 766), (562, 766), (600, 846), (236, 846)), metal.mid)
    sheet.flat(polygon((290, 776), (546, 776), (562, 812), (274, 812)), shifted(INK, 0.1))
    sheet.flat(polygon((386, 818), (450, 818), (456, 840), (380, 840)), metal.dark)
    sheet.flat(polygon((236, 846), (600, 846), (600, 856), (236, 856)), metal.dark)
    lying_books(sheet, 176, 690, 150, (OCHRE, FOREST))
    place(sheet, light.desk_lamp, INK_BLUE, 110, 664, 0.62)
    sheet.shadow(666, 838, 40, depth=0.16)
    sheet.line(curve([(694, 782), (730, 780), (734, 806), (696, 824)]), tones(SAGE).dark, 12)
    sheet.turned(664, [[(760, 40), (838, 34)]], tones(SAGE), tilt=0.2)
    sheet.rim(664, 760, 40, tones(SAGE), wall=5, tilt=0.2)
    with sheet.group("translate(100 880) rotate(6) scale(.3)"):
        lying_pen(sheet, BRASS)
