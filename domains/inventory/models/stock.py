"""Where the stock lies, how much, and what moved it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

NOW = text("kit.now()")


class Reason(StrEnum):
    """Why the quantity on hand changed; `backorder` is a sale that was owed until something came."""

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
    TRANSFER = "transfer"
    BACKORDER = "backorder"


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
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


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
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class StockPolicy(Base):
    """What happens when a variant runs out: whether it can be ordered all the same, and from when it comes again."""

    __tablename__ = "stock_policies"
    __table_args__ = ({"schema": "inventory"},)

    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    backorder_allowed: Mapped[bool] = mapped_column(server_default=text("false"))
    restock_date: Mapped[date | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW, onupdate=NOW)


class StockMovement(Base):
    """One change of a quantity on hand; append-only, and the sum of a row's movements is its quantity on hand.

    `change_id` groups what one operation moved; `reference` is the order, delivery or count it belongs to.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint(
            "reason IN ('initial', 'received', 'sale', 'cancellation', 'return', 'count', 'correction', 'damaged',"
            " 'theft', 'promotion', 'import', 'transfer', 'backorder')",
            name="reason",
        ),
        CheckConstraint("reason NOT IN ('sale', 'backorder') OR quantity < 0", name="sale_takes"),
        ForeignKeyConstraint(
            ["variant_id", "warehouse_id"], ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"]
        ),
        Index("ix_stock_movements_variant_id_warehouse_id", "variant_id", "warehouse_id"),
        Index("ix_stock_movements_newest", "recorded_at", "id"),
        Index("ix_stock_movements_reference", "reference"),
        # What one change moves, it moves once; that an order is sold and given back once, its hold's state and the
        # quantities of its parts see to.
        Index("uq_stock_movements_order", "reference", "reason", "variant_id", "warehouse_id", "change_id", unique=True,
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
    recorded_at: Mapped[datetime] = mapped_column(server_default=NOW)
