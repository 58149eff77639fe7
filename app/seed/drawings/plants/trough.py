"""A trough for herbs, with its saucer and a label for each."""

from app.seed.drawings.plants.pots import SOIL, lying_snips
from app.seed.drawings.settings import cup, sprig, window
from app.seed.drawings.shades import BRASS, CHARCOAL, INK, OCHRE, SHADE, WALNUT, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon
from app.seed.drawings.wood import table_top


def _basil(sheet: Sheet, x: float, y: float) -> None:
    green = tones("#6f9a4c")
    places = ((-54, -60, 30), (50, -66, 30), (-30, -120, 32), (34, -128, 30), (0, -84, 34), (-4, -172, 28))
    for step, (dx, dy, size) in enumerate((*places, (-64, -24, 24), (62, -26, 24))):
        with sheet.group(f"translate({x + dx} {y + dy}) rotate({dx * 0.7:.0f})"):
            sheet.flat(f"M0 {size}C{-size} {size * 0.4} {-size * 0.9} {-size * 0.8} 0 {-size}Z", green.light)
            sheet.flat(f"M0 {size}C{size} {size * 0.4} {size * 0.9} {-size * 0.8} 0 {-size}Z",
                       green.mid if step % 2 else green.dark)  # fmt: skip


def _rosemary(sheet: Sheet, x: float, y: float) -> None:
    green = tones("#5f7f72")
    for turn, length in ((-26, 170), (-10, 230), (8, 250), (24, 190), (0, 180)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            sheet.line(f"M0 0V{-length}", "#7d6a4c", 5)
            for step in range(int(length / 17)):
                at = -18 - step * 16
                sheet.line(f"M0 {at}L-17 {at - 15}", green.light, 5)
                sheet.line(f"M0 {at}L17 {at - 15}", green.mid, 5)


def _chives(sheet: Sheet, x: float, y: float) -> None:
    green = tones("#86a55a")
    for step, (turn, length) in enumerate(
        ((-22, 190), (-14, 230), (-7, 200), (0, 250), (6, 214), (13, 240), (21, 190), (-30, 150), (29, 150))
    ):
        with sheet.group(f"translate({x + (step - 4) * 7} {y}) rotate({turn})"):
            sheet.line(f"M0 0Q4 {-length * 0.6:.0f} 0 {-length}", green.dark if step % 2 else green.light, 6)
            if step in (3, 5):
                sheet.solid(oval(0, -length, 19, 16), tones("#a583b5"), shade=6, light=4)


def _label(sheet: Sheet, x: float, y: float, turn: float) -> None:
    with sheet.group(f"translate({x} {y}) rotate({turn})"):
        sheet.line("M0 0V-66", tones(BRASS).dark, 5)
        sheet.solid(box(-40, -104, 80, 42, 5), tones(CHARCOAL), shade=5, light=4)
        sheet.line("M-24 -83H20", "#f4eee0", 5)


def trough(sheet: Sheet, color: str) -> None:
    metal = tones(color)
    sheet.shadow(400, 836, 320, depth=0.07, reach=0.3)
    for draw, x in ((_basil, 216), (_rosemary, 400), (_chives, 586)):
        draw(sheet, x, 640)
    sheet.flat(polygon((84, 640), (124, 612), (676, 612), (716, 640)), metal.deep)
    sheet.flat(polygon((104, 640), (136, 620), (664, 620), (696, 640)), SOIL)
    for draw, x in ((_basil, 200), (_chives, 600)):
        with sheet.group(f"translate({x} 640) scale(.62) translate({-x} -640)"):
            draw(sheet, x, 640)
    body = "M84 640H716L690 806H110Z"
    sheet.solid(body, metal, shade=30, light=16)
    for x in (250, 400, 550):
        sheet.line(f"M{x + (400 - x) * -0.04} 664L{x + (400 - x) * 0.04} 800", metal.dark, 4, opacity=0.6, within=body)
    sheet.solid(box(74, 626, 652, 30, 12), metal, shade=12, light=10)
    sheet.flat(box(80, 648, 640, 10, 5), metal.dark)
    for x in (96, 704):
        sheet.line(f"M{x} 664q{-26 if x < 400 else 26} 30 0 60", tones(BRASS).dark, 12)
        sheet.line(f"M{x - 2} 664q{-26 if x < 400 else 26} 30 0 60", tones(BRASS).light, 4)
    sheet.solid(box(92, 804, 616, 28, 10), tones(shifted(color, -0.02)), shade=14, light=12)
    for x, turn in ((300, -6), (498, 4)):
        _label(sheet, x, 640, turn)


def from_above(sheet: Sheet, color: str) -> None:
    """What comes with it: three packets of seed, labels, a scoop."""
    metal = tones(color)
    with sheet.group("rotate(-6 400 300)"):
        rim = box(70, 110, 660, 250, 30)
        sheet.cast(rim, 16, 20)
        sheet.solid(rim, metal, shade=10, light=10)
        bed = box(92, 132, 616, 206, 18)
        sheet.flat(bed, SOIL)
        sheet.flat(box(92, 132, 616, 30), shifted(SOIL, -0.06), within=bed)
        for step in range(40):
            x, y = 104 + (step * 149) % 590, 150 + (step * 67) % 176
            sheet.flat(oval(x, y, 5, 4), shifted(SOIL, 0.08 if step % 2 else -0.05))
        for x in (190, 400, 610):
            for turn in (-60, 60, 180):
                with sheet.group(f"translate({x} 236) rotate({turn})"):
                    sheet.flat("M0 0C-14 -8 -14 -30 0 -38C14 -30 14 -8 0 0Z", "#86a55a")
    packets = ((170, 660, -9, "#6f9a4c"), (390, 690, 4, "#5f7f72"), (600, 650, 12, "#a583b5"))
    for x, y, turn, tint in packets:
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            packet = box(-92, -140, 184, 270, 6)
            sheet.cast(packet, 10, 13)
            sheet.flat(packet, "#f1e6cc")
            sheet.flat(box(-92, -140, 184, 40, 6), tones(tint).mid)
            sheet.line("M-60 -70H60", INK, 9)
            sheet.line("M-36 -46H36", INK, 5, opacity=0.7)
            for lean, length in ((-40, 84), (40, 84), (-14, 116), (16, 112)):
                with sheet.group(f"translate(0 96) rotate({lean})"):
                    sheet.flat(f"M0 0C-26 {-length * 0.3} -24 {-length * 0.7} 0 {-length}Z", tones(tint).light)
                    sheet.flat(f"M0 0C26 {-length * 0.3} 24 {-length * 0.7} 0 {-length}Z", tones(tint).dark)
    for step in range(3):
        with sheet.group(f"translate({120 + step * 70} {880 + step * 12}) rotate({80 + step * 7})"):
            sheet.flat(box(-8, -60, 40, 130, 6), SHADE, opacity=0.15)
            sheet.solid(box(-14, -68, 40, 130, 6), tones("#dcb987"), shade=6, light=5)
    sprig(sheet, 560, 950, 130, 70)


def scene(sheet: Sheet, color: str) -> None:
    """On the sill over the sink, within reach of the pan."""
    sheet.room(horizon=1000)
    window(sheet, 70, 50, 660, 640)
    sheet.flat(box(-10, 740, 820, 74), "#fbf7ee")
    sheet.flat(box(-10, 802, 820, 12), "#ddd5c5")
    sheet.flat(box(-10, 814, 820, 30), SHADE, opacity=0.1)
    with sheet.group("translate(390 790) scale(.84) translate(-400 -836)"):
        trough(sheet, color)
    for x in (90, 710):
        sheet.flat(f"M{x - 90} -10H{x + 90}V560Q{x} 590 {x - 90} 560Z", "#f1e6cc", opacity=0.9)
        for fold in (-46, 0, 46):
            sheet.line(f"M{x + fold} -10V566", "#d9cba9", 5)


def harvest(sheet: Sheet, color: str) -> None:
    """Snips beside what they cut, on the kitchen table."""
    table_top(sheet, "#c9a06c")
    board = box(70, 250, 470, 620, 40)
    sheet.cast(board, 14, 18)
    sheet.solid(board, tones(WALNUT), shade=12, light=10)
    sheet.flat(oval(470, 320, 24, 24), tones(WALNUT).deep)
    for x, y, length, turn in ((160, 720, 300, 8), (230, 760, 330, -6), (300, 730, 280, 12), (360, 770, 300, 2)):
        with sheet.group("translate(8 10)", opacity=0.2):
            sprig(sheet, x, y, length * 0.8, turn, SHADE)
        sprig(sheet, x, y, length * 0.8, turn, "#6f9a4c" if x % 20 else "#7c9c78")
    sheet.line(curve([(120, 700), (240, 722), (390, 716)]), tones("#d8c9ad").dark, 9)
    with sheet.group("translate(640 560) rotate(24) scale(.86)"):
        with sheet.group("translate(14 18)", opacity=0.15):
            for side in (-1, 1):
                with sheet.group(f"scale({side} 1)"):
                    sheet.line("M-10 -240L6 0C60 120 120 260 76 400", SHADE, 44)
        lying_snips(sheet, color)
    cup(sheet, 180, 120, 80, OCHRE)
