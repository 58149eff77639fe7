"""What can be asked of the catalogue, loaded whole."""

from domains.catalog.queries.choosing import chosen_variant
from domains.catalog.queries.media import pictures_of, without_renditions
from domains.catalog.queries.products import (
    count_products,
    product,
    product_by_slug,
    replay,
    sitemap_entries,
    variant_by_sku,
    variants,
    variants_of,
)
from domains.catalog.queries.tree import attributes_of, category_by_slug, trail, tree
from domains.catalog.queries.views import (
    AttributeValue,
    AttributeView,
    CategoryNode,
    CategoryView,
    Crumb,
    OptionView,
    Picture,
    ProductVariant,
    ProductView,
    Rendition,
    ValueView,
    VariantView,
)

__all__ = [
    "AttributeValue",
    "AttributeView",
    "CategoryNode",
    "CategoryView",
    "Crumb",
    "OptionView",
    "Picture",
    "ProductVariant",
    "ProductView",
    "Rendition",
    "ValueView",
    "VariantView",
    "attributes_of",
    "category_by_slug",
    "chosen_variant",
    "count_products",
    "pictures_of",
    "product",
    "product_by_slug",
    "replay",
    "sitemap_entries",
    "trail",
    "tree",
    "variant_by_sku",
    "variants",
    "variants_of",
    "without_renditions",
]
