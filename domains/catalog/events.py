"""Facts of the catalogue."""

from typing import Any, ClassVar
from uuid import UUID

from domains.kit import Event


class ProductCreated(Event, frozen=True):
    """A product stands in the catalogue; `values` are its columns, so that its stream replays to its row."""

    type: ClassVar[str] = "product.created"
    stream: ClassVar[str] = "product"

    product_id: UUID
    values: dict[str, Any]


class ProductUpdated(Event, frozen=True):
    """`changes` are the columns that changed; `parts` names what changed beside them: variants, images, categories."""

    type: ClassVar[str] = "product.updated"
    stream: ClassVar[str] = "product"

    product_id: UUID
    changes: dict[str, Any] = {}
    parts: tuple[str, ...] = ()


class ProductPublished(Event, frozen=True):
    """Shoppers can see the product from now on."""

    type: ClassVar[str] = "product.published"
    stream: ClassVar[str] = "product"

    product_id: UUID


class ProductUnpublished(Event, frozen=True):
    """Shoppers can no longer see the product."""

    type: ClassVar[str] = "product.unpublished"
    stream: ClassVar[str] = "product"

    product_id: UUID


class CategoryChanged(Event, frozen=True):
    """A category was made, renamed, moved, shown or hidden."""

    type: ClassVar[str] = "category.changed"
    stream: ClassVar[str] = "category"

    category_id: UUID


class MediaAdded(Event, frozen=True):
    """A picture is stored and waits for its renditions."""

    type: ClassVar[str] = "media.added"
    stream: ClassVar[str] = "media"

    media_id: UUID


class MediaRendered(Event, frozen=True):
    """The renditions of a picture are stored; pages can offer them."""

    type: ClassVar[str] = "media.rendered"
    stream: ClassVar[str] = "media"

    media_id: UUID
