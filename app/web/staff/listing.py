"""A list as its page shows it: made of a `StaffList`, what the address asks for, and the rows that were found."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from app.web.staff.asking import Query
from app.web.staff.cells import Cell, cell
from app.web.staff.lists import Bulk, Column, Filter, Options, StaffList
from domains import desk
from domains.kit.i18n import gettext as _
from domains.kit.listing import Count, Slice


class Head(msgspec.Struct, frozen=True):
    """The head of a column; `sorted` is "ascending", "descending" or nothing, `href` sorts by it."""

    label: str
    href: str
    sorted: str
    number: bool
    phone: bool


class Row(msgspec.Struct, frozen=True):
    """A row: its id, its cells with their columns, and what it is called."""

    id: str
    cells: tuple[tuple[Column, Cell], ...]
    name: str


class Field(msgspec.Struct, frozen=True):
    """A filter as a field of the form; `values` are what is filled in: what is chosen, or from and to."""

    key: str
    label: str
    kind: str
    options: Options
    many: bool
    values: tuple[str, ...]

    @property
    def is_set(self) -> bool:
        return any(self.values)


class Chip(msgspec.Struct, frozen=True):
    """Something that is applied, and the address without it."""

    label: str
    href: str


class View(msgspec.Struct, frozen=True):
    """A view kept under a name."""

    id: str
    name: str
    href: str
    is_here: bool
    is_shared: bool
    is_removable: bool


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `staff.list` draws."""

    spec: StaffList
    path: str
    query: Query
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]
    views: tuple[View, ...]
    columns: tuple[tuple[str, str, bool], ...]
    figure: str
    bulk: tuple[Bulk, ...]
    count: Count
    previous: str
    next: str
    csv: str
    is_first: bool

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order is asked for: an empty list then says that nothing fits."""
        return bool(self.chips)

    @property
    def count_words(self) -> str:
        return (
            f"{self.count.number:,}" if self.count.is_exact else _("about {number}").format(number=rounded(self.count))
        )

    @property
    def set_fields(self) -> int:
        return sum(field.is_set for field in self.fields)


def rounded(count: Count) -> str:
    """An estimate says no more than it knows: two figures."""
    digits = 10 ** max(len(str(count.number)) - 2, 0)
    return f"{round(count.number / digits) * digits:,}"


def listing_of(
    spec: StaffList,
    query: Query,
    found: Slice[Any],
    *,
    path: str,
    role: str,
    may: Any,
    options: Mapping[str, Options],
    views: Sequence[desk.SavedView] = (),
    preferred: Sequence[str] = (),
) -> Listing:
    """Put together what the page shows. `preferred` are the columns this person has chosen once and for all."""
    columns = columns_of(spec, query.columns or preferred)
    return Listing(
        spec=spec,
        path=path,
        query=query,
        heads=tuple(_head(column, query, path) for column in columns),
        rows=tuple(_row(spec, columns, row) for row in found.rows),
        fields=tuple(_field(one, query, options) for one in spec.filters),
        chips=_chips(spec, query, path, options),
        views=tuple(
            View(
                id=str(view.id),
                name=view.name,
                href=_view_href(view, path),
                is_here=str(view.id) == query.view,
                is_shared=view.is_shared,
                is_removable=view.is_own or role in desk.MAY_REMOVE,
            )
            for view in views
        ),
        columns=tuple((column.key, column.label, column in columns) for column in spec.columns[1:]),
        # On phones the last of the numbers stands beside the name.
        figure=next((one.key for one in reversed(columns) if one.number and one.phone), ""),
        bulk=tuple(one for one in spec.bulk if may(role, one.permission)),
        count=found.count or Count(len(found.rows)),
        previous=query.address(path, before=str(found.previous)) if found.previous else "",
        next=query.address(path, after=str(found.next)) if found.next else "",
        csv=query.address(f"{path}.csv") if spec.export and may(role, spec.export) else "",
        is_first=found.previous is None,
    )


def columns_of(spec: StaffList, chosen: Sequence[str]) -> tuple[Column, ...]:
    """The columns to show: those chosen, in the list's own order and always with the first; else those meant to be."""
    if chosen:
        return tuple(one for number, one in enumerate(spec.columns) if number == 0 or one.key in chosen)
    return tuple(one for one in spec.columns if one.shown)


def _head(column: Column, query: Query, path: str) -> Head:
    is_sorted = bool(column.sort) and query.asked.sort == column.sort
    turned = not query.asked.descending if is_sorted else column.down
    return Head(
        column.label,
        query.address(path, sort=f"{'-' if turned else ''}{column.sort}") if column.sort else "",
        ("descending" if query.asked.descending else "ascending") if is_sorted else "",
        column.number,
        column.phone,
    )


def _row(spec: StaffList, columns: tuple[Column, ...], row: Any) -> Row:
    cells = tuple((column, cell(column.of(row))) for column in columns)
    first = cells[0][1].value
    return Row(str(getattr(row, spec.row_id)), cells, str(getattr(first, "text", first)))


def _field(one: Filter, query: Query, options: Mapping[str, Options]) -> Field:
    offered = options.get(one.key, one.options)
    return Field(one.key, one.label, one.kind, offered, one.many, _filled(one.key, one.kind, query))


def _filled(key: str, kind: str, query: Query) -> tuple[str, ...]:
    match kind:
        case "choice":
            return query.asked.chosen(key)
        case "days":
            return query.value(f"{key}_from"), query.value(f"{key}_to")
        case "amounts" | "numbers":
            return query.value(f"{key}_min"), query.value(f"{key}_max")
        case _:
            return (query.value(key),)


def _chips(spec: StaffList, query: Query, path: str, options: Mapping[str, Options]) -> tuple[Chip, ...]:
    filters = {one.key: one for one in spec.filters}
    ends = {"from": _("from"), "to": _("to"), "min": _("from"), "max": _("to")}
    chips = []
    for pair in query.kept:
        key, value = pair
        stem, _underscore, end = key.rpartition("_")
        if key == "q":
            label = f"“{value}”"
        elif key in filters:
            one = filters[key]
            shown = dict(options.get(key, one.options)).get(value, value)
            label = f"{one.label}: {shown}"
        elif stem in filters:
            label = f"{filters[stem].label} {ends[end]} {value}"
        else:
            continue
        chips.append(Chip(label, query.without(path, pair)))
    return tuple(chips)


def _view_href(view: desk.SavedView, path: str) -> str:
    return f"{path}?{view.query}&view={view.id}" if view.query else f"{path}?view={view.id}"
