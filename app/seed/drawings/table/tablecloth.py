"""A long cloth of linen."""

from app.seed.drawings.cloth import weave
from app.seed.drawings.settings import painted_wall, place
from app.seed.drawings.shades import CHALK, OAK, shifted, tones
from app.seed.drawings.sheet import Sheet, box
from app.seed.drawings.table.crockery import pear, pitcher


def _laid(sheet: Sheet, color: str, left: float, right: float, top: float, foot: float) -> None:
    """Over a table that we see a little from above: its top, and the drop in folds before it."""
    linen = tones(color)
    depth = 92.0
    brow = top + depth
    drop = foot - brow
    face = f"M{left + 64} {top}H{right - 64}L{right} {brow}H{left}Z"
    folds = 5
    width = (right - left) / folds
    edge = "".join(
        f"Q{right - (fold + 0.5) * width} {foot + (26 if fold % 2 else -6)} {right - (fold + 1) * width} {foot}"
        for fold in range(folds)
    )
    front = f"M{left} {brow}H{right}L{right + 6} {foot}{edge}L{left} {brow}Z"
    sheet.solid(front, linen, shade=34, light=18)
    for fold in range(folds):
        x = left + (fold + 0.62) * width
        near = f"M{x} {brow}C{x + 6} {brow + drop * 0.4} {x + 20} {foot - 40} {x + 34} {foot + 30}"
        sheet.flat(
            f"{near}L{x - 30} {foot + 30}C{x - 18} {foot - 60} {x - 6} {brow + 60} {x} {brow}Z",
            linen.dark,
            opacity=0.75,
            within=front,
        )
    weave(sheet, front, (left - 10, top + depth, right - left + 20, drop + 30), linen.deep, 8)
    sheet.flat(face, linen.light)
    weave(sheet, face, (left, top, right - left, depth), linen.dark, 8)
    for share in (0.34, 0.66):
        sheet.line(
            f"M{left + 64 + (right - left - 128) * share} {top}L{left + (right - left) * share} {brow}",
            linen.mid,
            5,
        )
    sheet.line(f"M{left} {brow}H{right}", shifted(color, 0.07), 4)
    hem = f"M{left} {foot - 26}H{right + 10}"
    sheet.line(hem, linen.deep, 2.4, dash="9 7", within=front, opacity=0.8)


def tablecloth(sheet: Sheet, color: str) -> None:
    wood = tones(OAK)
    sheet.shadow(410, 900, 330, depth=0.07, reach=0.2)
    for x in (112, 664):
        sheet.solid(box(x, 700, 32, 200), wood, shade=10, light=6)
    _laid(sheet, color, 76, 732, 430, 800)


def tablecloth_detail(sheet: Sheet, color: str) -> None:
    """Folded, from above, its hem stitched by hand."""
    linen = tones(color)
    with sheet.group("rotate(6 400 500)"):
        for step in range(3):
            at = 2 - step
            d = box(132 + at * 8, 214 + at * 12, 520, 560, 26)
            sheet.cast(d, 12, 15, opacity=0.15)
            sheet.solid(d, linen, shade=12, light=10, drop=8)
        top = box(132, 214, 520, 560, 26)
        weave(sheet, top, (132, 214, 520, 560), linen.dark, 9)
        lap = "M132 240Q132 214 158 214H652V520Q400 540 132 500Z"
        sheet.cast(lap, 4, 12, opacity=0.16)
        sheet.flat(lap, linen.light)
        weave(sheet, lap, (132, 214, 520, 320), linen.dark, 9)
        sheet.line("M140 476Q400 514 646 496", linen.deep, 3, dash="13 9")
        sheet.line("M392 222V520", linen.dark, 3, opacity=0.6)


def tablecloth_scene(sheet: Sheet, color: str) -> None:
    """A long table before a painted wall, laid for the afternoon."""
    painted_wall(sheet, "#c9b8a4", "#a98a66", horizon=700)
    sheet.shadow(420, 940, 420, depth=0.05, reach=0.1)
    _laid(sheet, color, -60, 760, 520, 920)
    place(sheet, pitcher, CHALK, 300, 596, 0.56)
    for x, y in ((470, 560), (540, 574), (506, 540)):
        pear(sheet, x, y, 0.36)
