"""Tables of orders: the order, its lines and taxes as they were when it was placed, and the links to its page."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit.crypto import EncryptedJSON, EncryptedText
from domains.kit.database import Base

_NOW = text("kit.now()")
_LARGEST = 2**53
NUMBER_PATTERN = "^ORD-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{4}$"


def _amount(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} >= 0 AND {column} < {_LARGEST}", name=column)


class OrderRow(Base):
    """An order. Who bought is an account, an e-mail address, or both; amounts are minor units of `currency`.

    `ship_country` and `name_words` (keyed hashes of the words of the names, and of their beginnings) are taken from
    the encrypted addresses, for staff to find it by.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("order_number"),
        CheckConstraint(f"order_number ~ '{NUMBER_PATTERN}'", name="order_number"),
        CheckConstraint("user_id IS NOT NULL OR email IS NOT NULL", name="somebody"),
        CheckConstraint("(email IS NULL) = (email_hash IS NULL)", name="email_hash"),
        CheckConstraint("status IN ('pending', 'confirmed', 'shipped', 'delivered', 'cancelled')", name="status"),
        _amount("subtotal_cents"),
        _amount("discount_cents"),
        _amount("tax_cents"),
        _amount("shipping_cents"),
        _amount("total_cents"),
        CheckConstraint("discount_cents <= subtotal_cents + shipping_cents", name="discount_within_reach"),
        CheckConstraint(
            "total_cents = subtotal_cents - discount_cents + shipping_cents"
            " + CASE WHEN prices_include_tax THEN 0 ELSE tax_cents END",
            name="total_adds_up",
        ),
        CheckConstraint("NOT prices_include_tax OR tax_cents <= total_cents", name="tax_within_total"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("(total_cents > 0) = (payment_id IS NOT NULL)", name="paid_by_a_payment"),
        CheckConstraint("delivery_from <= delivery_until", name="delivery"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        CheckConstraint(
            "(cancelled_at IS NOT NULL) = (cancel_reason IS NOT NULL) AND (cancel_reason IS NULL OR cancel_reason IN"
            " ('payment_failed', 'expired', 'customer', 'staff', 'out_of_stock', 'recalled', 'replaced',"
            " 'unavailable'))",
            name="cancel_reason",
        ),
        CheckConstraint(
            "CASE status WHEN 'pending' THEN confirmed_at IS NULL WHEN 'cancelled' THEN true"
            " ELSE confirmed_at IS NOT NULL END",
            name="confirmed_at",
        ),
        CheckConstraint(
            "CASE status WHEN 'shipped' THEN shipped_at IS NOT NULL WHEN 'delivered' THEN shipped_at IS NOT NULL"
            " WHEN 'cancelled' THEN true ELSE shipped_at IS NULL END",
            name="shipped_at",
        ),
        CheckConstraint("(status = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_at"),
        # What is picked up has none.
        CheckConstraint("tracking_number IS NULL OR shipped_at IS NOT NULL", name="tracking_number"),
        UniqueConstraint("payment_id"),
        Index("uq_orders_live_checkout", "checkout_id", unique=True, postgresql_where=text("status <> 'cancelled'")),
        Index("uq_orders_live_cart", "cart_id", unique=True, postgresql_where=text("status <> 'cancelled'")),
        Index("ix_orders_user_id", "user_id", "created_at"),
        Index("ix_orders_email_hash", "email_hash"),
        Index("ix_orders_status_created_at", "status", "created_at"),
        # How staff sort and find them, a page at a time.
        Index("ix_orders_created_at_id", "created_at", "id"),
        Index("ix_orders_confirmed_at", "confirmed_at", postgresql_include=["total_cents", "currency", "status"]),
        Index("ix_orders_total_cents_id", "total_cents", "id"),
        Index("ix_orders_number_end", text('"right"(order_number, 4)')),
        Index("ix_orders_ship_country_created_at", "ship_country", "created_at"),
        Index("ix_orders_tracking_number", text("upper(tracking_number)")),
        Index("ix_orders_name_words", "name_words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_orders_unindexed", "id", postgresql_where=text("name_words IS NULL")),
        {"schema": "orders"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    email: Mapped[str | None] = mapped_column(EncryptedText("orders.orders.email"))
    email_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    subtotal_cents: Mapped[int] = mapped_column(BigInteger)
    discount_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    tax_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    shipping_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    prices_include_tax: Mapped[bool] = mapped_column(Boolean)
    shipping_address_snapshot: Mapped[dict[str, Any]] = mapped_column(
        EncryptedJSON("orders.orders.shipping_address_snapshot")
    )
    billing_address_snapshot: Mapped[dict[str, Any]] = mapped_column(
        EncryptedJSON("orders.orders.billing_address_snapshot")
    )
    shipping_method_id: Mapped[UUID | None]
    shipping_method: Mapped[str] = mapped_column(String(120))
    delivery_from: Mapped[date | None] = mapped_column(Date)
    delivery_until: Mapped[date | None] = mapped_column(Date)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.payments.id"))
    payment_method: Mapped[str | None] = mapped_column(String(80))
    notes: Mapped[str | None] = mapped_column(EncryptedText("orders.orders.notes"))
    checkout_id: Mapped[UUID | None]
    cart_id: Mapped[UUID | None]
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    ship_country: Mapped[str | None] = mapped_column(String(2))
    name_words: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    cancel_reason: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    confirmed_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class OrderLineRow(Base):
    """A line as it was sold; append-only. Product and variant may change or go, the snapshots do not."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("length(product_name_snapshot) > 0", name="product_name_snapshot"),
        CheckConstraint("length(sku_snapshot) > 0", name="sku_snapshot"),
        _amount("unit_price_cents"),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("line_total_cents = unit_price_cents * quantity", name="line_adds_up"),
        _amount("line_total_cents"),
        _amount("discount_cents"),
        _amount("tax_cents"),
        CheckConstraint("discount_cents <= line_total_cents", name="discount_within_line"),
        Index("ix_order_lines_product_id", "product_id"),
        Index("ix_order_lines_variant_id", "variant_id"),
        Index("ix_order_lines_sku", text("upper(sku_snapshot)")),
        {"schema": "orders"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    position: Mapped[int] = mapped_column(Integer)
    product_id: Mapped[UUID]
    variant_id: Mapped[UUID]
    product_name_snapshot: Mapped[str] = mapped_column(String(255))
    options_snapshot: Mapped[str] = mapped_column(String(255), server_default="")
    sku_snapshot: Mapped[str] = mapped_column(String(50))
    tax_class: Mapped[str] = mapped_column(String(40))
    unit_price_cents: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int] = mapped_column(Integer)
    line_total_cents: Mapped[int] = mapped_column(BigInteger)
    discount_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    tax_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    is_digital: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))


class OrderTaxRow(Base):
    """One rate of the order's tax, as the invoice will name it; append-only. `rate_ppm` is a millionth part."""

    __tablename__ = "order_tax_lines"
    __table_args__ = (
        CheckConstraint("rate_ppm BETWEEN 0 AND 1000000", name="rate_ppm"),
        _amount("tax_cents"),
        {"schema": "orders"},
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    rate_ppm: Mapped[int] = mapped_column(Integer)
    taxable_cents: Mapped[int] = mapped_column(BigInteger)
    tax_cents: Mapped[int] = mapped_column(BigInteger)


class NoteRow(Base):
    """What staff tell each other about an order; append-only, encrypted, because it may be about a person."""

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_order_id", "order_id"),
        {"schema": "orders"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    text: Mapped[str] = mapped_column(EncryptedText("orders.notes.text"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class ReaddressingRow(Base):
    """That an order goes somewhere else than was said when it was placed; append-only.

    The order's own amounts stay what was sold. What delivery and tax are at the new address stands here, in minor
    units, and `refund_id` is the difference on its way back. `before` is the address it had.
    """

    __tablename__ = "readdressings"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        _amount("shipping_cents"),
        _amount("tax_cents"),
        _amount("total_cents"),
        {"schema": "orders"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    position: Mapped[int] = mapped_column(Integer)
    before: Mapped[dict[str, Any]] = mapped_column(EncryptedJSON("orders.readdressings.before"))
    shipping_cents: Mapped[int] = mapped_column(BigInteger)
    tax_cents: Mapped[int] = mapped_column(BigInteger)
    total_cents: Mapped[int] = mapped_column(BigInteger)
    taxes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.refunds.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


# As a table: what writes it must not wait for the tables of the payments, whose rows nobody maps.
READDRESSINGS = cast(Table, ReaddressingRow.__table__)


class AccessTokenRow(Base):
    """A link to an order's page for whoever holds it: 256 random bits, of which only the hash is kept, for a time."""

    __tablename__ = "access_tokens"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_at"),
        Index("ix_access_tokens_order_id", "order_id"),
        Index("ix_access_tokens_expires_at", "expires_at"),
        {"schema": "orders"},
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
