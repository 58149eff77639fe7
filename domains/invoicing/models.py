"""Tables of invoicing: documents, their counters, and where their PDFs are."""

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
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit.crypto import EncryptedJSON
from domains.kit.database import Base

_NOW = text("kit.now()")
_LARGEST = 2**53


class CounterRow(Base):
    """The last number of a series in a year. Its lock is what keeps the series without gaps."""

    __tablename__ = "counters"
    __table_args__ = (
        CheckConstraint("last >= 0", name="last"),
        {"schema": "invoicing"},
    )

    series: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer, server_default="0")


class DocumentRow(Base):
    """A document as it was issued; append-only. Amounts are minor units of `currency`.

    `about_id` is the invoice that a credit note or a correction belongs to, and the credit note that a reversal takes
    back. On a credit note amounts contain tax, whatever the shop's prices do: it says what went back.
    """

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("kind IN ('invoice', 'credit_note', 'reversal', 'correction')", name="kind"),
        CheckConstraint("series = CASE kind WHEN 'invoice' THEN 'INV' ELSE 'CN' END", name="series"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(kind = 'invoice') = (about_id IS NULL)", name="about"),
        CheckConstraint("(kind IN ('credit_note', 'reversal')) = (refund_id IS NOT NULL)", name="refund"),
        CheckConstraint("(kind IN ('credit_note', 'reversal')) <= (total_cents > 0)", name="something_went_back"),
        CheckConstraint("(kind = 'correction') <= (total_cents = 0)", name="no_money_moves"),
        CheckConstraint(
            f"subtotal_cents >= 0 AND discount_cents >= 0 AND shipping_cents >= 0 AND total_cents >= 0"
            f" AND total_cents < {_LARGEST}",
            name="amounts",
        ),
        CheckConstraint(
            "total_cents = subtotal_cents - discount_cents + shipping_cents"
            " + CASE WHEN prices_include_tax THEN 0 ELSE tax_cents END",
            name="total_adds_up",
        ),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        UniqueConstraint("series", "year", "number"),
        UniqueConstraint("label"),
        Index("uq_documents_invoice", "order_id", unique=True, postgresql_where=text("kind = 'invoice'")),
        Index("uq_documents_refund", "refund_id", "kind", unique=True, postgresql_where=text("refund_id IS NOT NULL")),
        Index("ix_documents_order_id", "order_id"),
        Index("ix_documents_issued_on", "issued_on"),
        {"schema": "invoicing"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    series: Mapped[str] = mapped_column(String(10))
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(40))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.refunds.id"))
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoicing.documents.id"))
    currency: Mapped[str] = mapped_column(String(3))
    prices_include_tax: Mapped[bool] = mapped_column(Boolean)
    subtotal_cents: Mapped[int] = mapped_column(BigInteger)
    discount_cents: Mapped[int] = mapped_column(BigInteger)
    shipping_cents: Mapped[int] = mapped_column(BigInteger)
    tax_cents: Mapped[int] = mapped_column(BigInteger)
    total_cents: Mapped[int] = mapped_column(BigInteger)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    taxes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    seller: Mapped[dict[str, Any]] = mapped_column(JSONB)
    buyer: Mapped[dict[str, Any]] = mapped_column(EncryptedJSON("invoicing.documents.buyer"))
    ordered_on: Mapped[date] = mapped_column(Date)
    paid_on: Mapped[date] = mapped_column(Date)
    issued_on: Mapped[date] = mapped_column(Date)
    issued_at: Mapped[datetime] = mapped_column(server_default=_NOW)


# As a table: what writes it must not wait for the tables of the payments, whose rows nobody maps.
DOCUMENTS = cast(Table, DocumentRow.__table__)


class RefundDetailRow(Base):
    """What a refund is for, as whoever asked for it said; its credit note says the same. Append-only."""

    __tablename__ = "refund_details"
    __table_args__ = ({"schema": "invoicing"},)

    refund_id: Mapped[UUID] = mapped_column(ForeignKey("payments.refunds.id"), primary_key=True)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    taxes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class PrintoutRow(Base):
    """The PDF of a document, by its key in the private store."""

    __tablename__ = "printouts"
    __table_args__ = (UniqueConstraint("key"), {"schema": "invoicing"})

    document_id: Mapped[UUID] = mapped_column(ForeignKey("invoicing.documents.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    printed_at: Mapped[datetime] = mapped_column(server_default=_NOW)
