"""Tables of fulfilment: carriers, shipments with their lines and parcels, and what happened to the parcels."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")


class CarrierRow(Base):
    """Who brings the parcels. `adapter` is the program that speaks with it; `manual` ones are told by staff.

    `tracking_page` is an address with `{number}` in it. A carrier that `fails` (the simulated one alone) refuses every
    label, so that a merchant can see what happens then.
    """

    __tablename__ = "carriers"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z][a-z0-9-]*$'", name="code"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("adapter IN ('manual', 'simulated')", name="adapter"),
        CheckConstraint("tracking_page = '' OR tracking_page ~ '^https?://'", name="tracking_page"),
        CheckConstraint("NOT fails OR adapter = 'simulated'", name="fails"),
        {"schema": "fulfilment"},
    )

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    adapter: Mapped[str] = mapped_column(String(20), server_default="manual")
    tracking_page: Mapped[str] = mapped_column(String(300), server_default="")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    fails: Mapped[bool] = mapped_column(server_default=text("false"))
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class ShipmentRow(Base):
    """What of an order goes out from one warehouse together, in one parcel or several.

    `held_from` is where it goes on from when it is on hold no more.
    """

    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("order_id", "position"),
        CheckConstraint(
            "status IN ('waiting', 'allocated', 'picking', 'packed', 'shipped', 'delivered', 'on_hold', 'called_off')",
            name="status",
        ),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("(status = 'on_hold') = (held_from IS NOT NULL)", name="held_from"),
        CheckConstraint(
            "(hold_reason IS NOT NULL) = (status = 'on_hold') AND (hold_reason IS NULL OR hold_reason IN"
            " ('missing', 'damaged', 'address', 'carrier', 'elsewhere', 'customer', 'other'))",
            name="hold_reason",
        ),
        CheckConstraint(
            "held_from IS NULL OR held_from IN ('waiting', 'allocated', 'picking', 'packed')", name="held_from_open"
        ),
        CheckConstraint("status <> 'packed' OR packed_at IS NOT NULL", name="packed_at"),
        CheckConstraint("(status IN ('shipped', 'delivered')) = (shipped_at IS NOT NULL)", name="shipped_at"),
        CheckConstraint("(status = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_at"),
        Index(
            "ix_shipments_queue",
            "warehouse_id",
            "status",
            "created_at",
            "id",
            postgresql_where=text("status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold')"),
        ),
        Index(
            "ix_shipments_open",
            "created_at",
            "id",
            postgresql_where=text("status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold')"),
        ),
        Index("ix_shipments_sent", "created_at", "id", postgresql_where=text("status = 'shipped'")),
        Index("ix_shipments_created_at", "created_at", "id"),
        {"schema": "fulfilment"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(30))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    position: Mapped[int] = mapped_column(Integer)
    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("inventory.warehouses.id"))
    status: Mapped[str] = mapped_column(String(20), server_default="waiting")
    is_pick_up: Mapped[bool] = mapped_column(server_default=text("false"))
    method: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    hold_reason: Mapped[str | None] = mapped_column(String(20))
    held_from: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    picked_at: Mapped[datetime | None]
    packed_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class ShipmentLineRow(Base):
    """So many of an order's line. `ready` of them lie in the warehouse, the rest is owed to the order.

    Name, options and SKU are the order line's, which never change.
    """

    __tablename__ = "shipment_lines"
    __table_args__ = (
        UniqueConstraint("shipment_id", "order_line_id"),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("ready BETWEEN 0 AND quantity", name="ready"),
        CheckConstraint("picked BETWEEN 0 AND ready", name="picked"),
        CheckConstraint("packed BETWEEN 0 AND picked", name="packed"),
        Index("ix_shipment_lines_order_line_id", "order_line_id"),
        Index("ix_shipment_lines_variant_id", "variant_id"),
        Index("ix_shipment_lines_sku", "sku"),
        {"schema": "fulfilment"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("fulfilment.shipments.id"))
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey("orders.order_lines.id"))
    variant_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(255))
    options: Mapped[str] = mapped_column(String(255), server_default="")
    sku: Mapped[str] = mapped_column(String(50))
    quantity: Mapped[int] = mapped_column(Integer)
    ready: Mapped[int] = mapped_column(Integer, server_default="0")
    picked: Mapped[int] = mapped_column(Integer, server_default="0")
    packed: Mapped[int] = mapped_column(Integer, server_default="0")


class CancelledLineRow(Base):
    """So many of an order's line that will not be sent; append-only. What I27 counts against what was ordered."""

    __tablename__ = "cancelled_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        Index("ix_cancelled_lines_order_id", "order_id"),
        {"schema": "fulfilment"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("fulfilment.shipments.id"))
    order_line_id: Mapped[UUID] = mapped_column(ForeignKey("orders.order_lines.id"))
    variant_id: Mapped[UUID]
    quantity: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class ParcelRow(Base):
    """One parcel of a shipment. Its label is wanted from carriers that make one, tried again while it fails."""

    __tablename__ = "parcels"
    __table_args__ = (
        UniqueConstraint("shipment_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("label_state IN ('none', 'wanted', 'made', 'failed')", name="label_state"),
        CheckConstraint("(label_state = 'made') = (label IS NOT NULL)", name="label"),
        CheckConstraint("label_tries >= 0", name="label_tries"),
        CheckConstraint("weight_grams >= 0", name="weight_grams"),
        CheckConstraint("tracking_number <> ''", name="tracking_number"),
        # A number that is given twice would tell a buyer of another's parcel; carriers use theirs again after a while.
        Index("uq_parcels_tracking_number", "carrier", "tracking_number", unique=True,
              postgresql_where=text("tracking_number IS NOT NULL AND delivered_at IS NULL")),
        Index("ix_parcels_tracking_number", "tracking_number"),
        Index("ix_parcels_labels_due", "next_try_at", postgresql_where=text("label_state = 'wanted'")),
        Index("ix_parcels_followed", "followed_at",
              postgresql_where=text("delivered_at IS NULL AND tracking_number IS NOT NULL")),
        {"schema": "fulfilment"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("fulfilment.shipments.id"))
    position: Mapped[int] = mapped_column(Integer)
    carrier: Mapped[str] = mapped_column(ForeignKey("fulfilment.carriers.code"))
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    weight_grams: Mapped[int] = mapped_column(Integer, server_default="0")
    label_state: Mapped[str] = mapped_column(String(10), server_default="none")
    label_tries: Mapped[int] = mapped_column(Integer, server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    label_error: Mapped[str] = mapped_column(String(200), server_default="")
    label: Mapped[str | None] = mapped_column(EncryptedText("fulfilment.parcels.label"))
    followed_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class TrackingEventRow(Base):
    """What happened to a parcel, told by its carrier or by staff; append-only, and told once."""

    __tablename__ = "tracking_events"
    __table_args__ = (
        UniqueConstraint("parcel_id", "reference"),
        CheckConstraint(
            "kind IN ('announced', 'accepted', 'in_transit', 'out_for_delivery', 'delayed', 'attempted', 'delivered',"
            " 'returned')",
            name="kind",
        ),
        {"schema": "fulfilment"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    parcel_id: Mapped[UUID] = mapped_column(ForeignKey("fulfilment.parcels.id"))
    reference: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(100), server_default="")
    words: Mapped[str] = mapped_column(Text, server_default="")
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)
