"""Lists of the back office, declared in Python: columns, filters, order, bulk actions.

    ORDERS = StaffList(
        key="orders", title=_("Orders"), route="staff.orders", permission="orders.see",
        columns=(Column("number", _("Order"), lambda order: Link(order.number, "staff.orders.show", …), sort="number"),
                 Column("total", _("Total"), sort="total", number=True)),
        filters=(choice("status", _("Status"), STATUSES), days("placed", _("Placed"))),
        sort="-placed",
    )

The address holds all that is asked, so that a view can be kept, shared and gone back to.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec

from app.web.staff.cells import Value
from domains.kit import Actor, Database, Transaction
from domains.kit.listing import Asked, Slice

type Options = Sequence[tuple[str, str]]
type FilterKind = Literal["choice", "days", "amounts", "numbers", "words"]
type Find = Callable[[Transaction, Asked], Awaitable[Slice[Any]]]


class Column(msgspec.Struct, frozen=True):
    """A column: what it shows of a row (its attribute `key`, unless `value` says), and by what it is sorted.

    `number` stands at the right; one that is not `shown` is there to be chosen; phones leave out what is not `phone`.
    The first column names the row: it is always there. `down` sorts from the greatest at the first press.
    """

    key: str
    label: str
    value: Callable[[Any], Value] | None = None
    sort: str = ""
    number: bool = False
    shown: bool = True
    phone: bool = True
    down: bool = False

    def of(self, row: Any) -> Value:
        found: Value = self.value(row) if self.value is not None else getattr(row, self.key)
        return found


class Filter(msgspec.Struct, frozen=True):
    """Something to filter by; `Asked` holds it under `key`. Made by `choice`, `days`, `amounts`, `numbers`, `words`."""

    key: str
    label: str
    kind: FilterKind
    options: Options = ()
    many: bool = True


def choice(key: str, label: str, options: Options = (), *, many: bool = True) -> Filter:
    """Some of a few values; options known only at the time are given to `show_list`. `asked.chosen(key)`."""
    return Filter(key, label, "choice", options, many)


def days(key: str, label: str) -> Filter:
    """From a day to a day, both included, in the shop's time zone. `asked.within(key)`."""
    return Filter(key, label, "days")


def amounts(key: str, label: str) -> Filter:
    """From an amount of money to another, in the shop's currency. `asked.span(key)` in minor units."""
    return Filter(key, label, "amounts")


def numbers(key: str, label: str) -> Filter:
    """From a whole number to another. `asked.span(key)`."""
    return Filter(key, label, "numbers")


def words(key: str, label: str) -> Filter:
    """What was typed. `asked.text(key)`."""
    return Filter(key, label, "words")


class Chosen(msgspec.Struct, frozen=True):
    """What a bulk action is done to, by whom; `batch` names all its changes in the audit log, `form` is what was
    entered on the confirm page."""

    ids: tuple[UUID, ...]
    batch: UUID
    form: Mapping[str, str]


class Bulk(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do with many rows at once, after a page that asks.

    `apply` opens its own transactions and says what was done. `question` is asked of `{count}` rows; `fields` is a
    template with what else has to be entered. A refusal raised by `apply` is shown, and nothing is said to be done.
    """

    key: str
    label: str
    permission: str
    question: str
    apply: Callable[[Database, Actor, Chosen], Awaitable[str]]
    fields: str = ""
    is_dangerous: bool = False


class StaffList(msgspec.Struct, frozen=True, kw_only=True):
    """A list. `route` names its page, `<route>.csv` and `<route>.bulk` what else belongs to it; `sort` is the order
    when none is chosen ("-placed" from the last). `search` is what the box finds by; without it there is no box.
    `export` is the permission for its CSV file; without it there is none. `row_id` is the attribute that names a row.
    """

    key: str
    title: str
    route: str
    permission: str
    columns: tuple[Column, ...]
    sort: str
    filters: tuple[Filter, ...] = ()
    search: str = ""
    bulk: tuple[Bulk, ...] = ()
    export: str = ""
    empty: str = ""
    empty_hint: str = ""
    row_id: str = "id"
    params: Mapping[str, Any] = msgspec.field(default_factory=dict)
    live: int = 0

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)
