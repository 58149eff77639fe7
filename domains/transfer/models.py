"""Tables of imports: files that were handed in, what became of them, and pictures still to be fetched."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")


class WantedPicture(Base):
    """A picture by the address it was imported from: still `wanted`, `fetched`, or `given_up` after too many tries.

    An address is fetched once; the row stays, so that importing the same file again finds what became of it.
    """

    __tablename__ = "pictures"
    __table_args__ = (
        CheckConstraint("status IN ('wanted', 'fetched', 'given_up')", name="status"),
        CheckConstraint("(status = 'fetched') = (media_id IS NOT NULL)", name="media"),
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("url ~ '^https?://'", name="url"),
        Index("ix_pictures_due", "next_try_at", postgresql_where=text("status = 'wanted'")),
        {"schema": "transfer"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    url: Mapped[str] = mapped_column(Text, unique=True)
    status: Mapped[str] = mapped_column(String(10), server_default="wanted")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    last_error: Mapped[str] = mapped_column(Text, server_default="")
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.media.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class PictureUse(Base):
    """Where a picture goes once it is here: to a product, in its place and with its words, or to one variant."""

    __tablename__ = "picture_uses"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position"),
        Index("uq_picture_uses_product", "product_id", "picture_id", unique=True,
              postgresql_where=text("variant_id IS NULL")),
        Index("uq_picture_uses_variant", "variant_id", unique=True, postgresql_where=text("variant_id IS NOT NULL")),
        {"schema": "transfer"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    picture_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.pictures.id", ondelete="CASCADE"), index=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    variant_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.variants.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    alt: Mapped[str] = mapped_column(String(512), server_default="")


class ImportRow(Base):
    """A file that staff handed in, on its way: looked through first, then imported if somebody says so, then undone.

    `report` is the short form of what the looking through or the import said, `report_key` where the long one is kept,
    `problem` why it could not be done at all, `entry_id` the entry of the audit log by which it is undone.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(
            "status IN ('waiting', 'checking', 'checked', 'ready', 'running', 'done', 'refused', 'failed', 'undoing',"
            " 'undone')",
            name="status",
        ),
        Index("ix_imports_created_at", "created_at"),
        Index("ix_imports_due", "created_at",
              postgresql_where=text("status IN ('waiting', 'checking', 'ready', 'running', 'undoing')")),
        {"schema": "transfer"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(255))
    file_key: Mapped[str] = mapped_column(String(120))
    bytes: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(10), server_default="waiting")
    set_stock: Mapped[bool] = mapped_column(server_default=text("false"))
    dialect: Mapped[str | None] = mapped_column(String(20))
    products_done: Mapped[int] = mapped_column(Integer, server_default="0")
    products_total: Mapped[int] = mapped_column(Integer, server_default="0")
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    problem: Mapped[str] = mapped_column(Text, server_default="")
    staff_id: Mapped[UUID | None]
    staff_role: Mapped[str] = mapped_column(String(20), server_default="")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    report_key: Mapped[str | None] = mapped_column(String(120))
    entry_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    ended_at: Mapped[datetime | None]


class ImportChange(Base):
    """What an import made of one product: as it was (nothing, if it was not there) and as it is since.

    An import is undone from these, as long as each product is still as the import has left it.
    """

    __tablename__ = "import_changes"
    __table_args__ = ({"schema": "transfer"},)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.imports.id", ondelete="CASCADE"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
