"""Tables of content: pages, and messages of the contact form."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
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
    """What a visitor wrote, and what became of it; forgotten some time after it was settled."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'closed')", name="state"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_at"),
        Index("ix_messages_created_at_id", "created_at", "id"),
        Index("ix_messages_open", "created_at", "id", postgresql_where=text("state = 'open'")),
        Index("ix_messages_settled_at", "settled_at", postgresql_where=text("settled_at IS NOT NULL")),
        Index("ix_messages_email_hash", "email_hash", "created_at"),
        Index("ix_messages_order_number", "order_number", postgresql_where=text("order_number <> ''")),
        {"schema": "content"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(EncryptedText("content.messages.name"))
    email: Mapped[str] = mapped_column(EncryptedText("content.messages.email"))
    order_number: Mapped[str] = mapped_column(String(40), server_default="")
    body: Mapped[str] = mapped_column(EncryptedText("content.messages.body"))
    email_hash: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(String(20), server_default="open")
    settled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class AnswerRow(Base):
    """What staff answered, by mail. Its id comes with the form, so that a form sent twice is one answer."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_message_id", "message_id", "created_at"), {"schema": "content"})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("content.messages.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None]
    body: Mapped[str] = mapped_column(EncryptedText("content.answers.body"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class HomeRow(Base):
    """The one row of the home page: its sections, and the draft beside them. Without `sections` it is the usual one."""

    __tablename__ = "home"
    __table_args__ = (CheckConstraint("only_row", name="one_row"), {"schema": "content"})

    only_row: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    sections: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    draft: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class MenuRow(Base):
    """A menu as staff made it; one that fills itself has no row."""

    __tablename__ = "menus"
    __table_args__ = (
        CheckConstraint("name IN ('header', 'goods', 'service', 'legal')", name="name"),
        {"schema": "content"},
    )

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(String(60), server_default="")
    links: Mapped[list[Any]] = mapped_column(JSONB)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class RedirectRow(Base):
    """An address where nothing is any more, and where it leads: to an address, or to a page whatever its slug is."""

    __tablename__ = "redirects"
    __table_args__ = (
        CheckConstraint("path ~ '^/[^/]' AND path !~ '//'", name="path"),
        CheckConstraint("target ~ '^/' AND target !~ '^//'", name="target"),
        CheckConstraint("(target IS NULL) <> (page_id IS NULL)", name="leads_somewhere"),
        CheckConstraint("target <> path", name="leads_away"),
        Index("ix_redirects_created_at_id", "created_at", "id"),
        {"schema": "content"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    path: Mapped[str] = mapped_column(String(300), unique=True)
    target: Mapped[str | None] = mapped_column(String(600))
    page_id: Mapped[UUID | None] = mapped_column(ForeignKey("content.pages.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
