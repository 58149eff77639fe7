"""What pages and flows are handed of a checkout: frozen, loaded whole."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

import msgspec

from domains.checkout.states import LIVE, CheckoutStatus, DraftState, Step
from domains.kit import Address, Money
from domains.pricing import Totals


class CheckoutView(msgspec.Struct, frozen=True, kw_only=True):
    """What the shopper has entered so far. `*_draft` is as typed, the addresses are as checked."""

    id: UUID
    cart_id: UUID
    account_id: UUID | None
    status: CheckoutStatus
    email: str | None
    shipping_draft: dict[str, str]
    shipping_address: Address | None
    billing_same: bool
    billing_draft: dict[str, str]
    billing_address: Address | None
    shipping_method_id: UUID | None
    notes: str
    accepted_total: Money | None
    order_id: UUID | None
    placed_as: str | None
    needs_shipping: bool = True
    """Whether anything in the cart must be sent; of files only the place of the bill is asked."""

    @classmethod
    def blank(cls, cart_id: UUID, *, needs_shipping: bool = True) -> Self:
        """What a cart's checkout will be once its first step is sent; nothing of it is stored."""
        return cls(
            id=UUID(int=0),
            cart_id=cart_id,
            account_id=None,
            status=CheckoutStatus.OPEN,
            email=None,
            shipping_draft={},
            shipping_address=None,
            billing_same=True,
            billing_draft={},
            billing_address=None,
            shipping_method_id=None,
            notes="",
            accepted_total=None,
            order_id=None,
            placed_as=None,
            needs_shipping=needs_shipping,
        )

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def bill_to(self) -> Address | None:
        return self.shipping_address if self.billing_same else self.billing_address

    @property
    def steps(self) -> tuple[Step, ...]:
        """Those that this checkout takes."""
        return tuple(step for step in Step if self.needs_shipping or step is not Step.SHIPPING)

    @property
    def next_step(self) -> Step:
        """The first step that is not done."""
        if not self.email:
            return Step.CONTACT
        if self.shipping_address is None or self.bill_to is None:
            return Step.ADDRESS
        if not self.needs_shipping:
            return Step.PAYMENT
        if not self.shipping_address.line1:  # it was entered for a bill, and now something must be sent
            return Step.ADDRESS
        if self.shipping_method_id is None:
            return Step.SHIPPING
        return Step.PAYMENT


class DeliveryOption(msgspec.Struct, frozen=True):
    """A way to send this order to this address, with its price and the day it arrives."""

    method_id: UUID
    name: str
    description: str
    amount: Money
    earliest: date
    latest: date
    is_pick_up: bool = False


class QuoteLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line at today's price. `price_was` is there when the shopper put it in the cart at another price."""

    variant_id: UUID
    product_id: UUID
    name: str
    options: str
    slug: str
    sku: str
    image: Any
    quantity: int
    unit_price: Money
    line_total: Money
    price_was: Money | None
    tax_class: str
    weight_grams: int
    is_digital: bool = False
    most: int
    """How many could be had now; what the cart itself holds counts as free."""


class Shortage(msgspec.Struct, frozen=True):
    """A line that cannot be filled: how many are wanted, how many could be had."""

    variant_id: UUID
    name: str
    options: str
    wanted: int
    available: int


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """What the order costs if it is placed now. Tax is known once the address is, shipping once it is chosen."""

    lines: tuple[QuoteLine, ...]
    options: tuple[DeliveryOption, ...]
    chosen: DeliveryOption | None
    totals: Totals
    currency: str
    prices_include_tax: bool
    tax_known: bool
    gone: tuple[Shortage, ...]
    """What cannot be bought any more: unpublished, or without a price."""
    takes_transfers: bool
    """Whether the shop takes bank transfers."""

    @property
    def short(self) -> tuple[Shortage, ...]:
        """What cannot be had as it stands: no longer sold, or more of it than there are."""
        return self.gone + tuple(
            Shortage(line.variant_id, line.name, line.options, line.quantity, line.most)
            for line in self.lines
            if line.quantity > line.most
        )

    @property
    def needs_shipping(self) -> bool:
        """Whether anything of it must be sent."""
        return not self.lines or any(not line.is_digital for line in self.lines)

    @property
    def total(self) -> Money:
        return Money(self.totals.total, self.currency)

    @property
    def subtotal(self) -> Money:
        return Money(self.totals.subtotal, self.currency)

    @property
    def discount(self) -> Money:
        return Money(-self.totals.discount, self.currency)

    @property
    def shipping(self) -> Money:
        return Money(self.totals.shipping, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.totals.tax, self.currency)

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)


class Hold(msgspec.Struct, frozen=True):
    """The time for which the things are set aside for this shopper."""

    expires_at: datetime
    seconds_left: int
    can_extend: bool
    is_over: bool

    @property
    def minutes_left(self) -> int:
        return max(0, -(-self.seconds_left // 60))


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a step's page shows."""

    checkout: CheckoutView
    quote: Quote
    hold: Hold | None
    total_was: Money | None
    """The total the shopper agreed to, where it is not the present one."""
    payment_id: UUID | None
    order_number: str | None
    trouble: str | None
    """Why the last try to pay failed, in the gateway's words for the shopper; "" where it has none."""
    bank_url: str | None
    """Where the shopper has to confirm the last try, if he was asked to and has not."""
    is_paying: bool
    """Whether a try to pay is under way, so that nothing may be changed."""


class DraftView(msgspec.Struct, frozen=True, kw_only=True):
    """An order that staff write. `checkout` has what was entered, its cart the lines."""

    id: UUID
    number: int
    state: DraftState
    checkout: CheckoutView
    account_id: UUID | None
    link: str | None
    """The secret part of its link, whether it still opens or not."""
    link_until: datetime | None
    sent_at: datetime | None
    created_at: datetime
    order_number: str
    """Of the order that it became, or that waits for the customer's payment; empty before."""

    @property
    def code(self) -> str:
        return draft_code(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it can still become an order."""
        return self.state not in (DraftState.ORDERED, DraftState.DROPPED)

    @property
    def can_be_paid(self) -> bool:
        """Whether its link opens it now; what is being paid stays open until it is known what came of it."""
        return self.state in (DraftState.SENT, DraftState.PAYING)


def draft_code(number: int) -> str:
    """The number of a draft as people say it."""
    return f"D{number}"
