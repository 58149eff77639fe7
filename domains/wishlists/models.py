"""Tables of wish lists."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class Wishlist(Base):
    """What somebody wants to remember. A guest's is found by the hash of the token in his cookie and expires; an
    account has one, which stays and which no token opens."""

    __tablename__ = "wishlists"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) = (token_hash IS NOT NULL)", name="one_owner"),
        CheckConstraint("(account_id IS NULL) = (expires_at IS NOT NULL)", name="guests_expire"),
        Index("ix_wishlists_expires_at", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
        {"schema": "wishlists"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"), unique=True)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class WishlistItem(Base):
    """A variant, or a product of which nothing is chosen yet, with what it cost and whether it was there when saved.

    `price_seen` is in minor units of `currency_seen`; both are empty for what had no price.
    """

    __tablename__ = "wishlist_items"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variant_id", "product_id"], ["catalog.variants.id", "catalog.variants.product_id"], ondelete="CASCADE"
        ),
        UniqueConstraint("wishlist_id", "product_id", "variant_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("(price_seen IS NULL) = (currency_seen IS NULL)", name="price_with_currency"),
        CheckConstraint("price_seen >= 0", name="price_seen"),
        CheckConstraint("currency_seen ~ '^[A-Z]{3}$'", name="currency_seen"),
        Index("ix_wishlist_items_product_id", "product_id"),
        Index("ix_wishlist_items_variant_id", "variant_id"),
        {"schema": "wishlists"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    wishlist_id: Mapped[UUID] = mapped_column(ForeignKey("wishlists.wishlists.id", ondelete="CASCADE"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    variant_id: Mapped[UUID | None]
    price_seen: Mapped[int | None] = mapped_column(BigInteger)
    currency_seen: Mapped[str | None] = mapped_column(String(3))
    was_available: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(server_default=_NOW)
