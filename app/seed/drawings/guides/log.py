"""A log for walks: a pocket notebook with a pencil in its loop."""

from app.seed.drawings import paper, trail
from app.seed.drawings.settings import outdoors, place
from app.seed.drawings.shades import AEGEAN, INK, LEATHER, MEADOW, OCHRE, PAPER, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View


def _pencil(sheet: Sheet, length: float) -> None:
    """Lying along y from 0 down to `length`, its tip there."""
    wood = tones(OCHRE)
    for x, tone in ((-9, wood.light), (-3, wood.mid), (3, wood.dark)):
        sheet.flat(box(x, 0, 6, length - 36), tone)
    sheet.flat(f"M-9 {length - 36}H9L0 {length}Z", "#e0bd8b")
    sheet.flat(f"M-3.5 {length - 14}H3.5L0 {length}Z", INK)
    sheet.flat(box(-9, -4, 18, 12, 3), "#3d4148")


def closed(sheet: Sheet, color: str) -> None:
    cloth, sheets, leather = tones(color), tones(PAPER), tones(LEATHER)
    with sheet.group("rotate(9 400 500)"):
        cover = box(196, 196, 400, 600, 34)
        sheet.cast(cover, 18, 20)
        sheet.flat(box(204, 204, 406, 602, 30), sheets.dark)
        for inset in (3, 7):
            sheet.line(f"M{600 + inset} 240V770", sheets.deep, 1.4)
        sheet.solid(cover, cloth, shade=9, light=9, drop=8)
        sheet.flat(box(196, 196, 64, 600), leather.mid, within=cover)
        sheet.flat(box(196, 196, 10, 600), leather.light, within=cover)
        sheet.line("M260 196V796", leather.deep, 4)
        sheet.line("M250 206V786", leather.light, 2, dash="9 7")
        foil = tones(paper.FOIL)
        ridge = curve([(310, 520), (360, 452), (392, 488), (446, 400), (494, 464), (518, 436), (560, 520)])
        sheet.line(ridge, foil.dark, 6)
        sheet.line(curve([(310, 556), (372, 540), (434, 560), (496, 542), (560, 556)]), foil.dark, 5)
        sheet.line(curve([(340, 586), (402, 574), (464, 590), (526, 576)]), foil.dark, 5)
        sheet.flat(oval(386, 400, 20, 20), foil.mid)
        sheet.line("M372 690H490", foil.dark, 8)
        sheet.flat(box(602, 430, 34, 120, 8), SHADE, opacity=0.2)
        sheet.solid(box(588, 420, 36, 118, 8), leather, shade=7, light=5)
        with sheet.group("translate(612 250)"):
            sheet.flat(box(-2, 8, 18, 440), SHADE, opacity=0.2)
            _pencil(sheet, 470)
        sheet.solid(box(594, 436, 36, 86, 8), leather, shade=8, light=6)


def spread(sheet: Sheet, color: str) -> None:
    """A day written down: ridge, numbers, a pressed leaf."""
    with sheet.group("rotate(-5 400 500)"):
        paper.spread(sheet, color)
        for row in range(5):
            sheet.line(f"M94 {268 + row * 36}H180", shifted(INK, 0.2), 5, opacity=0.7)
            sheet.line(f"M196 {272 + row * 36}H360", "#b9ad97", 1.5)
            y = 266 + row * 36
            sheet.line(curve([(204, y), (226, y - 8), (250, y), (280 + row * 13 % 40, y - 6)]), "#33507a", 4)
        box_ = box(94, 470, 268, 150, 6)
        sheet.line(box_, "#b9ad97", 2)
        profile = curve([(94, 600), (140, 560), (176, 572), (224, 500), (262, 540), (310, 520), (362, 596)])
        sheet.flat(f"{profile}V620H94Z", shifted(color, 0.2, chroma=0.6), within=box_)
        sheet.line(profile, color, 5)
        for x in (110, 150, 190, 230, 270):
            tint = color if x < 250 else "#cfc5b0"
            sheet.flat(oval(x, 680, 11, 11), tint)
        sheet.line("M446 268H600", INK, 10)
        for row in range(7):
            y = 318 + row * 34
            wave = [(446 + step * 36, y + (5 if (step + row) % 2 else -4)) for step in range(7 - row % 3)]
            sheet.line(curve(wave), "#33507a", 4, opacity=0.9)
        with sheet.group("translate(640 700) rotate(24)"):
            green = tones("#8a9a5e")
            sheet.flat("M0 30C-46 -6 -44 -70 0 -120Z", green.light)
            sheet.flat("M0 30C46 -6 44 -70 0 -120Z", green.mid)
            sheet.line("M0 52V-100M0 -10L-22 -34M0 -10L22 -34M0 -46L-20 -68M0 -46L20 -68", green.dark, 3.5)
        sheet.flat(box(600, 660, 92, 24), "#f3ead2", opacity=0.75)
        paper.gutter(sheet, color)


def scene(sheet: Sheet, color: str) -> None:
    """The halt at the top: log, mug and the way still to go."""
    outdoors(sheet, ground=640, grass="#93a37c")
    stone = tones("#b1aa9e")
    sheet.flat("M-20 760C120 716 300 726 420 712S700 690 820 726V1010H-20Z", stone.mid)
    sheet.flat(
        "M-20 760C120 716 300 726 420 712S700 690 820 726V770C640 740 500 756 400 764S120 770 -20 812Z", stone.light
    )
    sheet.flat("M-20 960C200 900 420 950 620 906S780 880 820 890V1010H-20Z", stone.dark)
    place(sheet, trail.enamel_mug, AEGEAN, 640, 812, 0.56)
    for x, y in ((610, 640), (648, 636)):
        sheet.line(curve([(x, y), (x - 14, y - 34), (x + 10, y - 64), (x - 6, y - 100)]), "#ffffff", 7, opacity=0.6)
    with sheet.group("matrix(.74 .06 -.26 .44 166 492)"):
        closed(sheet, color)
    leather = tones(LEATHER)
    sheet.line(curve([(60, 860), (130, 900), (90, 950), (180, 990)]), leather.dark, 10)
    sheet.line(curve([(58, 857), (127, 897), (88, 947), (178, 987)]), leather.mid, 5)


DRAWINGS = {"walkers_log": Drawing(View(closed, SURFACE, MEADOW), View(spread, SURFACE, MEADOW), View(scene, OWN))}
