"""Facts of downloads."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class DownloadsGranted(Event, frozen=True):
    """The buyer of an order may fetch its files from now on, or again."""

    type: ClassVar[str] = "downloads.granted"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None
