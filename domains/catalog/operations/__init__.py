"""What can be done to the catalogue; each in the caller's transaction."""

from domains.catalog.operations.attributes import AttributeUse, define_attribute, set_category_attributes
from domains.catalog.operations.categories import change_category, create_category, move_category
from domains.catalog.operations.drafts import (
    OptionDraft,
    ProductChanges,
    ProductDraft,
    ValueDraft,
    VariantChanges,
    VariantDraft,
)
from domains.catalog.operations.media import add_image, add_media, add_renditions, order_images
from domains.catalog.operations.products import (
    change_product,
    create_product,
    place_product,
    publish,
    unpublish,
)
from domains.catalog.operations.variants import (
    add_option_value,
    add_variant,
    change_variant,
    make_default,
)

__all__ = [
    "AttributeUse",
    "OptionDraft",
    "ProductChanges",
    "ProductDraft",
    "ValueDraft",
    "VariantChanges",
    "VariantDraft",
    "add_image",
    "add_media",
    "add_option_value",
    "add_renditions",
    "add_variant",
    "change_category",
    "change_product",
    "change_variant",
    "create_category",
    "create_product",
    "define_attribute",
    "make_default",
    "move_category",
    "order_images",
    "place_product",
    "publish",
    "set_category_attributes",
    "unpublish",
]
