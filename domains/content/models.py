"""Tables of content: pages, and messages of the contact form."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")


class PageRow(Base):
    """A page: `body` as it was written (Markdown), `html` as it is shown but for its placeholders.

    `draft` holds the fields as they are to be, while they are not yet shown.
    """

    __tablename__ = "pages"
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("kind IN ('text', 'delivery', 'contact')", name="kind"),
        CheckConstraint("menu IN ('service', 'legal', 'none')", name="menu"),
        {"schema": "content"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(150))
    description: Mapped[str] = mapped_column(String(200), server_default="")
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20), server_default="text")
    menu: Mapped[str] = mapped_column(String(20), server_default="none")
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    is_published: Mapped[bool] = mapped_column(server_default=text("false"))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class MessageRow(Base):
    """What a visitor wrote, until it is mailed and forgotten."""

    __tablename__ = "messages"
    __table_args__ = ({"schema": "content"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(EncryptedText("content.messages.name"))
    email: Mapped[str] = mapped_column(EncryptedText("content.messages.email"))
    order_number: Mapped[str] = mapped_column(String(40), server_default="")
    body: Mapped[str] = mapped_column(EncryptedText("content.messages.body"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW, index=True)
