"""Playing cards whose four suits are leaf, stone, sun and drop."""

from app.seed.drawings.settings import cup
from app.seed.drawings.shades import OCHRE, SHADE, TERRACOTTA, WALNUT, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

WIDE, HIGH = 180.0, 260.0
_CARD = box(-WIDE / 2, -HIGH / 2, WIDE, HIGH, 16)
_PIPS = {
    "drop": "M0 -30C22 -6 24 8 24 12A24 24 0 0 1 -24 12C-24 8 -22 -6 0 -30Z",
    "leaf": "M0 -34C30 -12 28 20 0 34C-28 20 -30 -12 0 -34Z",
    "stone": "M-18 22C-34 20 -34 -2 -22 -16C-10 -28 16 -28 26 -14C36 2 34 20 16 22Z",
}


def _pip(sheet: Sheet, suit: str, x: float, y: float, size: float, color: str) -> None:
    with sheet.group(f"translate({x} {y}) scale({size})"):
        if suit == "sun":
            sheet.flat(oval(0, 0, 19, 19), color)
            for turn in range(0, 360, 45):
                with sheet.group(f"rotate({turn})"):
                    sheet.line("M0 -26V-34", color, 6)
        else:
            sheet.flat(_PIPS[suit], color)
            if suit == "leaf":
                sheet.line("M0 -22V32", "#f9f4e8", 4)


def _face(sheet: Sheet, suit: str, count: int, color: str) -> None:
    sheet.cast(_CARD, 5, 7, opacity=0.2)
    sheet.flat(_CARD, "#f9f4e8")
    sheet.line(_CARD, SHADE, 1.2, opacity=0.25)
    spots = {
        1: ((0, 0),),
        3: ((0, -70), (0, 0), (0, 70)),
        5: ((-36, -66), (36, -66), (0, 0), (-36, 66), (36, 66)),
        7: ((-36, -72), (36, -72), (0, -36), (-36, 0), (36, 0), (-36, 72), (36, 72)),
    }[count]
    for x, y in spots:
        _pip(sheet, suit, x, y, 1.9 if count == 1 else 0.68, color)
    for turn in (0, 180):
        with sheet.group(f"rotate({turn})"):
            _pip(sheet, suit, -66, -102, 0.36, color)
            sheet.line("M-76 -80H-56", color, 5)


def _back(sheet: Sheet, color: str) -> None:
    """A river winding nine times over the card, the same from both ends."""
    ink = tones(color)
    sheet.cast(_CARD, 5, 7, opacity=0.2)
    sheet.flat(_CARD, "#f9f4e8")
    field = box(-WIDE / 2 + 11, -HIGH / 2 + 11, WIDE - 22, HIGH - 22, 9)
    sheet.flat(field, ink.mid)
    for row in range(-7, 8):
        y = row * 18
        wave = curve([(-90 + step * 20, y + (7 if (step + row) % 2 else -7)) for step in range(10)])
        sheet.line(wave, ink.light if row % 2 else "#e9dcae", 3, within=field)
    sheet.flat(oval(0, 0, 38, 38), ink.dark)
    sheet.line(oval(0, 0, 38, 38), "#e9dcae", 3)
    sheet.line(curve([(-22, 6), (-8, -8), (8, 8), (22, -6)]), "#e9dcae", 6)


def _box(sheet: Sheet, color: str) -> None:
    """The tuck box, standing, 0 to 200 wide, foot at 0."""
    card = tones(color)
    sheet.shadow(110, 0, 120, depth=0.1, reach=0.5)
    sheet.flat("M200 -300L244 -316V-16L200 0Z", card.dark)
    sheet.flat("M0 -300L44 -316H244L200 -300Z", card.light)
    front = box(0, -300, 200, 300)
    sheet.flat(front, card.mid)
    for row in range(15):
        y = -292 + row * 20
        wave = curve([(-10 + step * 22, y + (7 if (step + row) % 2 else -7)) for step in range(11)])
        sheet.line(wave, card.light, 2.6, within=front, opacity=0.8)
    sheet.flat(oval(100, -158, 68, 84), "#f4eee0")
    sheet.line(oval(100, -158, 60, 76), card.mid, 2.5)
    for suit, x, y in (("drop", 100, -200), ("leaf", 72, -160), ("sun", 130, -160), ("stone", 100, -116)):
        _pip(sheet, suit, x, y, 0.56, card.mid)
    sheet.flat("M78 -300A22 22 0 0 0 122 -300Z", "#f4eee0")


