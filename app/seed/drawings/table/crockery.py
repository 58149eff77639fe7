"""Stoneware for the table: plates and a pitcher."""

from app.seed.drawings.settings import painted_wall, place, sprig
from app.seed.drawings.shades import OAK, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, curve, oval, polygon
from app.seed.drawings.stoneware import CLAY, plate_face, plates_stacked, speckle
from app.seed.drawings.table.laying import fork, knife, napkin_under, spoon
from app.seed.drawings.wood import table_top


def plate(sheet: Sheet, color: str) -> None:
    """One standing against the wall, four stacked before it."""
    sheet.shadow(330, 806, 130, depth=0.1, reach=0.5)
    plate_face(sheet, 340, 560, 246, color, lying=False)
    plates_stacked(sheet, 500, 868, 196, color, 4)


def plate_detail(sheet: Sheet, color: str) -> None:
    """Its bare rim, close."""
    plate_face(sheet, 40, 640, 560, color)


def plate_scene(sheet: Sheet, color: str) -> None:
    """A place laid: two plates on a napkin, fork and knife beside them, a pear."""
    table_top(sheet, OAK)
    napkin_under(sheet, 80, 240, "#efe6d4")
    plate_face(sheet, 402, 520, 262, color)
    plate_face(sheet, 406, 524, 182, shifted(color, 0.03))
    fork(sheet, 112, 560, 0.62, STEEL)
    knife(sheet, 706, 560, 0.62, STEEL)
    spoon(sheet, 752, 560, 0.62, STEEL)
    pear(sheet, 402, 530, 1.0)


def pear(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Lying on its side, its stalk to the upper right."""
    fruit = tones("#bfae4e")
    with sheet.group(f"translate({x} {y}) scale({size}) rotate(38)"):
        d = "M0 -104C34 -104 34 -58 48 -22C70 24 58 88 0 90C-58 88 -70 24 -48 -22C-34 -58 -34 -104 0 -104Z"
        sheet.cast(d, 16, 6, opacity=0.2)
        sheet.solid(d, fruit, shade=20, light=12)
        sheet.flat(oval(-22, 40, 20, 26), "#c98a4a", opacity=0.35)
        sheet.line("M0 -100C2 -118 8 -128 18 -138", "#6b4d2f", 7)


def pitcher(sheet: Sheet, color: str) -> None:
    glaze, clay = tones(color), tones(CLAY)
    cx, top, base = 370.0, 440.0, 832.0
    sheet.shadow(cx, base - 4, 130)
    ear = [(440, 520), (540, 486), (590, 560), (566, 670), (466, 726)]
    sheet.line(curve([(x + 3, y + 4) for x, y in ear]), glaze.dark, 36)
    sheet.line(curve([(x, y) for x, y in ear]), glaze.mid, 25)
    sheet.line(curve([(x - 4, y - 6) for x, y in ear[:3]]), glaze.light, 7)
    sheet.turned(cx, [[(790, 116), (base, 96)]], clay, tilt=0.13)
    body = sheet.turned(cx, [[(top, 92), (500, 84), (570, 98), (660, 138), (740, 146), (796, 122)]], glaze, tilt=0.13)
    speckle(sheet, body, (220, 450, 300, 360), glaze.deep, 110)
    lip = f"M290 {top + 8}C262 {top - 4} 240 {top - 22} 226 {top - 30}C232 {top + 14} 262 {top + 52} 296 {top + 74}Z"
    sheet.flat(lip, glaze.light)
    sheet.flat(
        f"M290 {top + 20}C270 {top + 16} 250 {top + 4} 236 {top - 8}C246 {top + 24} 270 {top + 54} 296 {top + 74}Z",
        glaze.mid,
    )
    sheet.flat(polygon((226, top - 30), (250, top + 30), (330, top + 40), (330, top)), glaze.mid)
    mouth = f"M226 {top - 30}C250 {top - 20} 300 {top - 16} {cx} {top - 12}A92 12 0 0 1 {cx} {top + 12}"
    sheet.flat(f"{mouth}C320 {top + 12} 268 {top - 4} 226 {top - 30}Z", glaze.light)
    hollow = f"M250 {top - 18}C276 {top - 12} 320 {top - 8} {cx} {top - 7}A82 8 0 0 1 {cx} {top + 8}"
    sheet.flat(f"{hollow}C320 {top + 8} 286 {top - 2} 250 {top - 18}Z", glaze.deep)


def pitcher_detail(sheet: Sheet, color: str) -> None:
    """Shoulder and ear of it, close."""
    with sheet.group("translate(-560 -700) scale(1.9)"):
        pitcher(sheet, color)


def tulip(sheet: Sheet, x: float, y: float, top_x: float, top_y: float, color: str) -> None:
    """From its vase at x, y to its head."""
    bloom, stem = tones(color), tones("#6f8f5c")
    lean = (top_x - x) * 0.2
    sheet.line(curve([(x, y), (x + lean * 0.6, (y + top_y) / 2), (top_x, top_y)]), stem.mid, 8)
    with sheet.group(f"translate({top_x} {top_y}) rotate({(top_x - x) * 0.16:.1f})"):
        sheet.flat(
            "M0 14C-38 14 -44 -34 -30 -72C-18 -60 -8 -52 0 -40C8 -52 18 -60 30 -72C44 -34 38 14 0 14Z", bloom.dark
        )
        sheet.flat("M0 14C-40 12 -44 -34 -30 -72C-10 -54 0 -30 0 14Z", bloom.light)
        sheet.flat("M0 14C-22 -6 -20 -52 0 -80C20 -52 22 -6 0 14Z", bloom.mid)


def tulips(sheet: Sheet, color: str) -> None:
    """Five of them in the pitcher."""
    for foot, top_x, top_y, bloom in (
        (366, 190, 260, "#c9564a"), (382, 330, 130, "#d9785e"), (392, 470, 168, "#c9564a"),
        (402, 596, 274, "#e0a08a"), (376, 266, 366, "#e0a08a"),
    ):  # fmt: skip
        tulip(sheet, foot, 590, top_x, top_y, bloom)
    leaf = tones("#7f9c68")
    sheet.flat("M366 606C300 520 246 420 256 366C300 420 356 500 386 606Z", leaf.light)
    sheet.flat("M396 606C436 500 520 416 548 386C546 474 470 552 416 616Z", leaf.dark)
    with sheet.group("translate(20 0)"):
        pitcher(sheet, color)


def pitcher_scene(sheet: Sheet, color: str) -> None:
    """With tulips in it, on a table before a painted wall."""
    painted_wall(sheet, "#d9c7b4", "#efe6d6")
    place(sheet, tulips, color, 390, 872, 0.9)
    pear(sheet, 640, 872, 0.8)
    sprig(sheet, 120, 930, 110, 70)
