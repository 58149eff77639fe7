"""Stock on its way: from shelf to shelf, and from suppliers to us."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.inventory.models.stock import NOW
from domains.kit import Base, new_id


class TransferStatus(StrEnum):
    """A `draft` moves nothing; what was `sent` is on its way until all of it is accounted for, and then `received`."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class PurchaseStatus(StrEnum):
    """A `draft` promises nothing; what is `ordered` is expected until it came, or the order was `closed` without it."""

    DRAFT = "draft"
    ORDERED = "ordered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Transfer(Base):
    """Stock on its way from one warehouse to another."""

    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'sent', 'received', 'cancelled')", name="status"),
        CheckConstraint("source_id <> destination_id", name="two_places"),
        CheckConstraint("(status IN ('sent', 'received')) = (sent_at IS NOT NULL)", name="sent_at"),
        CheckConstraint("(status = 'received') = (received_at IS NOT NULL)", name="received_at"),
        Index("ix_transfers_destination_id", "destination_id", postgresql_where=text("status = 'sent'")),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(Integer, Identity(always=True, start=1001), unique=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    destination_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    status: Mapped[str] = mapped_column(String(10), server_default=TransferStatus.DRAFT)
    note: Mapped[str] = mapped_column(String(200), server_default="")
    expected_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class TransferLine(Base):
    """How many of a variant travel, and where they ended: received there, returned to where they came from, or lost."""

    __tablename__ = "transfer_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("received >= 0 AND returned >= 0 AND lost >= 0", name="ends"),
        CheckConstraint("received + returned + lost <= quantity", name="nothing_created"),
        Index("ix_transfer_lines_under_way", "variant_id",
              postgresql_where=text("received + returned + lost < quantity")),
        {"schema": "inventory"},
    )  # fmt: skip

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.transfers.id"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer, server_default="0")
    returned: Mapped[int] = mapped_column(Integer, server_default="0")
    lost: Mapped[int] = mapped_column(Integer, server_default="0")


class PurchaseOrder(Base):
    """What was ordered of a supplier, for one warehouse; `expected_on` dates what is owed to customers."""

    __tablename__ = "purchase_orders"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'ordered', 'closed', 'cancelled')", name="status"),
        CheckConstraint("supplier <> ''", name="supplier"),
        CheckConstraint("status NOT IN ('ordered', 'closed') OR ordered_at IS NOT NULL", name="ordered_at"),
        CheckConstraint("(status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)", name="closed_at"),
        Index("ix_purchase_orders_open", "expected_on", postgresql_where=text("status = 'ordered'")),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(Integer, Identity(always=True, start=1001), unique=True)
    supplier: Mapped[str] = mapped_column(String(100))
    supplier_reference: Mapped[str] = mapped_column(String(100), server_default="")
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    status: Mapped[str] = mapped_column(String(10), server_default=PurchaseStatus.DRAFT)
    note: Mapped[str] = mapped_column(String(200), server_default="")
    expected_on: Mapped[date | None]
    ordered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class PurchaseLine(Base):
    """How many of a variant were ordered, and how many of them have come; never more, so a mistyped receipt is seen."""

    __tablename__ = "purchase_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("received BETWEEN 0 AND quantity", name="received"),
        Index("ix_purchase_lines_expected", "variant_id", postgresql_where=text("received < quantity")),
        {"schema": "inventory"},
    )

    purchase_order_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.purchase_orders.id"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer, server_default="0")
