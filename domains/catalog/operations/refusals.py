"""The database's refusals in the shopkeeper's words, so that two people saving at once get the same answer as one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from domains.catalog.errors import CategoryBelowItself
from domains.kit import Invalid
from domains.kit.i18n import gettext as _

_FIELDS = {
    "uq_products_sku": ("sku", _("Another product has this SKU. Choose a different one.")),
    "uq_variants_sku": ("sku", _("Another variant has this SKU. Choose a different one.")),
    "uq_products_slug": ("slug", _("Another product has this address. Choose a different one.")),
    "uq_categories_slug": ("slug", _("Another category has this address. Choose a different one.")),
    "ck_products_slug": ("slug", _("Use small letters, digits and single hyphens, such as oak-table.")),
    "ck_categories_slug": ("slug", _("Use small letters, digits and single hyphens, such as oak-table.")),
    "ck_products_sku": ("sku", _("Enter a SKU without spaces around it.")),
    "ck_variants_sku": ("sku", _("Enter a SKU without spaces around it.")),
    "ck_products_name": ("name", _("Enter a name.")),
    "ck_categories_name": ("name", _("Enter a name.")),
    "ck_products_brand": ("brand", _("Enter a brand, or leave it out.")),
    "ck_products_product_type": ("product_type", _("Enter a type, or leave it out.")),
    "ck_products_seo": ("seo_title", _("Enter a title and a text for search engines, or leave them out.")),
    "ck_variants_barcode": ("barcode", _("Enter a barcode, or leave it out.")),
    "ck_products_weight_grams": ("weight_grams", _("Enter a weight of 0 grams or more.")),
    "ck_variants_weight_grams": ("weight_grams", _("Enter a weight of 0 grams or more.")),
    "ck_option_values_swatch": ("swatch", _("Enter a colour such as #8a9a5b.")),
    "ck_attributes_code": ("code", _("Use small letters, digits and _, beginning with a letter.")),
    "pk_attributes": ("code", _("Another attribute has this code. Choose a different one.")),
    "uq_options_product_id_name": ("options", _("The product already has an option of this name.")),
    "uq_option_values_option_id_value": ("options", _("The option already has this value.")),
    "uq_variants_product_id_combination": ("variants", _("Another variant is this very combination of options.")),
    "fk_products_category_id": ("category_id", _("Choose a category from the list.")),
    "fk_categories_parent_id": ("parent_id", _("Choose a category from the list.")),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a constraint refuses inside the block into `Invalid` with its field, or `CategoryBelowItself`."""
    try:
        yield
    except DBAPIError as error:
        cause = getattr(error.orig, "__cause__", None)
        constraint = getattr(cause, "constraint_name", None) or ""
        if constraint in {"ck_categories_circle", "ck_categories_own_parent"}:
            raise CategoryBelowItself from error
        if constraint in _FIELDS:
            field, problem = _FIELDS[constraint]
            raise Invalid({field: problem}) from error
        raise


def check_length(fields: dict[str, str], **limits: tuple[str | None, int]) -> None:
    """Add a refusal to `fields` for each text that is longer than its column."""
    for field, (value, longest) in limits.items():
        if value is not None and len(value) > longest:
            fields[field] = _("Use at most {longest} characters.").format(longest=longest)
