"""Orders as others give and read them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.kit import Address, Money
from domains.orders.events import OrderedItem
from domains.orders.states import CancelReason, DisplayStatus, OrderStatus
from domains.payments import PaymentView, Refund


class DraftLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line to be ordered, with the snapshots the order keeps. Amounts are minor units of the order's currency."""

    product_id: UUID
    variant_id: UUID
    product_name: str
    options: str
    sku: str
    tax_class: str
    unit_price: int
    quantity: int
    discount: int = 0
    tax: int = 0
    is_digital: bool = False


class DraftTax(msgspec.Struct, frozen=True, kw_only=True):
    """One rate of the order's tax; they sum to its tax. `rate_ppm` is in millionths."""

    name: str
    rate_ppm: int
    taxable: int
    tax: int


class NewRoute(msgspec.Struct, frozen=True, kw_only=True):
    """How an order is sent to another address; `shipping` is what that costs, in minor units."""

    method_id: UUID | None
    method: str
    shipping: int
    delivery_from: date | None
    delivery_until: date | None


class StandingCosts(msgspec.Struct, frozen=True):
    """What an order costs at the address it has now; `position` counts how often that was changed."""

    position: int
    shipping: Money
    tax: Money
    total: Money
    taxes: tuple[DraftTax, ...]


class OrderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An order to be placed, priced by `pricing`. Its id is given, so that its payment can be opened first."""

    id: UUID
    user_id: UUID | None
    email: str | None
    currency: str
    prices_include_tax: bool
    lines: tuple[DraftLine, ...]
    tax_lines: tuple[DraftTax, ...]
    subtotal: int
    discount: int
    shipping: int
    tax: int
    total: int
    shipping_address: Address
    billing_address: Address
    shipping_method: str
    shipping_method_id: UUID | None = None
    delivery_from: date | None = None
    delivery_until: date | None = None
    payment_id: UUID | None = None
    notes: str | None = None
    checkout_id: UUID | None = None
    cart_id: UUID | None = None


class PlacedOrder(msgspec.Struct, frozen=True):
    """An order that was just placed."""

    id: UUID
    number: str


class OrderHead(msgspec.Struct, frozen=True):
    """What a flow needs of an order it has locked."""

    id: UUID
    number: str
    status: OrderStatus
    total: Money
    payment_id: UUID | None
    checkout_id: UUID | None
    cart_id: UUID | None
    user_id: UUID | None


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order goes, for who sends it."""

    number: str
    status: OrderStatus
    created_at: datetime
    shipping_address: Address


class OrderLineView(msgspec.Struct, frozen=True):
    """A line as it was sold; `discount` is its share of the order's, `tax` is added to or contained in the rest."""

    id: UUID
    product_id: UUID
    variant_id: UUID
    product_name: str
    options: str
    sku: str
    quantity: int
    unit_price: Money
    line_total: Money
    discount: Money
    tax: Money
    is_digital: bool = False
    """A file to be fetched: nothing to pack, nothing to restock."""


class OrderTaxView(msgspec.Struct, frozen=True):
    """One rate of the order's tax."""

    name: str
    rate_ppm: int
    taxable: Money
    tax: Money


class OrderView(msgspec.Struct, frozen=True, kw_only=True):
    """An order whole, as its page and its mails show it."""

    id: UUID
    number: str
    status: OrderStatus
    display_status: DisplayStatus
    cancel_reason: CancelReason | None
    user_id: UUID | None
    email: str | None
    lines: tuple[OrderLineView, ...]
    tax_lines: tuple[OrderTaxView, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    prices_include_tax: bool
    shipping_address: Address
    billing_address: Address
    shipping_method: str
    shipping_method_id: UUID | None
    delivery_from: date | None
    delivery_until: date | None
    payment_id: UUID | None
    payment: PaymentView | None
    refunds: tuple[Refund, ...]
    payment_method: str | None
    notes: str | None
    checkout_id: UUID | None
    tracking_number: str | None
    created_at: datetime
    confirmed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None

    @property
    def count(self) -> int:
        """How many things were ordered."""
        return sum(line.quantity for line in self.lines)

    @property
    def is_digital(self) -> bool:
        """Whether there is nothing to send: its addresses are then what the bill needs, and no more."""
        return all(line.is_digital for line in self.lines)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether who bought may still cancel it himself: until it is paid."""
        return self.status is OrderStatus.PENDING


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which of an account's orders are asked for. `q` is part of a number, or of what was ordered."""

    status: OrderStatus | None = None
    year: int | None = None
    q: str = ""


class SummaryLine(msgspec.Struct, frozen=True):
    """A line as a list shows it."""

    product_id: UUID
    variant_id: UUID
    product_name: str
    options: str
    quantity: int


class OrderSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An order as a list shows it."""

    id: UUID
    number: str
    status: OrderStatus
    display_status: DisplayStatus
    total: Money
    lines: tuple[SummaryLine, ...]
    delivery_from: date | None
    delivery_until: date | None
    created_at: datetime

    @property
    def count(self) -> int:
        """How many things were ordered."""
        return sum(line.quantity for line in self.lines)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(line.product_name for line in self.lines)


class OrderPage(msgspec.Struct, frozen=True):
    """One page of an account's orders, newest first; `years` are all in which it ordered, the last one first."""

    orders: tuple[OrderSummary, ...]
    total: int
    page: int
    pages: int
    years: tuple[int, ...] = ()


type AgainTrouble = Literal["", "gone", "variant_gone", "out", "fewer", "full"]


class AgainLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order, to be ordered again. `possible` is how many one cart can have now.

    `trouble` is why it is not all in the cart: the product is no longer sold, or only others of its kind are
    (`variant_gone`; `slug` leads to them), it is sold out, there are fewer, or the cart has no room.
    """

    variant_id: UUID
    name: str
    options: str
    sku: str
    slug: str
    image: Picture | None
    ordered: int
    in_cart: int
    possible: int
    price_then: Money
    price_now: Money | None
    trouble: AgainTrouble

    @property
    def wanted(self) -> int:
        """How many the cart should have of it, at least."""
        return 0 if self.trouble == "full" else min(self.ordered, self.possible)

    @property
    def price_changed(self) -> bool:
        """Whether it costs something else now; prices of two currencies are not compared."""
        now = self.price_now
        return now is not None and now.currency == self.price_then.currency and now != self.price_then

    @property
    def has_changed(self) -> bool:
        return bool(self.trouble) or self.price_changed


class Again(msgspec.Struct, frozen=True):
    """An order beside the shop of today and a cart; `pieces` is how many things lie in that cart in all."""

    lines: tuple[AgainLine, ...]
    pieces: int

    @property
    def have(self) -> int:
        """How many of the things that were ordered are in the cart."""
        return sum(min(line.in_cart, line.ordered) for line in self.lines)

    @property
    def is_done(self) -> bool:
        """Whether all that can be had is in the cart."""
        return all(line.in_cart >= line.wanted for line in self.lines)

    @property
    def can_be_had(self) -> bool:
        """Whether there is anything of it."""
        return any(line.wanted for line in self.lines)


class OrderState(msgspec.Struct, frozen=True, kw_only=True):
    """What the events of an order add up to; equals its rows (I20)."""

    number: str
    status: OrderStatus
    user_id: UUID | None
    payment_id: UUID | None
    checkout_id: UUID | None
    cart_id: UUID | None
    currency: str
    prices_include_tax: bool
    subtotal: int
    discount: int
    shipping: int
    tax: int
    total: int
    items: tuple[OrderedItem, ...]
    tracking_number: str | None = None
    cancel_reason: str | None = None
