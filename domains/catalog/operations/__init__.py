"""What can be done to the catalogue; each in the caller's transaction."""

import domains.catalog.operations.undoing  # noqa: F401 (registers how staff take back what they did)
from domains.catalog.operations.attributes import (
    AttributeUse,
    add_category_attributes,
    add_choices,
    define_attribute,
    set_category_attributes,
)
from domains.catalog.operations.bulk import Made, create_products
from domains.catalog.operations.categories import change_category, create_category, move_category
from domains.catalog.operations.defining import change_attribute, remove_attribute
from domains.catalog.operations.drafts import (
    OptionDraft,
    ProductChanges,
    ProductDraft,
    ValueDraft,
    VariantChanges,
    VariantDraft,
)
from domains.catalog.operations.files import add_file, make_digital, make_physical
from domains.catalog.operations.media import add_image, add_media, add_renditions, order_images
from domains.catalog.operations.products import (
    MOST_OPTIONS,
    change_product,
    create_product,
    place_product,
    publish,
    unpublish,
)
from domains.catalog.operations.redirects import category_path, keep_address, keep_product_addresses, product_path
from domains.catalog.operations.removing import archive, delete_product, expect_version, hold_products, take_back
from domains.catalog.operations.shelving import (
    MOST_LEVELS,
    check_room_below,
    expect_category_version,
    put_category,
    remove_category,
)
from domains.catalog.operations.variants import (
    add_option_value,
    add_variant,
    change_variant,
    make_default,
    reshape,
)

__all__ = [
    "MOST_LEVELS",
    "MOST_OPTIONS",
    "AttributeUse",
    "Made",
    "OptionDraft",
    "ProductChanges",
    "ProductDraft",
    "ValueDraft",
    "VariantChanges",
    "VariantDraft",
    "add_category_attributes",
    "add_choices",
    "add_file",
    "add_image",
    "add_media",
    "add_option_value",
    "add_renditions",
    "add_variant",
    "archive",
    "category_path",
    "change_attribute",
    "change_category",
    "change_product",
    "change_variant",
    "check_room_below",
    "create_category",
    "create_product",
    "create_products",
    "define_attribute",
    "delete_product",
    "expect_category_version",
    "expect_version",
    "hold_products",
    "keep_address",
    "keep_product_addresses",
    "make_default",
    "make_digital",
    "make_physical",
    "move_category",
    "order_images",
    "place_product",
    "product_path",
    "publish",
    "put_category",
    "remove_attribute",
    "remove_category",
    "reshape",
    "set_category_attributes",
    "take_back",
    "unpublish",
]
