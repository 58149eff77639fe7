"""Products of a file that the shop does not have yet."""

from collections.abc import Sequence
from uuid import UUID

from domains import catalog
from domains.catalog import OptionDraft, ProductDraft, ValueDraft, VariantDraft
from domains.kit.i18n import gettext as _
from domains.transfer.goods import Goods, GoodsVariant
from domains.transfer.operations.describing import attributes_of, note_lost_pictures, pictures_of, tax_class_of
from domains.transfer.operations.intake import Intake, Known
from domains.transfer.operations.naming import free_sku, product_sku
from domains.transfer.operations.picturing import Album, Here, Pending, Wanted
from domains.transfer.reports import Finding
from domains.transfer.shelves import OTHER


async def draft_of(
    intake: Intake, goods: Goods, known: Known, problems: list[Finding]
) -> tuple[ProductDraft, list[GoodsVariant], list[Finding]]:
    """The draft of a new product; what stands against it is added to `problems`."""
    notes: list[Finding] = []
    if not goods.title:
        problems.append(intake.finding(goods.row, "title", _("a new product needs a title"), _("Enter its name.")))
    variants = list(goods.variants) or [_only_variant(goods.row)]
    category_id = await intake.shelves.category(intake.tx, goods.category or (OTHER,))
    tax_class = await tax_class_of(intake, goods, None, notes)
    attributes = await attributes_of(intake, goods, category_id, {}, problems, notes)
    names = [name for name, _values in goods.options]
    drafts = []
    for variant in variants:
        sku = variant.sku or await free_sku(intake, goods, variant, known.owners, notes)
        picture = known.album.addresses.get(variant.picture or "")
        drafts.append(
            VariantDraft(
                sku=sku,
                values=dict(zip(names, variant.values, strict=True)),
                weight_grams=variant.grams,
                picture_id=picture.media_id if isinstance(picture, Here) else None,
                is_active=variant.is_active is not False,
                barcode=variant.barcode,
            )
        )
    active = goods.is_active is not False and goods.is_sellable and any(draft.is_active for draft in drafts)
    note_lost_pictures(intake, goods, known.album, notes)
    description = goods.description or catalog.Description(None)
    draft = ProductDraft(
        sku=await product_sku(intake, goods, drafts, known.owners),
        name=goods.title,
        slug=goods.slug,
        description=description.text,
        description_html=description.html,
        brand=goods.vendor,
        product_type=goods.type,
        category_id=category_id,
        other_categories=tuple(
            [await intake.shelves.category(intake.tx, path) for path in goods.other_categories or ()]
        ),
        tax_class=tax_class,
        attributes=attributes,
        tags=goods.tags,
        seo_title=goods.seo_title,
        seo_description=goods.seo_description,
        options=tuple(
            OptionDraft(name, tuple(ValueDraft(value, swatch) for value, swatch in values))
            for name, values in goods.options
        ),
        variants=tuple(drafts),
        is_active=active,
    )
    return draft, variants, notes


def places(
    intake: Intake, goods: Goods, variant_ids: Sequence[UUID], variants: Sequence[GoodsVariant], album: Album
) -> list[Pending]:
    places = [
        Pending(one.found.picture_id, None, position, one.alt)
        for position, one in enumerate(pictures_of(intake, goods, album))
        if isinstance(one.found, Wanted)
    ]
    for variant_id, variant in zip(variant_ids, variants, strict=True):
        picture = album.addresses.get(variant.picture or "")
        if isinstance(picture, Wanted):
            places.append(Pending(picture.picture_id, variant_id, 0, ""))
    return places


def moved_note(intake: Intake, goods: Goods) -> Finding:
    return intake.finding(
        goods.row,
        "handle",
        _("the address is /products/{slug} here; the old one leads to it").format(slug=goods.slug),
    )


def _only_variant(row: int) -> GoodsVariant:
    return GoodsVariant(
        row=row,
        values=(),
        sku="",
        barcode=None,
        price=None,
        compare_at=None,
        cost=None,
        grams=None,
        quantity=None,
        backorder=None,
        is_active=None,
        picture=None,
        is_default=False,
    )
