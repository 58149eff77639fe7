"""SKUs for what has none."""

from collections.abc import Sequence

from domains.catalog import VariantDraft
from domains.kit.i18n import gettext as _
from domains.transfer.goods import Goods, GoodsVariant
from domains.transfer.operations.intake import Intake, Owners
from domains.transfer.reading import address
from domains.transfer.reports import Finding

_LONGEST_SKU = 50


async def free_sku(intake: Intake, goods: Goods, variant: GoodsVariant, owners: Owners, notes: list[Finding]) -> str:
    """A SKU for a variant that has none, made from its product's address and its options."""
    wanted = sku = made_sku(goods, variant)
    number = 1
    while sku in intake.skus or any(owner.variant_id is not None for owner in owners.of(sku)):
        number += 1
        sku = f"{wanted[: _LONGEST_SKU - 5]}-{number}"
        await owners.ask([sku])
    intake.skus.add(sku)
    told = _("there is none; it was made of the handle and the options")
    notes.append(intake.finding(variant.row, "sku", told, instead=sku))
    return sku


def made_sku(goods: Goods, variant: GoodsVariant) -> str:
    return "-".join([goods.slug, *filter(None, map(address, variant.values))]).upper()[:_LONGEST_SKU].rstrip("-")


async def product_sku(intake: Intake, goods: Goods, drafts: Sequence[VariantDraft], owners: Owners) -> str:
    wanted = goods.product_sku or (drafts[0].sku if len(drafts) == 1 else goods.slug.upper()[:_LONGEST_SKU])
    sku, number = wanted, 1
    await owners.ask([sku])
    while sku in intake.product_skus or any(owner.variant_id is None for owner in owners.of(sku)):
        number += 1
        sku = f"{wanted[: _LONGEST_SKU - 5]}-{number}"
        await owners.ask([sku])
    intake.product_skus.add(sku)
    return sku
