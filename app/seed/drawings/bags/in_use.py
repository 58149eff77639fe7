"""Backpack, tote, weekender and sleeve where they are carried to."""

from app.seed.drawings.bags.luggage import backpack, sleeve, tote, weekender
from app.seed.drawings.settings import cup, fir, outdoors, painted_wall, place, rock, sprig
from app.seed.drawings.shades import (
    BRASS,
    CHARCOAL,
    INK,
    INK_BLUE,
    LEATHER,
    OAK,
    OCHRE,
    PAPER,
    RUST,
    SAGE,
    SHADE,
    STEEL,
    TERRACOTTA,
    oklch,
    tones,
)  # fmt: skip
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.wood import table_top


def backpack_scene(sheet: Sheet, color: str) -> None:
    """Put down at the top, above the river."""
    outdoors(sheet, ground=660)
    fir(sheet, 90, 760, 330)
    fir(sheet, 690, 730, 230)
    fir(sheet, 756, 748, 290, "#456349")
    rock(sheet, 620, 910, 250)
    rock(sheet, 180, 930, 150, "#b7b1a6")
    place(sheet, backpack, color, 390, 900, 0.78, foot=842)
    sheet.line("M640 560L566 906", tones("#8a6f57").dark, 13)
    sheet.line("M637 560L563 906", tones("#8a6f57").mid, 7)
    sheet.flat(oval(641, 556, 12, 10), tones(LEATHER).dark)


def _crate(sheet: Sheet, x: float, y: float, width: float, tint: str, fruit: str) -> None:
    """A crate of slats full of fruit; its left foot at x, y."""
    wood, skin = tones(tint), tones(fruit)
    sheet.shadow(x + width / 2, y, width * 0.52, depth=0.08, reach=0.3)
    count = int(width / 44)
    for row, lift in ((0, 150), (1, 122)):
        for step in range(count):
            cx = x + 26 + step * (width - 52) / max(count - 1, 1) + (14 if row == 0 else 0)
            sheet.solid(oval(min(cx, x + width - 20), y - lift, 27, 27), skin, shade=8, light=7)
    for step in range(3):
        top = y - 124 + step * 44
        sheet.solid(box(x, top, width, 36, 3), wood, shade=10, light=6)
        sheet.flat(box(x, top + 28, width, 8), wood.dark)
    for side in (x + 8, x + width - 26):
        sheet.solid(box(side, y - 136, 18, 136, 3), wood, shade=5, light=4)


def tote_scene(sheet: Sheet, color: str) -> None:
    """At the market, between the apples and the lemons."""
    painted_wall(sheet, oklch(0.885, 0.016, 150), "#cfc6b6", horizon=760)
    for step in range(9):
        x = -20 + step * 96
        tint = TERRACOTTA if step % 2 else "#f1e6cc"
        sheet.flat(f"M{x} 0H{x + 96}V150Q{x + 48} 210 {x} 150Z", tint)
        sheet.flat(f"M{x} 120H{x + 96}V150Q{x + 48} 210 {x} 150Z", tones(tint).dark, opacity=0.7)
    sheet.line("M40 0V880M770 0V880", tones("#8a6f57").mid, 18)
    wood = tones(OAK)
    sheet.flat(box(0, 560, 800, 26), wood.mid)
    sheet.flat(box(0, 586, 800, 200), wood.dark)
    for x in range(60, 800, 130):
        sheet.line(f"M{x} 590V784", wood.deep, 3, opacity=0.6)
    _crate(sheet, 30, 566, 280, "#dcb987", "#c4562f")
    _crate(sheet, 500, 566, 280, "#dcb987", "#e3b740")
    with sheet.group("translate(412 560)"):
        for x, turn in ((-60, -14), (-20, -4), (20, 5), (56, 16)):
            with sheet.group(f"rotate({turn}) translate({x} 0)"):
                sheet.flat("M-14 0L-9 -90H9L14 0Z", "#f1eedd")
                sheet.flat("M-12 -80C-34 -120 -20 -170 -4 -190C10 -170 30 -120 12 -80Z", tones(SAGE).mid)
                sheet.flat("M2 -80C20 -110 22 -140 10 -170C30 -140 30 -110 12 -80Z", tones(SAGE).dark)
    place(sheet, tote, color, 400, 930, 0.86, foot=842)


