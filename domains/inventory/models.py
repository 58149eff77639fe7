"""Tables of the stock: where it lies, how much, what moved it, and who holds it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class HoldStatus(StrEnum):
    """`held` by a cart, `bound` to an order that is not paid, `consumed` by one that is; the others hold nothing."""

    HELD = "held"
    BOUND = "bound"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


class Reason(StrEnum):
    """Why the quantity on hand changed."""

    INITIAL = "initial"
    RECEIVED = "received"
    SALE = "sale"
    CANCELLATION = "cancellation"
    RETURN = "return"
    COUNT = "count"
    CORRECTION = "correction"
    DAMAGED = "damaged"
    THEFT = "theft"
    PROMOTION = "promotion"
    IMPORT = "import"


class Warehouse(Base):
    """A place where stock lies. Orders are filled from the lowest `priority` first."""

    __tablename__ = "warehouses"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Z0-9][A-Z0-9-]*$'", name="code"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2))
    priority: Mapped[int] = mapped_column(Integer, server_default="0")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class StockItem(Base):
    """The four quantities of one variant in one warehouse; what can be sold is on hand − reserved.

    `quantity_allocated` is sold and still on the shelf, so a count of the shelf expects on hand + allocated.
    """

    __tablename__ = "stock_items"
    __table_args__ = (
        CheckConstraint("quantity_on_hand >= 0", name="on_hand"),
        CheckConstraint("quantity_reserved BETWEEN 0 AND quantity_on_hand", name="reserved"),
        CheckConstraint("quantity_allocated >= 0", name="allocated"),
        CheckConstraint("quantity_backordered >= 0", name="backordered"),
        CheckConstraint("reorder_threshold >= 0", name="reorder_threshold"),
        UniqueConstraint("variant_id", "warehouse_id"),
        Index("ix_stock_items_warehouse_id", "warehouse_id"),
        # Every hold rewrites these quantities; room in the page keeps the rewrite out of the indexes.
        {"schema": "inventory", "postgresql_with": {"fillfactor": 70}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"))
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    quantity_on_hand: Mapped[int] = mapped_column(Integer, server_default="0")
    quantity_reserved: Mapped[int] = mapped_column(Integer, server_default="0")
    quantity_allocated: Mapped[int] = mapped_column(Integer, server_default="0")
    quantity_backordered: Mapped[int] = mapped_column(Integer, server_default="0")
    reorder_threshold: Mapped[int] = mapped_column(Integer, server_default="10")
    warehouse_location: Mapped[str | None] = mapped_column(String(50))
    last_restocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class StockPolicy(Base):
    """What happens when a variant runs out: whether it can be ordered all the same, and from when it comes again."""

    __tablename__ = "stock_policies"
    __table_args__ = ({"schema": "inventory"},)

    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    backorder_allowed: Mapped[bool] = mapped_column(server_default=text("false"))
    restock_date: Mapped[date | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class StockMovement(Base):
    """One change of a quantity on hand; append-only, and the sum of a row's movements is its quantity on hand.

    `change_id` groups what one operation moved; `reference` is the order, delivery or count it belongs to. A sale of
    one order moves each of its rows once, which a unique index guards.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint(
            "reason IN ('initial', 'received', 'sale', 'cancellation', 'return', 'count', 'correction', 'damaged',"
            " 'theft', 'promotion', 'import')",
            name="reason",
        ),
        CheckConstraint("reason <> 'sale' OR quantity < 0", name="sale_takes"),
        ForeignKeyConstraint(
            ["variant_id", "warehouse_id"], ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"]
        ),
        Index("ix_stock_movements_variant_id_warehouse_id", "variant_id", "warehouse_id"),
        Index("ix_stock_movements_reference", "reference"),
        Index("uq_stock_movements_order", "reference", "reason", "variant_id", "warehouse_id", unique=True,
              postgresql_where=text("reason IN ('sale', 'cancellation')")),
        {"schema": "inventory"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    change_id: Mapped[UUID]
    variant_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    quantity: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(100), server_default="")
    note: Mapped[str] = mapped_column(String(200), server_default="")
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    trace_id: Mapped[str] = mapped_column(String(32))
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Reservation(Base):
    """Stock set aside for a holder (a cart) until `expires_at`; a holder has at most one that is alive.

    `held_since` bounds how long one hold can live with all its changes; `order_id` is set from the order's placing on.
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
    held_since: Mapped[datetime] = mapped_column(server_default=_NOW)
    expires_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class ReservationPart(Base):
    """What a hold takes of one stock row: from the shelf, and owed beyond it."""

    __tablename__ = "reservation_parts"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("backordered >= 0", name="backordered"),
        CheckConstraint("quantity + backordered > 0", name="something"),
        ForeignKeyConstraint(
            ["variant_id", "warehouse_id"], ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"]
        ),
        Index("ix_reservation_parts_variant_id_warehouse_id", "variant_id", "warehouse_id"),
        {"schema": "inventory"},
    )

    reservation_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.reservations.id"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    backordered: Mapped[int] = mapped_column(Integer, server_default="0")
