"""Charts as shapes that a template draws: no script, no style in the page, one hue, a table of the same beside it."""

import math
from collections.abc import Sequence

import msgspec

HEIGHT = 220  # pixels; across, places are a hundredth of the width, so that the writing has its size on every screen
_TOP, _BOTTOM = 22, 26
_MOST_LABELS = 5
_RANK = 38


class Point(msgspec.Struct, frozen=True):
    """One value: its label (a day), the number that is drawn, and how it is written; `before` is what it is compared
    with."""

    label: str
    amount: float
    value: str
    before_amount: float | None = None
    before: str = ""


class Line(msgspec.Struct, frozen=True):
    """A thin line across, with what it stands for."""

    y: float
    label: str


class Mark(msgspec.Struct, frozen=True):
    """A label under the drawing."""

    x: float
    label: str
    anchor: str


class Bar(msgspec.Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    label: str
    value: str


class Spot(msgspec.Struct, frozen=True):
    x: float
    y: float


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """What `staff.chart` draws. `summary` is told to those who do not see it."""

    title: str
    axis: str
    measure: str
    summary: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    path: str = ""
    area: str = ""
    before_path: str = ""
    before_label: str = ""
    bars: tuple[Bar, ...] = ()
    last: Spot | None = None
    height: int = HEIGHT


class Rank(msgspec.Struct, frozen=True):
    """One of several things by size: where its words stand, and how long its bar is, in hundredths of the width."""

    y: int
    width: float
    label: str
    value: str


class Ranks(msgspec.Struct, frozen=True, kw_only=True):
    """What `staff.ranks` draws: the greatest of several things under each other, each with its bar."""

    title: str
    axis: str
    measure: str
    ranks: tuple[Rank, ...]
    points: tuple[Point, ...]
    height: int


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    axis: str,
    measure: str,
    scale: Sequence[tuple[float, str]],
    summary: str = "",
    before_label: str = "",
) -> Chart:
    """Values over time as a line. `scale` are the lines across with their labels (see `steps`), the greatest last."""
    top = scale[-1][0] or 1
    step = 100 / max(len(points) - 1, 1)
    spots = [Spot(round(number * step, 2), _y(point.amount, top)) for number, point in enumerate(points)]
    before = [
        Spot(spot.x, _y(point.before_amount, top))
        for spot, point in zip(spots, points, strict=True)
        if point.before_amount is not None
    ]
    path = _path(spots)
    return Chart(
        title=title,
        axis=axis,
        measure=measure,
        summary=summary,
        points=tuple(points),
        lines=_lines(scale, top),
        marks=_marks([spot.x for spot in spots], points),
        path=path,
        area=f"{path}L{spots[-1].x} {_y(0, top)}L{spots[0].x} {_y(0, top)}Z" if spots else "",
        before_path=_path(before),
        before_label=before_label if before else "",
        last=spots[-1] if spots else None,
    )


def bar_chart(
    points: Sequence[Point],
    *,
    title: str,
    axis: str,
    measure: str,
    scale: Sequence[tuple[float, str]],
    summary: str = "",
) -> Chart:
    """Values side by side as bars."""
    top = scale[-1][0] or 1
    step = 100 / max(len(points), 1)
    bars = tuple(
        Bar(
            round(number * step + step * 0.15, 2),
            _y(point.amount, top),
            round(step * 0.7, 2),
            round(_y(0, top) - _y(point.amount, top), 1),
            point.label,
            point.value,
        )
        for number, point in enumerate(points)
    )
    return Chart(
        title=title,
        axis=axis,
        measure=measure,
        summary=summary,
        points=tuple(points),
        lines=_lines(scale, top),
        marks=_marks([round(bar.x + bar.width / 2, 2) for bar in bars], points, middle=True),
        bars=bars,
    )


def rank_chart(points: Sequence[Point], *, title: str, axis: str, measure: str, most: int = 10) -> Ranks:
    """The first `most` of the points, which stand in the order of their size, as bars under each other."""
    shown = points[:most]
    top = max((point.amount for point in shown), default=0) or 1
    return Ranks(
        title=title,
        axis=axis,
        measure=measure,
        ranks=tuple(
            Rank(number * _RANK, round(max(point.amount, 0) * 100 / top, 2), point.label, point.value)
            for number, point in enumerate(shown)
        ),
        points=tuple(shown),
        height=len(shown) * _RANK,
    )


def steps(greatest: float, *, wanted: int = 4) -> list[float]:
    """Round numbers from nothing to at least `greatest`: 0, 50, 100, 150."""
    if greatest <= 0:
        return [0, 1]
    raw = greatest / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
    step = max(step, 1)
    return [number * step for number in range(math.ceil(greatest / step) + 1)]


def _y(amount: float, top: float) -> float:
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - max(amount, 0) / top), 1)


def _path(spots: Sequence[Spot]) -> str:
    return "".join(f"{'L' if number else 'M'}{spot.x} {spot.y}" for number, spot in enumerate(spots))


def _lines(scale: Sequence[tuple[float, str]], top: float) -> tuple[Line, ...]:
    return tuple(Line(_y(amount, top), label) for amount, label in scale)


def _marks(places: Sequence[float], points: Sequence[Point], *, middle: bool = False) -> tuple[Mark, ...]:
    """A few labels, evenly spread, the first and the last among them."""
    if not points:
        return ()
    every = max(1, math.ceil((len(points) - 1) / (_MOST_LABELS - 1)))
    shown = [number for number in range(len(points)) if number % every == 0 and len(points) - 1 - number >= every]
    shown.append(len(points) - 1)
    anchors = {0: "start", len(points) - 1: "end"} if not middle else {}
    return tuple(Mark(places[number], points[number].label, anchors.get(number, "middle")) for number in shown)
