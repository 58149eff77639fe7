"""Pages and messages as others read them."""

from datetime import datetime
from uuid import UUID

import msgspec

from domains.content.states import Kind, Menu, MessageState


class PageDraft(msgspec.Struct, frozen=True):
    """A page as it is written; `body` is Markdown with placeholders."""

    slug: str
    title: str
    body: str
    description: str = ""
    kind: Kind = Kind.TEXT
    menu: Menu = Menu.NONE
    position: int = 0
    is_published: bool = True


class PageRecord(msgspec.Struct, frozen=True):
    """A page as staff see it: what is shown (or was, or never yet), and what is being written beside it."""

    id: UUID
    shown: PageDraft
    draft: PageDraft | None
    updated_at: datetime


class PageView(msgspec.Struct, frozen=True):
    """A page as it is shown; `html` is clean and its placeholders are filled."""

    slug: str
    title: str
    description: str
    html: str
    kind: Kind
    updated_at: datetime


class MenuEntry(msgspec.Struct, frozen=True):
    """A page in a menu."""

    slug: str
    title: str
    menu: Menu
    id: UUID = UUID(int=0)


class AnswerView(msgspec.Struct, frozen=True):
    """What somebody who works here answered, by mail."""

    id: UUID
    author_id: UUID | None
    body: str
    sent_at: datetime


class MessageView(msgspec.Struct, frozen=True):
    """What a visitor wrote, and what he was answered, the first answer first."""

    id: UUID
    name: str
    email: str
    order_number: str
    body: str
    sent_at: datetime
    state: MessageState
    answers: tuple[AnswerView, ...]
