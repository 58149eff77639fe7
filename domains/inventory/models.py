"""Tables of the stock: where it lies, how much, what moved it, and who holds it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
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


class CountStatus(StrEnum):
    """`counting` until everything was entered, `checking` until somebody looked at what differs, then `approved`."""

    COUNTING = "counting"
    CHECKING = "checking"
    APPROVED = "approved"
    CANCELLED = "cancelled"


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
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)


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
    held_since: Mapped[datetime] = mapped_column(server_default=_NOW)
    expires_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


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
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)


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
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


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
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


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
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


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
