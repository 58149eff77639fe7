"""Facts about the shop itself."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class ShopOpened(Event, frozen=True):
    """The shop was set up."""

    type: ClassVar[str] = "shop.opened"
    stream: ClassVar[str] = "shop"

    shop_id: UUID
    country: str
    currency: str


class ShopChanged(Event, frozen=True):
    """Settings were changed; `fields` names them."""

    type: ClassVar[str] = "shop.changed"
    stream: ClassVar[str] = "shop"

    shop_id: UUID
    fields: tuple[str, ...]
