"""Tables of carts."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class CartStatus(StrEnum):
    """`open` carts can be changed; `converted` became an order, `merged` went into another, `expired` was left."""

    OPEN = "open"
    CONVERTED = "converted"
    MERGED = "merged"
    EXPIRED = "expired"


class Cart(Base):
    """What a visitor means to buy. A guest's is found by the hash of the token in his cookie and expires; a
    customer's is found by the account and stays."""

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'converted', 'merged', 'expired')", name="status"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("account_id IS NOT NULL OR token_hash IS NOT NULL", name="somebodys"),
        CheckConstraint("account_id IS NOT NULL OR expires_at IS NOT NULL", name="guests_expire"),
        Index("uq_carts_open_account", "account_id", unique=True, postgresql_where=text("status = 'open'")),
        Index("ix_carts_due", "expires_at", postgresql_where=text("status = 'open'")),
        {"schema": "cart"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(10), server_default=CartStatus.OPEN)
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class CartLine(Base):
    """A variant and how many; `unit_price_seen` is the price when the shopper last touched the line."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity"),
        CheckConstraint("unit_price_seen >= 0", name="unit_price_seen"),
        Index("ix_cart_lines_variant_id", "variant_id"),
        {"schema": "cart"},
    )

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("cart.carts.id", ondelete="CASCADE"), primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price_seen: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)
