"""Tables of returns: what comes back, what money goes back for it, and who may take longer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")
LONGEST_TEXT = 500
NOTE_CONTEXT = "returns.returns.note"


class ReturnRow(Base):
    """One return. `note` is what the customer wrote, `answer` what staff tell him; the order's number names it."""

    __tablename__ = "returns"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("kind IN ('return', 'withdrawal')", name="kind"),
        CheckConstraint(
            "status IN ('requested', 'approved', 'rejected', 'received', 'refunded', 'closed')", name="status"
        ),
        CheckConstraint("status <> 'rejected' OR answer <> ''", name="rejected_with_reason"),
        CheckConstraint("(status = 'requested') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("status <> 'received' OR received_at IS NOT NULL", name="received_at"),
        CheckConstraint("(received_at IS NULL) = (warehouse_id IS NULL)", name="received_somewhere"),
        CheckConstraint("(status IN ('rejected', 'refunded', 'closed')) = (ended_at IS NOT NULL)", name="ended_at"),
        Index("ix_returns_order_id", "order_id"),
        Index("ix_returns_created_at", "created_at", "id"),
        Index("ix_returns_status_created_at", "status", "created_at", "id"),
        # Pressed twice, the form is one return.
        Index("uq_returns_request_key", "order_id", "request_key", unique=True),
        # The law knows one withdrawal of an order at a time; repeated, it is the same.
        Index("uq_returns_open_withdrawal", "order_id", unique=True,
              postgresql_where=text("kind = 'withdrawal' AND status = 'requested'")),
        {"schema": "returns"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    number: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12), server_default="requested")
    note: Mapped[str | None] = mapped_column(EncryptedText(NOTE_CONTEXT))
    answer: Mapped[str] = mapped_column(String(LONGEST_TEXT), server_default="")
    request_key: Mapped[str] = mapped_column(String(80))
    requested_by: Mapped[str] = mapped_column(String(20))
    requested_by_id: Mapped[UUID | None]
    warehouse_id: Mapped[UUID | None] = mapped_column(ForeignKey("inventory.warehouses.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    decided_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ReturnLineRow(Base):
    """What of a line comes back, what came, and how much of that went on the shelf; the rest was scrapped."""

    __tablename__ = "return_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint(
            "reason IN ('changed_mind', 'does_not_fit', 'not_as_described', 'damaged', 'wrong_item', 'other', 'none')",
            name="reason",
        ),
        CheckConstraint("received BETWEEN 0 AND quantity", name="received"),
        CheckConstraint("restocked BETWEEN 0 AND received", name="restocked"),
        Index("ix_return_lines_order_line_id", "order_line_id"),
        {"schema": "returns"},
    )

    return_id: Mapped[UUID] = mapped_column(ForeignKey("returns.returns.id"), primary_key=True)
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey("orders.order_lines.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(20))
    received: Mapped[int] = mapped_column(Integer, server_default="0")
    restocked: Mapped[int] = mapped_column(Integer, server_default="0")


class RefundRow(Base):
    """Money that staff send back for lines, shipping and an amount besides; amounts in minor units of `currency`.

    A sum above the shop's limit waits for a second person, who is never the first. Once given, the refund of `payments`
    says how it went.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("payment_refund_id"),
        CheckConstraint("status IN ('waiting', 'given', 'refused')", name="status"),
        CheckConstraint("(status = 'given') = (payment_refund_id IS NOT NULL)", name="given"),
        CheckConstraint("amount_cents >= 1 AND amount_cents < 9007199254740992", name="amount_cents"),
        CheckConstraint("shipping_cents >= 0", name="shipping_cents"),
        CheckConstraint("goods_cents >= 0", name="goods_cents"),
        CheckConstraint("amount_cents = goods_cents + shipping_cents + adjustment_cents", name="adds_up"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("status = 'refused' OR decided_by_id <> requested_by_id", name="second_person"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("status = 'given' OR (status = 'refused') = (decided_at IS NOT NULL)", name="refused_by"),
        Index("ix_refunds_order_id", "order_id"),
        Index("ix_refunds_created_at", "created_at", "id"),
        Index("ix_refunds_waiting", "created_at", postgresql_where=text("status = 'waiting'")),
        Index("ix_refunds_return_id", "return_id"),
        {"schema": "returns"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    return_id: Mapped[UUID | None] = mapped_column(ForeignKey("returns.returns.id"))
    payment_refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.refunds.id"))
    status: Mapped[str] = mapped_column(String(10))
    ends_order: Mapped[bool] = mapped_column(server_default=text("false"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    goods_cents: Mapped[int] = mapped_column(BigInteger)
    shipping_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    adjustment_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    warehouse_id: Mapped[UUID | None] = mapped_column(ForeignKey("inventory.warehouses.id"))
    requested_by: Mapped[str] = mapped_column(String(20))
    requested_by_id: Mapped[UUID | None]
    decided_by_id: Mapped[UUID | None]
    decision_note: Mapped[str] = mapped_column(String(LONGEST_TEXT), server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    decided_at: Mapped[datetime | None]


class RefundLineRow(Base):
    """A line of a refund: how many, for how much, and whether they went back on the shelf with it."""

    __tablename__ = "refund_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("amount_cents >= 0", name="amount_cents"),
        Index("ix_refund_lines_order_line_id", "order_line_id"),
        {"schema": "returns"},
    )

    refund_id: Mapped[UUID] = mapped_column(ForeignKey("returns.refunds.id"), primary_key=True)
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey("orders.order_lines.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    restock: Mapped[bool] = mapped_column(server_default=text("false"))


class ExtensionRow(Base):
    """An order that may come back until a later day than the shop's window says."""

    __tablename__ = "extensions"
    __table_args__ = ({"schema": "returns"},)

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"), primary_key=True)
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(LONGEST_TEXT), server_default="")
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
