"""Tables of what may be fetched, and of the links that lead to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class Grant(Base):
    """That who bought a file may fetch it: until `expires_at`, `most` times, unless staff took it back."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("most >= 1 AND taken BETWEEN 0 AND most", name="taken"),
        CheckConstraint("expires_at > created_at", name="expires_at"),
        Index("ix_grants_order_id", "order_id"),
        Index("ix_grants_file_id", "file_id"),
        Index("uq_grants_live", "order_id", "variant_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
        {"schema": "downloads"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    variant_id: Mapped[UUID]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.files.id"))
    expires_at: Mapped[datetime]
    most: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, server_default="0")
    revoked_at: Mapped[datetime | None]
    last_taken_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Link(Base):
    """A link to a grant, as it stands in a mail: 256 random bits, of which only the hash is kept."""

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_grant_id", "grant_id"), {"schema": "downloads"})

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("downloads.grants.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
