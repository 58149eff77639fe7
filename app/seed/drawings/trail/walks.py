"""The book of river walks."""

from app.seed.drawings import paper
from app.seed.drawings.shades import INK, shifted
from app.seed.drawings.sheet import Sheet, box, curve, oval


def _hills(
    sheet: Sheet, within: str, x: float, y: float, width: float, height: float, palette: tuple[str, str, str, str]
) -> None:
    """A valley with a meandering river: the picture on the book."""
    sky, far, near, water = palette
    with sheet.inside(within), sheet.group(f"translate({x} {y}) scale({width / 100} {height / 100})"):
        sheet.flat(box(-5, -5, 110, 110), sky)
        sheet.flat(oval(70, 24, 9, 9 * width / height), "#f4d9a0")
        sheet.flat("M-5 52L18 30L34 46L56 22L82 48L105 34V105H-5Z", far)
        sheet.flat("M-5 62Q24 46 52 60T105 56V105H-5Z", near)
        sheet.flat(
            "M56 62C40 66 78 70 62 76C40 82 20 80 34 90C40 96 46 100 44 108"
            "H74C78 100 66 96 58 91C46 84 84 82 82 75C80 69 52 67 60 62Z",
            water,
        )


def book(sheet: Sheet, color: str) -> None:
    """The guide standing, three quarters to us."""
    sheet.shadow(420, 834, 210, depth=0.09, reach=0.6)
    paper.volume(sheet, color)
    frame = box(290, 400, 262, 330, 131)
    _hills(
        sheet, frame, 290, 400, 262, 330, (shifted(color, 0.24), shifted(color, 0.1), shifted(color, -0.1), "#e9e2d0")
    )
    sheet.line(frame, "#e9d9ae", 4)
    for y, half, width in ((300, 104, 11), (334, 70, 11), (776, 48, 5)):
        sheet.line(f"M{421 - half} {y}H{421 + half}", "#e9d9ae", width)


def book_detail(sheet: Sheet, color: str) -> None:
    """Open at a walk: the map on the left, the text on the right."""
    with sheet.group("rotate(-4 400 500)"):
        paper.spread(sheet, color)
        plate = box(92, 254, 270, 330, 4)
        sheet.flat(plate, "#d8dcc2")
        with sheet.inside(plate):
            for radius in (30, 58, 90, 124, 160, 200):
                sheet.line(oval(180 + radius * 0.2, 350, radius * 1.15, radius), "#aeb692", 2.4)
            sheet.line(curve([(80, 520), (150, 500), (190, 540), (250, 500), (300, 540), (370, 510)]), "#8fb0c2", 12)
            sheet.line(
                curve([(120, 560), (140, 470), (220, 440), (200, 360), (270, 330), (330, 290)]),
                "#bf4f2c",
                5,
                dash="12 9",
            )
            for x, y in ((120, 560), (330, 290)):
                sheet.flat(oval(x, y, 9, 9), "#bf4f2c")
        paper.words(sheet, 94, 622, 262, 5)
        sheet.line("M446 270H640", INK, 11)
        paper.words(sheet, 446, 318, 266, 16)
        paper.gutter(sheet, color)
