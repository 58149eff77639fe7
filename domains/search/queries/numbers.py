"""The values of an attribute that is a number: few are shown as they are, many as ranges."""

import math
from collections.abc import Mapping, Sequence

from domains.kit.i18n import gettext as _
from domains.search.queries.counting import Counts
from domains.search.queries.filters import Range
from domains.search.queries.views import FacetValue
from domains.search.tokens import token

FEW = 10
_RANGES = 5


def number_values(
    counts: Counts, code: str, values: Sequence[str], chosen: Sequence[str], unit: str | None
) -> list[FacetValue]:
    """What can be chosen of `values`; ranges are drawn so that about as many products are in each.

    They follow from what there is before any filter, so they stay while filters change.
    """
    present = {
        value: found for value in values if (found := counts.present.get(token(code, value), 0)) and _is_number(value)
    }
    if len(present) <= FEW:
        offered = sorted(present, key=float)
    else:
        edges = _edges(present)
        offered = [str(Range(low, high)) for low, high in zip([None, *edges], [*edges, None], strict=True)]
    shown = [*offered, *(value for value in chosen if value not in offered)]
    return [
        FacetValue(
            value,
            _label(value, unit),
            None if counts.is_sample else _left(counts, code, value, present),
            value in chosen,
        )
        for value in shown
    ]


def _left(counts: Counts, code: str, value: str, present: Mapping[str, int]) -> int:
    wanted = Range.read(value)
    if wanted is None:
        return counts.left.get(token(code, value), 0)
    return sum(counts.left.get(token(code, number), 0) for number in present if wanted.holds(float(number)))


def _edges(present: Mapping[str, int]) -> list[str]:
    """Where one range ends and the next begins: round numbers near the quantiles."""
    ordered = sorted(present, key=float)
    whole, before, edges = sum(present.values()), 0, list[float]()
    for value in ordered:
        if before >= (len(edges) + 1) * whole / _RANGES:
            edge = _round(float(value))
            if edge > float(ordered[0]) and (not edges or edge > edges[-1]):
                edges.append(edge)
        before += present[value]
    return [f"{edge:.12g}" if abs(edge) < 1e12 else f"{edge:.0f}" for edge in edges]


def _round(number: float) -> float:
    """To two digits, downwards."""
    if not number:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(number))) - 1)
    return math.floor(number / unit) * unit


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _label(value: str, unit: str | None) -> str:
    end = f"\u00a0{unit}" if unit else ""
    wanted = Range.read(value)
    if wanted is None:
        return value + end
    if wanted.low is None:
        return _("Under {high}").format(high=f"{wanted.high}{end}")
    if wanted.high is None:
        return _("{low} and more").format(low=f"{wanted.low}{end}")
    return _("{low} to {high}").format(low=wanted.low, high=f"{wanted.high}{end}")
