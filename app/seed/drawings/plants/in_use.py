"""Planter and watering can where things grow."""

from app.seed.drawings.plants.pots import SOIL, can, leaf, planter, pot
from app.seed.drawings.settings import boards, fir, place, valley
from app.seed.drawings.shades import CHARCOAL, OAK, STONE, TERRACOTTA, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def _balcony(sheet: Sheet) -> None:
    """Railing and boards before the valley."""
    valley(sheet, -140, -60, 940, 800)
    fir(sheet, 700, 690, 260)
    iron = tones(CHARCOAL)
    boards(sheet, "#c2a27c", horizon=730)
    sheet.flat(box(-10, 430, 820, 20, 6), iron.mid)
    sheet.flat(box(-10, 442, 820, 8), iron.deep)
    for x in range(20, 820, 76):
        sheet.line(f"M{x} 440V730", iron.mid, 8)
    sheet.line("M-10 716H810", iron.mid, 12)


def planter_scene(sheet: Sheet, color: str) -> None:
    """A summer on the balcony."""
    _balcony(sheet)
    sheet.shadow(620, 870, 130, depth=0.12)
    hollow = pot(sheet, STONE if color != STONE else TERRACOTTA, 620, 700, 872, 120)
    sheet.flat(oval(620, 710, 108, 12), SOIL, within=hollow)
    for x, y, turn, length in ((620, 708, -40, 150), (620, 708, 38, 150), (620, 708, -12, 210), (620, 708, 16, 200)):
        leaf(sheet, x, y, length, turn, "#7d9a58", wide=0.13)
    for dx, dy in ((-90, -120), (86, -122), (-44, -206), (54, -198), (6, -160)):
        for turn in range(0, 360, 60):
            with sheet.group(f"translate({620 + dx} {708 + dy}) rotate({turn})"):
                sheet.flat(oval(0, -20, 13, 19), "#f1e6cc" if turn % 120 else "#e3d3ad")
        sheet.flat(oval(620 + dx, 708 + dy, 12, 12), "#d09c42")
    place(sheet, planter, color, 280, 890, 0.98)
    sheet.shadow(456, 936, 66, depth=0.13)
    hollow = pot(sheet, color, 456, 850, 938, 60)
    sheet.flat(oval(456, 855, 54, 6), SOIL, within=hollow)
    for turn, length in ((-54, 84), (50, 86), (-22, 110), (24, 112), (0, 90)):
        leaf(sheet, 456, 854, length, turn, "#86a06a", wide=0.2)


def can_scene(sheet: Sheet, color: str) -> None:
    """Filled, beside a row of seedlings on the potting bench."""
    valley(sheet, -140, -60, 940, 820)
    wood = tones(OAK)
    sheet.flat(box(-10, 720, 820, 300), wood.mid)
    sheet.flat(box(-10, 720, 820, 9), wood.light)
    sheet.flat(box(-10, 792, 820, 14), wood.deep, opacity=0.7)
    sheet.flat(box(-10, 806, 820, 200), wood.dark)
    for x in (150, 400, 650):
        sheet.line(f"M{x} 806V1010", wood.deep, 4)
    for x in (30, 770):
        sheet.line(f"M{x} -10V724", tones("#f4efe4").mid, 34)
        sheet.line(f"M{x + 12} -10V724", tones("#f4efe4").dark, 8)
    sheet.line("M0 16H800M0 330H800", tones("#f4efe4").mid, 26)
    sheet.line("M0 26H800M0 340H800", tones("#f4efe4").dark, 6)
    for x, tint, tall in ((520, TERRACOTTA, 90), (624, STONE, 120), (722, TERRACOTTA, 76)):
        sheet.shadow(x, 764, 48, depth=0.14)
        hollow = pot(sheet, tint, x, 682, 766, 46, saucer=False)
        sheet.flat(oval(x, 687, 41, 5), SOIL, within=hollow)
        sheet.line(curve([(x, 686), (x - 2, 686 - tall * 0.5), (x + 2, 686 - tall)]), "#6f8a52", 5)
        for turn, length in ((-58, 54), (54, 56), (-16, 38), (20, 36)):
            leaf(sheet, x + 1, 690 - tall, length, turn, "#6f8f52", wide=0.4)
    place(sheet, can, color, 250, 776, 0.9)
