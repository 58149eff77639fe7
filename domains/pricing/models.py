"""Tables of prices and tax rates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")

# With lines of at most 999 and carts of at most 100 lines, every total stays far below 2^53 (I15).
LARGEST_PRICE = 10_000_000_000


class PriceRow(Base):
    """A variant's price in one currency from `valid_from` on, until a later row begins; append-only.

    Of two rows that begin at the same moment the one written later counts, which is how a plan is withdrawn.
    """

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_PRICE}", name="amount"),
        CheckConstraint(f"compare_at BETWEEN 0 AND {LARGEST_PRICE}", name="compare_at"),
        Index("ix_prices_current", "variant_id", "currency", "valid_from", "id"),
        {"schema": "pricing"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int] = mapped_column(BigInteger)
    compare_at: Mapped[int | None] = mapped_column(BigInteger)
    valid_from: Mapped[datetime] = mapped_column(server_default=_NOW)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class CostRow(Base):
    """What a variant costs the merchant himself, in one currency; shoppers never see it."""

    __tablename__ = "costs"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_PRICE}", name="amount"),
        {"schema": "pricing"},
    )

    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class TaxClass(Base):
    """A kind of goods that is taxed alike."""

    __tablename__ = "tax_classes"
    __table_args__ = (CheckConstraint("code ~ '^[a-z][a-z0-9_]*$'", name="code"), {"schema": "pricing"})

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))


class TaxRateRow(Base):
    """What one jurisdiction takes of one tax class at a place; `rate_ppm` is in millionths (7.25% is 72,500).

    An empty `state` or `postal_pattern` means anywhere. Within a jurisdiction ("country", "state", "city") the rate
    for the smallest place counts; the rates of several jurisdictions add up. `postal_first` and `postal_last` are the
    pattern as a range, see `kit.regions`.
    """

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("rate_ppm BETWEEN 0 AND 1000000", name="rate_ppm"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("(postal_pattern = '') = (postal_first = '' AND postal_last = '')", name="postal_range"),
        UniqueConstraint("jurisdiction", "country", "state", "postal_pattern", "tax_class", name="uq_tax_rates_place"),
        Index("ix_tax_rates_country_state", "country", "state"),
        {"schema": "pricing"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(100))
    jurisdiction: Mapped[str] = mapped_column(String(30), server_default="country")
    country: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(100), server_default="")
    postal_pattern: Mapped[str] = mapped_column(String(45), server_default="")
    postal_first: Mapped[str] = mapped_column(String(21), server_default="")
    postal_last: Mapped[str] = mapped_column(String(21), server_default="")
    tax_class: Mapped[str] = mapped_column(ForeignKey("pricing.tax_classes.code"))
    rate_ppm: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)
