"""Counts of what lies on the shelves."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.inventory.models.stock import NOW
from domains.kit import Base, new_id


class CountStatus(StrEnum):
    """`counting` until everything was entered, `checking` until somebody looked at what differs, then `approved`."""

    COUNTING = "counting"
    CHECKING = "checking"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class StockCount(Base):
    """A count of what lies in a warehouse, or in those places of it that begin with `place`, or of one category.

    The four figures are written when it is approved: they say how right the books were.
    """

    __tablename__ = "stock_counts"
    __table_args__ = (
        CheckConstraint("status IN ('counting', 'checking', 'approved', 'cancelled')", name="status"),
        CheckConstraint("(status = 'approved') = (approved_at IS NOT NULL)", name="approved_at"),
        CheckConstraint("(status = 'approved') = (units_expected IS NOT NULL)", name="figures"),
        Index("ix_stock_counts_approved_at", "approved_at"),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(Integer, Identity(always=True, start=1001), unique=True)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    place: Mapped[str] = mapped_column(String(50), server_default="")
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.categories.id", ondelete="SET NULL"))
    is_blind: Mapped[bool] = mapped_column(server_default=text("true"))
    status: Mapped[str] = mapped_column(String(10), server_default=CountStatus.COUNTING)
    note: Mapped[str] = mapped_column(String(200), server_default="")
    started_by: Mapped[UUID | None]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    lines_counted: Mapped[int | None] = mapped_column(Integer)
    lines_right: Mapped[int | None] = mapped_column(Integer)
    units_expected: Mapped[int | None] = mapped_column(Integer)
    units_off: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class CountLine(Base):
    """What was found of a variant, and what the books expected at that moment: on hand + allocated.

    What moves afterwards changes neither, so the difference stays what it was.
    """

    __tablename__ = "count_lines"
    __table_args__ = (
        CheckConstraint("(counted IS NULL) = (expected IS NULL)", name="both"),
        CheckConstraint("(counted IS NULL) = (counted_at IS NULL)", name="counted_at"),
        CheckConstraint("counted >= 0 AND expected >= 0", name="counted"),
        {"schema": "inventory"},
    )

    count_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.stock_counts.id"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    counted: Mapped[int | None] = mapped_column(Integer)
    expected: Mapped[int | None] = mapped_column(Integer)
    counted_at: Mapped[datetime | None]
    counted_by: Mapped[UUID | None]
    note: Mapped[str] = mapped_column(String(200), server_default="")
