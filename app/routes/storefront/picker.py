"""What the buy column of a product page shows: the choices, and price and stock of what is chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from domains.catalog import OptionView, ProductVariant, ProductView
from domains.inventory import MOST_PER_LINE, Availability
from domains.kit import Money
from domains.kit.i18n import gettext as _
from domains.pricing import Price

_BEST_FIRST = ("in_stock", "low", "backorder", "out")


class Choice(msgspec.Struct, frozen=True):
    """One value of an option; `note` says why it cannot be had with what else is chosen."""

    value: str
    label: str
    colour: str | None
    available: bool
    note: str


class Group(msgspec.Struct, frozen=True):
    """An option as a group of radios named `value1`, `value2`, …"""

    name: str
    legend: str
    values: tuple[Choice, ...]
    chosen: str


class Picker(msgspec.Struct, frozen=True):
    """The state of the buy column. `variant` is what is chosen; None while something is still open, or not made.

    Without a variant, price and stock are the best of those that fit what is chosen, and `many_prices` says that they
    differ.
    """

    groups: tuple[Group, ...]
    variant: ProductVariant | None
    is_made: bool
    words: str
    price: Money | None
    compare_at: Money | None
    many_prices: bool
    state: str
    available: int
    backorder_date: date | None
    most: int
    lowest_before: Money | None = None
    """The lowest price of the 30 days before the cut, where the market wants it told."""

    @property
    def can_be_bought(self) -> bool:
        return self.is_made and self.price is not None and self.state != "out"


def pick(
    product: ProductView,
    chosen: Mapping[UUID, UUID],
    prices: Mapping[UUID, Price],
    stock: Mapping[UUID, Availability],
    lowest: Mapping[UUID, Money] = {},
) -> Picker:
    """The buy column for `chosen` (option to value); an option with one value needs no choice."""
    settled = {option.id: option.values[0].id for option in product.options if len(option.values) == 1} | {
        option.id: chosen[option.id] for option in product.options if option.id in chosen
    }
    is_settled = len(settled) == len(product.options)
    variant = product.matching(frozenset(settled.values())) if is_settled else None
    if len(product.variants) == 1 and variant is None and not chosen:
        variant = product.variants[0]
    fitting = [one for one in product.variants if set(settled.values()) <= set(one.values)]
    offered = [variant] if variant is not None else fitting or list(product.variants)
    priced = [prices[one.id] for one in offered if one.id in prices]
    cheapest = min(
        (one.id for one in offered if one.id in prices), key=lambda one: prices[one].amount.amount, default=None
    )
    shown = prices[cheapest] if cheapest is not None else None
    states = [stock[one.id] for one in offered if one.id in stock] or [Availability()]
    best = min(states, key=lambda one: _BEST_FIRST.index(one.state))
    compare_at = shown.compare_at if shown is not None else None
    return Picker(
        groups=tuple(_group(n, option, product, settled, stock) for n, option in enumerate(product.options, 1)),
        variant=variant,
        is_made=variant is not None or not is_settled or not product.options,
        words=product.words(variant) if variant is not None else "",
        price=shown.amount if shown is not None else None,
        compare_at=compare_at if shown is not None and shown.is_reduced else None,
        many_prices=len({price.amount.amount for price in priced}) > 1,
        state=best.state,
        available=sum(one.available for one in states),
        backorder_date=best.backorder_date,
        most=max(1, min(MOST_PER_LINE, best.most)),
        lowest_before=lowest.get(cheapest) if cheapest is not None else None,
    )


def _group(
    number: int,
    option: OptionView,
    product: ProductView,
    settled: Mapping[UUID, UUID],
    stock: Mapping[UUID, Availability],
) -> Group:
    others = {value for other, value in settled.items() if other != option.id}
    choices = []
    for value in option.values:
        fitting = [one for one in product.variants if value.id in one.values and others <= set(one.values)]
        note = _note(fitting, stock)
        choices.append(Choice(str(value.id), value.value, value.swatch, not note, note))
    return Group(f"value{number}", option.name, tuple(choices), str(settled.get(option.id, "")))


def _note(fitting: Sequence[ProductVariant], stock: Mapping[UUID, Availability]) -> str:
    if not fitting:
        return _("not made")
    if all(one.id not in stock or stock[one.id].state == "out" for one in fitting):
        return _("sold out")
    return ""
