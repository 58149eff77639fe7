"""A wish list as pages read it: price and stock are those of this moment."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.inventory import StockState
from domains.kit import Money


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """A thing on the list, as it is now.

    `variant_id` is empty for a product of which nothing is chosen yet: then price and stock are the best of its
    variants, and `many_prices` says that they differ. `buyable` is the variant that goes into the cart as it stands.
    `fell_by` is how much less it costs than when it was saved, `came_back` that it was sold out then and is there now.
    """

    id: UUID
    product_id: UUID
    variant_id: UUID | None
    name: str
    options: str
    slug: str
    sku: str
    image: Picture | None
    price: Money | None
    compare_at: Money | None
    many_prices: bool
    state: StockState
    available: int
    backorder_date: date | None
    is_sold: bool
    buyable: UUID | None
    fell_by: Money | None
    came_back: bool
    saved_at: datetime

    @property
    def needs_choice(self) -> bool:
        """Whether options have to be chosen on the product's page first."""
        return self.is_sold and self.buyable is None and self.state != "out"


class WishlistView(msgspec.Struct, frozen=True):
    """What is on a list, the newest first."""

    items: tuple[ItemView, ...] = ()

    @property
    def count(self) -> int:
        return len(self.items)
