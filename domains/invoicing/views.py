"""Documents as others read them."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import msgspec

from domains.invoicing.states import DocumentKind
from domains.kit import Address, Money


class Seller(msgspec.Struct, frozen=True):
    """Who sold: the shop as it was."""

    name: str
    legal_name: str
    address: tuple[str, ...]
    country: str
    email: str = ""
    tax_number: str = ""


class DocumentLine(msgspec.Struct, frozen=True):
    """A line of a document, in minor units. A line of a credit note has no single price."""

    name: str
    quantity: int
    amount: int
    options: str = ""
    sku: str = ""
    unit_price: int | None = None


class DocumentTax(msgspec.Struct, frozen=True):
    """What one rate takes: of which net amount, and how much; in minor units."""

    name: str
    rate_ppm: int
    taxable: int
    tax: int


class CreditLine(msgspec.Struct, frozen=True):
    """What a part of a refund is for. `amount` is what goes back for it, tax and all."""

    name: str
    quantity: int
    amount: int
    options: str = ""
    sku: str = ""


class DocumentHead(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a list names it."""

    id: UUID
    kind: DocumentKind
    label: str
    order_id: UUID
    refund_id: UUID | None
    total: Money
    issued_on: date
    issued_at: datetime


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document whole: everything that its paper says."""

    id: UUID
    kind: DocumentKind
    label: str
    order_id: UUID
    order_number: str
    about: str | None
    """The number of the document that this one belongs to."""
    currency: str
    prices_include_tax: bool
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    lines: tuple[DocumentLine, ...]
    taxes: tuple[DocumentTax, ...]
    seller: Seller
    bill_to: Address
    ship_to: Address
    ordered_on: date
    paid_on: date
    issued_on: date
    key: str | None
    """Where its PDF is kept, once there is one."""

    @property
    def net(self) -> Money:
        """The total without tax."""
        return self.total - self.tax

    def money(self, amount: int) -> Money:
        return Money(amount, self.currency)


class Printer(Protocol):
    """What makes a PDF of a document; the same bytes for the same document."""

    async def document(self, document: Document) -> bytes: ...
