"""Facts about prices."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class PriceChanged(Event, frozen=True):
    """A variant has or will have a new price from `valid_from` on; amounts are in minor units."""

    type: ClassVar[str] = "price.changed"
    stream: ClassVar[str] = "variant"

    variant_id: UUID
    currency: str
    amount: int
    compare_at: int | None
    valid_from: datetime
