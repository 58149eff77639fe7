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
