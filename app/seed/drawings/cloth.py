"""Cloth: how linen and terry look close by, how they fold, hang and roll."""

from app.seed.drawings.shades import Tones, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval

type Area = tuple[float, float, float, float]


def weave(sheet: Sheet, within: str, area: Area, color: str, step: float = 9) -> None:
    """The threads of linen: across and, fainter, along."""
    left, top, width, height = area
    across = "".join(f"M{left} {top + at * step:.0f}h{width}" for at in range(int(height / step) + 1))
    along = "".join(f"M{left + at * step:.0f} {top}v{height}" for at in range(int(width / step) + 1))
    sheet.line(across, color, 1.3, opacity=0.32, within=within)
    sheet.line(along, color, 1.1, opacity=0.2, within=within)


def loops(sheet: Sheet, within: str, area: Area, cloth: Tones, step: float = 15) -> None:
    """The loops of terry: rows of short light and dark strokes."""
    left, top, width, height = area
    for row in range(int(height / step) + 1):
        y = top + row * step
        shift = (row % 2) * step * 0.8
        sheet.line(f"M{left + shift} {y}h{width}", cloth.light, 2.6, dash=f"3 {step * 1.5:.0f}", within=within)
        sheet.line(
            f"M{left + shift + step} {y + step * 0.4:.1f}h{width}",
            cloth.dark,
            2.4,
            dash=f"3 {step * 1.5:.0f}",
            within=within,
            opacity=0.7,
        )


def folded(sheet: Sheet, x: float, y: float, width: float, height: float, color: str) -> None:
    """A towel folded in three, its round back to the left, its layers to the right; y is its upper edge."""
    cloth = tones(color)
    layer = height / 2
    for step in (1, 0):
        d = (
            f"M{x + layer * 0.6} {y + step * layer}H{x + width - 10}q10 {layer * 0.06} 10 {layer * 0.5}"
            f"q0 {layer * 0.46} -10 {layer * 0.5}H{x + layer * 0.6}A{layer * 0.6} {layer / 2} 0 0 1 "
            f"{x + layer * 0.6} {y + step * layer}Z"
        )
        sheet.solid(d, cloth, shade=width * 0.05, light=width * 0.03, drop=5)
        loops(sheet, d, (x + 6, y + step * layer + 10, width - 20, layer - 16), cloth, 13)
        border = box(x + width * 0.72, y + step * layer, width * 0.11, layer)
        sheet.flat(border, cloth.dark, within=d)
        for share in (0.735, 0.815):
            sheet.flat(box(x + width * share, y + step * layer, 4, layer), cloth.light, within=d)
    sheet.line(f"M{x + layer * 0.5} {y + layer}H{x + width - 6}", cloth.deep, 4, opacity=0.7)


def rolled(sheet: Sheet, x: float, y: float, radius: float, color: str) -> None:
    """The end of something rolled up, at x, y."""
    cloth = tones(color)
    sheet.solid(oval(x, y, radius, radius), cloth, shade=radius * 0.14, light=radius * 0.14)
    turns = 3
    points = []
    for step in range(turns * 8 + 1):
        share = step / (turns * 8)
        reach = radius * (0.86 - 0.74 * share)
        points.append((x + reach * _COS[step % 8], y + reach * _SIN[step % 8]))
    sheet.line(curve(points), cloth.deep, radius * 0.055, opacity=0.75)
    sheet.line(curve([(px - radius * 0.05, py - radius * 0.05) for px, py in points]), cloth.light, radius * 0.04)


_DIAGONAL = 0.7071
_COS = (1, _DIAGONAL, 0, -_DIAGONAL, -1, -_DIAGONAL, 0, _DIAGONAL)
_SIN = (0, _DIAGONAL, 1, _DIAGONAL, 0, -_DIAGONAL, -1, -_DIAGONAL)


def hanging(
    sheet: Sheet, left: float, top: float, right: float, foot: float, color: str, *, border: bool = True
) -> str:
    """A towel over a rail at `top`: its front, in two soft folds. Returns its silhouette."""
    cloth = tones(color)
    width = right - left
    d = (
        f"M{left} {top}C{left} {top - 22} {right} {top - 22} {right} {top}L{right + 6} {foot}"
        f"C{right - width * 0.25} {foot + 14} {left + width * 0.25} {foot - 10} {left - 6} {foot}Z"
    )
    sheet.cast(d, 22, 12, opacity=0.13)
    sheet.solid(d, cloth, shade=width * 0.12, light=width * 0.05)
    if border:
        for y, height in ((foot - 92, 26), (foot - 56, 7)):
            sheet.flat(
                f"M{left - 20} {y}q{width / 2} 8 {width + 40} 0v{height}q{-width / 2} 8 {-width - 40} 0Z",
                cloth.light,
                within=d,
            )
    for share in (0.34, 0.68):
        fold = left + width * share
        sheet.line(
            curve(
                [(fold, top + 10), (fold + 8, top + (foot - top) * 0.4), (fold - 4, foot - 80), (fold + 4, foot + 8)]
            ),
            cloth.dark,
            7,
            opacity=0.55,
            within=d,
        )
    return d


def hung(sheet: Sheet, x: float, y: float, width: float, foot: float, color: str) -> str:
    """A towel hung by its loop from a peg at x, y: gathered above, wide below. Returns its silhouette."""
    cloth = tones(color)
    half = width / 2
    d = (
        f"M{x - 14} {y + 8}C{x - 30} {y + 90} {x - half} {y + 120} {x - half} {y + 240}L{x - half - 8} {foot - 18}"
        f"Q{x - half * 0.5} {foot + 12} {x} {foot - 6}T{x + half + 10} {foot - 26}L{x + half} {y + 240}"
        f"C{x + half} {y + 120} {x + 30} {y + 90} {x + 14} {y + 8}Z"
    )
    sheet.cast(d, 18, 12, opacity=0.14)
    sheet.solid(d, cloth, shade=width * 0.14, light=width * 0.06)
    for band, height in ((foot - 100, 26), (foot - 62, 7)):
        sheet.flat(box(x - width, band, 2 * width, height), cloth.light, within=d)
    for share, tone in ((-0.52, cloth.dark), (-0.12, cloth.dark), (0.3, cloth.deep)):
        fold = [(x + share * 14, y + 24), (x + share * half * 0.7, y + 150), (x + share * half * 1.3, foot + 6)]
        sheet.line(curve(fold), tone, 7, opacity=0.5, within=d)
    sheet.line(f"M{x - 8} {y + 14}Q{x} {y - 16} {x + 8} {y + 14}", cloth.dark, 6)
    return d
