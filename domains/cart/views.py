"""The cart as pages and checkout read it: price and stock are those of this moment."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.inventory import StockState
from domains.kit import Money

type Trouble = Literal["", "gone", "out", "too_many"]


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """A line at today's price. `max_quantity` is what the line could have; what the cart itself holds counts as free.

    `trouble` is why it cannot be bought as it stands: no longer sold, sold out, or more than there are.
    `price_changed_from` is the price the shopper saw when he last touched the line, if it is another one now. `owed` is
    how many of it have to come first, and `back_on` when they may be expected.
    """

    variant_id: UUID
    product_id: UUID
    name: str
    options: str
    slug: str
    sku: str
    image: Picture | None
    quantity: int
    unit_price: Money
    line_total: Money
    compare_at: Money | None
    price_changed_from: Money | None
    available: int
    state: StockState
    max_quantity: int
    trouble: Trouble
    tax_class: str
    weight_grams: int
    is_digital: bool = False
    owed: int = 0
    back_on: date | None = None


class CartView(msgspec.Struct, frozen=True):
    """What is in a cart. `subtotal` leaves out what cannot be had at all; `count` is pieces, as the badge shows it."""

    id: UUID | None
    lines: tuple[LineView, ...]
    count: int
    subtotal: Money
    currency: str

    @property
    def problems(self) -> tuple[LineView, ...]:
        """Lines that cannot be bought as they stand."""
        return tuple(line for line in self.lines if line.trouble)

    @property
    def can_check_out(self) -> bool:
        return bool(self.lines) and not self.problems

    def line(self, variant_id: UUID) -> LineView | None:
        return next((line for line in self.lines if line.variant_id == variant_id), None)
