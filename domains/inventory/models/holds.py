"""Who holds it: reservations and their parts, and what left with a parcel."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.inventory.models.stock import NOW
from domains.kit import Base, new_id


class HoldStatus(StrEnum):
    """`held` by a cart, `bound` to an order that is not paid, `consumed` by one that is; the others hold nothing."""

    HELD = "held"
    BOUND = "bound"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


class Reservation(Base):
    """Stock set aside for a holder (a cart) until `expires_at`; a holder has at most one that is alive.

    `held_since` bounds how long one hold can live with all its changes; `order_id` and `bound_at` are set from the
    order's placing on: who is owed something is served in the order of `bound_at`.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("status IN ('held', 'bound', 'consumed', 'released', 'expired')", name="status"),
        CheckConstraint("status NOT IN ('bound', 'consumed') OR order_id IS NOT NULL", name="order"),
        CheckConstraint("status <> 'held' OR order_id IS NULL", name="held"),
        Index("uq_reservations_live_holder", "holder", unique=True,
              postgresql_where=text("status IN ('held', 'bound')")),
        Index("uq_reservations_order", "order_id", unique=True,
              postgresql_where=text("status IN ('bound', 'consumed')")),
        Index("ix_reservations_order_id", "order_id"),
        Index("ix_reservations_due", "expires_at", postgresql_where=text("status IN ('held', 'bound')")),
        Index("ix_reservations_visitor", "visitor", postgresql_where=text("status = 'held'")),
        {"schema": "inventory"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    holder: Mapped[UUID]
    status: Mapped[str] = mapped_column(String(10), server_default=HoldStatus.HELD)
    visitor: Mapped[str] = mapped_column(String(80), server_default="")
    order_id: Mapped[UUID | None]
    bound_at: Mapped[datetime | None]
    held_since: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class ReservationPart(Base):
    """What a hold takes of one stock row: from the shelf, and owed beyond it.

    Of a paid order `shipped` counts what of `quantity` has left the house, and `cancelled` what was ordered here and
    will not come: it is in neither of the others any more.
    """

    __tablename__ = "reservation_parts"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("backordered >= 0", name="backordered"),
        CheckConstraint("shipped BETWEEN 0 AND quantity", name="shipped"),
        CheckConstraint("cancelled >= 0", name="cancelled"),
        CheckConstraint("quantity + backordered + cancelled > 0", name="something"),
        ForeignKeyConstraint(
            ["variant_id", "warehouse_id"], ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"]
        ),
        Index("ix_reservation_parts_variant_id_warehouse_id", "variant_id", "warehouse_id"),
        Index("ix_reservation_parts_owed", "variant_id", postgresql_where=text("backordered > 0")),
        {"schema": "inventory"},
    )

    reservation_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.reservations.id"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    backordered: Mapped[int] = mapped_column(Integer, server_default="0")
    shipped: Mapped[int] = mapped_column(Integer, server_default="0")
    cancelled: Mapped[int] = mapped_column(Integer, server_default="0")


class Dispatch(Base):
    """What left the house with one shipment; append-only. Its key is what makes a shipment move stock once."""

    __tablename__ = "dispatches"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        ForeignKeyConstraint(
            ["variant_id", "warehouse_id"], ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"]
        ),
        Index("ix_dispatches_order_id", "order_id"),
        Index("ix_dispatches_variant_id_warehouse_id", "variant_id", "warehouse_id"),
        {"schema": "inventory"},
    )

    shipment_id: Mapped[UUID] = mapped_column(primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID]
    order_id: Mapped[UUID]
    quantity: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[datetime] = mapped_column(server_default=NOW)
