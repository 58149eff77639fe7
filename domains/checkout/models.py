"""The tables of checkouts, and of those that staff write."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.checkout.states import CheckoutStatus
from domains.kit.crypto import EncryptedJSON, EncryptedText
from domains.kit.database import Base


class Checkout(Base):
    """One shopper's way from a cart to an order; what he typed stays here until the order is paid.

    `*_draft` is what was typed, right or wrong; `shipping_address` and `billing_address` are there once they were
    found right. The cookie of the checkout is found by `token_hash`, so that it outlives a session. `placed_as` is the
    fingerprint of what the order was made from, `looked_at` when its payment was last compared with the gateway.
    """

    __tablename__ = "checkouts"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'placed', 'completed', 'abandoned')", name="status"),
        CheckConstraint("(status IN ('placed', 'completed')) = (order_id IS NOT NULL)", name="order"),
        CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="completed_at"),
        CheckConstraint("accepted_total >= 0", name="accepted_total"),
        CheckConstraint("(accepted_total IS NULL) = (accepted_currency IS NULL)", name="accepted_currency"),
        CheckConstraint("declines >= 0", name="declines"),
        Index("uq_checkouts_live_cart", "cart_id", unique=True, postgresql_where=text("status IN ('open', 'placed')")),
        Index("uq_checkouts_order_id", "order_id", unique=True),
        Index("uq_checkouts_token_hash", "token_hash", unique=True),
        Index("ix_checkouts_cart_id", "cart_id"),
        Index("ix_checkouts_open_updated_at", "updated_at", postgresql_where=text("status = 'open'")),
        Index("ix_checkouts_placed_looked_at", "looked_at", postgresql_where=text("status = 'placed'")),
        Index("ix_checkouts_visitor_declined_at", "visitor", "declined_at", postgresql_where=text("declines > 0")),
        Index("ix_checkouts_email_hash_declined_at", "email_hash", "declined_at",
              postgresql_where=text("declines > 0")),
        {"schema": "checkout"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("cart.carts.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    visitor: Mapped[str] = mapped_column(String(80), server_default="")
    status: Mapped[str] = mapped_column(String(20), server_default=CheckoutStatus.OPEN)
    email: Mapped[str | None] = mapped_column(EncryptedText("checkout.checkouts.email"))
    email_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    shipping_draft: Mapped[dict[str, str] | None] = mapped_column(EncryptedJSON("checkout.checkouts.shipping_draft"))
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(
        EncryptedJSON("checkout.checkouts.shipping_address")
    )
    billing_same: Mapped[bool] = mapped_column(server_default=text("true"))
    billing_draft: Mapped[dict[str, str] | None] = mapped_column(EncryptedJSON("checkout.checkouts.billing_draft"))
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJSON("checkout.checkouts.billing_address"))
    shipping_method_id: Mapped[UUID | None]
    notes: Mapped[str | None] = mapped_column(EncryptedText("checkout.checkouts.notes"))
    accepted_total: Mapped[int | None] = mapped_column(BigInteger)
    accepted_currency: Mapped[str | None] = mapped_column(String(3))
    placed_as: Mapped[str | None] = mapped_column(String(64))
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.orders.id"))
    declines: Mapped[int] = mapped_column(Integer, server_default="0")
    declined_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
    updated_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
    completed_at: Mapped[datetime | None]


class Draft(Base):
    """An order that staff write for a customer: the checkout it is made of, whose it will be, and the link by which it
    is paid.

    What is in it and where it goes stands with its checkout, whose lock guards this row too. `link` is the secret part
    of the link, kept to be shown again to staff; it is found by `link_hash` and opens until `link_until`.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("(link IS NULL) = (link_hash IS NULL) AND (link IS NULL) = (link_until IS NULL)", name="link"),
        Index("uq_drafts_checkout_id", "checkout_id", unique=True),
        Index("uq_drafts_link_hash", "link_hash", unique=True),
        Index("ix_drafts_created_at", "created_at", "id"),
        {"schema": "checkout"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, Identity(always=True, start=1001), unique=True)
    checkout_id: Mapped[UUID] = mapped_column(ForeignKey("checkout.checkouts.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    link: Mapped[str | None] = mapped_column(EncryptedText("checkout.drafts.link"))
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    link_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