def _fan(sheet: Sheet, color: str, x: float, y: float, size: float, cards: tuple[tuple[str, int], ...]) -> None:
    """A hand of cards held at x, y."""
    inks = {"drop": color, "leaf": "#5d6d48", "sun": "#b98426", "stone": WALNUT}
    with sheet.group(f"translate({x} {y}) scale({size})"):
        for step, (suit, count) in enumerate(cards):
            turn = (step - (len(cards) - 1) / 2) * 17
            with sheet.group(f"rotate({turn}) translate(0 -230)"):
                _face(sheet, suit, count, inks[suit])


def cards(sheet: Sheet, color: str) -> None:
    """Box and a hand fanned out against it."""
    with sheet.group("translate(116 832) scale(1.3)"):
        _box(sheet, color)
    sheet.shadow(530, 850, 140, depth=0.1, reach=0.3)
    _fan(sheet, color, 520, 872, 0.92, (("drop", 5), ("leaf", 3), ("sun", 7), ("stone", 1)))


def cards_detail(sheet: Sheet, color: str) -> None:
    """Backs and faces spread on the table."""
    places = (
        (180, 250, -22, "back"), (420, 210, 8, "sun"), (640, 330, 24, "back"), (240, 540, 14, "drop"),
        (500, 560, -8, "back"), (690, 700, -28, "leaf"), (330, 830, -14, "stone"),
    )  # fmt: skip
    inks = {"drop": color, "leaf": "#5d6d48", "sun": "#b98426", "stone": WALNUT}
    for x, y, turn, what in places:
        with sheet.group(f"translate({x} {y}) rotate({turn}) scale(1.26)"):
            if what == "back":
                _back(sheet, color)
            else:
                _face(sheet, what, 1, inks[what])


def cards_scene(sheet: Sheet, color: str) -> None:
    """A game for two on a felt cloth, from above."""
    felt = tones("#6f7f66")
    sheet.flat(box(0, 0, 800, 1000), felt.mid)
    sheet.flat("M-10 -10H300L120 1010H-10Z", "#fff8e6", opacity=0.09)
    sheet.line(box(34, 34, 732, 932, 40), felt.dark, 5, dash="2 14")
    for x, turn in ((300, -4), (304, -1)):
        with sheet.group(f"translate({x} 500) rotate({turn})"):
            _back(sheet, color)
    inks = {"drop": color, "leaf": "#5d6d48", "sun": "#b98426", "stone": WALNUT}
    for x, y, turn, suit, count in ((520, 480, 10, "leaf", 5), (540, 520, -14, "sun", 3)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            _face(sheet, suit, count, inks[suit])
    _fan(sheet, color, 420, 1010, 0.94, (("sun", 1), ("drop", 7), ("drop", 3), ("leaf", 1), ("stone", 5)))
    with sheet.group("translate(380 -30) rotate(180) scale(.94)"):
        for step in range(5):
            with sheet.group(f"rotate({(step - 2) * 17}) translate(0 -230)"):
                _back(sheet, color)
    cup(sheet, 690, 250, 66, OCHRE)
    cup(sheet, 110, 720, 66, TERRACOTTA)
    for x, y in ((96, 440), (130, 470), (92, 496), (140, 430)):
        sheet.flat(oval(x + 4, y + 5, 19, 19), SHADE, opacity=0.25)
        sheet.flat(oval(x, y, 19, 19), "#9a6a3e")
        sheet.flat(oval(x - 4, y - 4, 9, 9), shifted("#9a6a3e", 0.1))


DRAWINGS = {"cards": Drawing(View(cards, zoom=1.04), View(cards_detail, SURFACE), View(cards_scene, OWN))}
