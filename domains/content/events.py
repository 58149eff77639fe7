"""Facts about pages and messages; ids only, never what was written."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class PageChanged(Event, frozen=True):
    """A page was made or changed."""

    type: ClassVar[str] = "page.changed"
    stream: ClassVar[str] = "page"

    page_id: UUID


class MessageReceived(Event, frozen=True):
    """A visitor wrote by the contact form."""

    type: ClassVar[str] = "message.received"
    stream: ClassVar[str] = "message"

    message_id: UUID


class MessageAnswered(Event, frozen=True):
    """Staff answered what a visitor wrote; the answer goes out by mail."""

    type: ClassVar[str] = "message.answered"
    stream: ClassVar[str] = "message"

    message_id: UUID
    answer_id: UUID


class HomeChanged(Event, frozen=True):
    """Another home page is shown."""

    type: ClassVar[str] = "home.changed"
    stream: ClassVar[str] = "home"

    home_id: UUID


class MenuChanged(Event, frozen=True):
    """A menu of the header or the footer was changed."""

    type: ClassVar[str] = "menu.changed"
    stream: ClassVar[str] = "menu"

    menu_id: UUID