def weekender_scene(sheet: Sheet, color: str) -> None:
    """On the bench of a platform, early."""
    sheet.flat(box(0, 0, 800, 1000), "#e3dccd")
    sheet.flat(box(0, 90, 800, 600), "#dfe6e6")
    sheet.flat("M0 520Q160 440 330 500T640 470T800 500V700H0Z", "#b4c7c6")
    sheet.flat("M0 590Q200 530 420 580T800 560V700H0Z", "#97af95")
    sheet.flat(box(0, 640, 800, 60), tones("#a5a097").mid)
    sheet.flat(box(0, 690, 800, 310), tones("#cfc6b6").mid)
    sheet.flat(box(0, 690, 800, 16), tones(OCHRE).mid)
    sheet.flat("M-10 0H810V92L-10 130Z", tones(CHARCOAL).mid)
    sheet.flat("M-10 112L810 76V92L-10 130Z", tones(CHARCOAL).deep)
    for x in (120, 690):
        sheet.line(f"M{x} 100V700", tones(INK_BLUE).mid, 26)
        sheet.line(f"M{x - 7} 100V700", tones(INK_BLUE).light, 6)
        sheet.line(f"M{x} 220Q{x} 130 {x + 80} 108M{x} 220Q{x} 140 {x - 80} 122", tones(INK_BLUE).mid, 12)
    sheet.line("M400 90V170", tones(CHARCOAL).mid, 10)
    sheet.flat(oval(400, 236, 76, 76), tones(CHARCOAL).mid)
    sheet.flat(oval(400, 236, 66, 66), PAPER)
    for turn in range(0, 360, 30):
        with sheet.group(f"rotate({turn} 400 236)"):
            sheet.line("M400 178V188", INK, 5)
    sheet.line("M400 236V196M400 236L372 252", INK, 7)
    wood = tones(OAK)
    sheet.shadow(400, 936, 340, depth=0.06, reach=0.2)
    for x in (150, 650):
        sheet.line(f"M{x} 560V930M{x} 800H{x + 60}V930", tones(CHARCOAL).mid, 20)
    for y in (560, 620):
        sheet.solid(box(60, y, 680, 40, 8), wood, shade=6, light=8)
        sheet.flat(box(64, y + 31, 672, 9, 4), wood.dark)
    sheet.solid(box(40, 800, 720, 34, 8), wood, shade=6, light=8)
    sheet.flat(box(44, 824, 712, 10, 4), wood.dark)
    with sheet.group("translate(360 806) scale(.72) translate(-400 -838)"):
        weekender(sheet, color)
    sheet.solid(box(628, 752, 76, 50, 4), tones(RUST), shade=7, light=5)
    sheet.flat(box(634, 796, 70, 6), PAPER)


def sleeve_scene(sheet: Sheet, color: str) -> None:
    """Beside the coffee, on the way to work."""
    table_top(sheet, "#b98d5e")
    with sheet.group("translate(60 40) rotate(10 400 500) scale(.94)"):
        sleeve(sheet, color)
    cup(sheet, 150, 190, 84, TERRACOTTA)
    with sheet.group("translate(128 560) rotate(-16)"):
        sheet.flat(box(-66, -84, 150, 200, 8), SHADE, opacity=0.18)
        sheet.solid(box(-76, -96, 150, 200, 8), tones(INK_BLUE), shade=6, light=6)
        sheet.flat(box(-76, -96, 24, 200, 8), tones(INK_BLUE).dark)
        sheet.flat(box(-30, -50, 76, 40, 3), PAPER)
    with sheet.group("translate(120 850) rotate(20)"):
        for x in (-46, 46):
            sheet.line(oval(x + 6, 8, 36, 32), SHADE, 7, opacity=0.2)
            sheet.flat(oval(x, 0, 36, 32), "#dfe8ea", opacity=0.6)
            sheet.line(oval(x, 0, 36, 32), tones("#7b5239").mid, 8)
        sheet.line(curve([(-12, -6), (0, -14), (12, -6)]), tones("#7b5239").mid, 8)
        sheet.line("M-82 -6L-110 -70M82 -6L104 -74", tones("#7b5239").dark, 7)
    sprig(sheet, 720, 170, 150, 30)
    sheet.flat(oval(720, 900, 34, 34), SHADE, opacity=0.16)
    sheet.line(oval(712, 890, 32, 32), tones(BRASS).mid, 8)
    sheet.line("M734 914L764 960", tones(STEEL).mid, 13)
    sheet.line("M752 940l14 -10", tones(STEEL).mid, 8)
