"""Tables of shipping: zones, their regions, methods, and price bands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class Zone(Base):
    """Places that are delivered to alike."""

    __tablename__ = "zones"
    __table_args__ = (CheckConstraint("name <> ''", name="name"), {"schema": "shipping"})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class ZoneRegion(Base):
    """A country, state or range of postal codes of a zone; the smallest place that fits an address names its zone."""

    __tablename__ = "zone_regions"
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("(postal_pattern = '') = (postal_first = '' AND postal_last = '')", name="postal_range"),
        UniqueConstraint("country", "state", "postal_pattern"),
        Index("ix_zone_regions_zone_id", "zone_id"),
        {"schema": "shipping"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    zone_id: Mapped[UUID] = mapped_column(ForeignKey("shipping.zones.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(100), server_default="")
    postal_pattern: Mapped[str] = mapped_column(String(45), server_default="")
    postal_first: Mapped[str] = mapped_column(String(21), server_default="")
    postal_last: Mapped[str] = mapped_column(String(21), server_default="")


class Method(Base):
    """A way to deliver within a zone. Parcels of orders before `cutoff_hour` (shop time) leave the same business day;
    they arrive `days_min` to `days_max` business days after they left.

    With `pick_up_at` nothing is sent: the order is picked up in that warehouse, when it is ready."""

    __tablename__ = "methods"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z][a-z0-9_-]*$'", name="code"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("days_min BETWEEN 0 AND days_max AND days_max <= 90", name="days"),
        CheckConstraint("cutoff_hour BETWEEN 0 AND 24", name="cutoff_hour"),
        UniqueConstraint("zone_id", "code"),
        {"schema": "shipping"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    zone_id: Mapped[UUID] = mapped_column(ForeignKey("shipping.zones.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(200), server_default="")
    days_min: Mapped[int] = mapped_column(Integer)
    days_max: Mapped[int] = mapped_column(Integer)
    cutoff_hour: Mapped[int] = mapped_column(Integer, server_default="14")
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
    pick_up_at: Mapped[UUID | None] = mapped_column(ForeignKey("inventory.warehouses.id"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class Band(Base):
    """What a method costs for parcels of a weight and orders of a value; the upper ends are not included, null is open.

    Where several bands fit, the cheapest counts: a band that starts at a value is free delivery from there on.
    """

    __tablename__ = "bands"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("amount BETWEEN 0 AND 10000000000", name="amount"),
        CheckConstraint("weight_from >= 0 AND weight_to > weight_from", name="weight"),
        CheckConstraint("subtotal_from >= 0 AND subtotal_to > subtotal_from", name="subtotal"),
        Index("ix_bands_method_id_currency", "method_id", "currency"),
        {"schema": "shipping"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    method_id: Mapped[UUID] = mapped_column(ForeignKey("shipping.methods.id", ondelete="CASCADE"))
    currency: Mapped[str] = mapped_column(String(3))
    weight_from: Mapped[int] = mapped_column(Integer, server_default="0")
    weight_to: Mapped[int | None] = mapped_column(Integer)
    subtotal_from: Mapped[int] = mapped_column(BigInteger, server_default="0")
    subtotal_to: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
