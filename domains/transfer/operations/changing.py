"""Products of a file that the shop has: what differs is changed, and nothing else."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import (
    OptionDraft,
    ProductChanges,
    ProductRecord,
    ValueDraft,
    VariantChanges,
    VariantDraft,
    VariantRecord,
)
from domains.kit.i18n import gettext as _
from domains.transfer.goods import Goods, GoodsVariant, own_address
from domains.transfer.operations import picturing
from domains.transfer.operations.describing import attributes_of, note_lost_pictures, pictures_of, tax_class_of
from domains.transfer.operations.intake import Intake, Known, Owners, refused
from domains.transfer.operations.matching import Match, match
from domains.transfer.operations.naming import free_sku
from domains.transfer.operations.offering import Offer, Offering
from domains.transfer.operations.picturing import Album, Here, Pending, Wanted
from domains.transfer.reports import Finding, Outcome, Result

_FIELD_OF = {
    "sku": "sku",
    "name": "title",
    "description_html": "description",
    "brand": "vendor",
    "product_type": "type",
    "category_id": "category",
    "tax_class": "taxable",
    "weight_grams": "grams",
    "is_active": "requires_shipping",
}


class Change(msgspec.Struct):
    """A product of the shop on its way to what the file says."""

    goods: Goods
    record: ProductRecord
    match: Match
    changed: list[str] = []
    notes: list[Finding] = []


async def change(
    intake: Intake,
    goods: Goods,
    record: ProductRecord,
    known: Known,
    problems: list[Finding],
    offer: Offer,
    pending: dict[UUID, list[Pending]],
) -> Result:
    matched = match(goods, record, intake.columns) if goods.variants else Match((), (), (), ())
    change = Change(goods, record, matched)
    problems += matched.problems
    changes = await _changes(intake, change, problems)
    if problems:
        return refused(goods, problems)
    await _write_changes(intake, change, changes)
    ids = await _change_variants(intake, change, known.owners) if goods.variants else []
    offering = Offering(intake.columns, intake.shelves, known.terms, offer, set_stock=intake.set_stock)
    fresh = [at for at, one in zip(ids, matched.pairs, strict=True) if one is None]
    offering.compare(goods.handle, list(zip(goods.variants, ids, strict=True)), fresh)
    change.changed += offering.changed
    await _change_pictures(intake, change, ids, known.album, pending)
    await _publish(intake, change, ids)
    notes = (*goods.notes, *change.notes, *offering.notes)
    changed = tuple(dict.fromkeys(intake.columns.heading(field) for field in change.changed))
    outcome = Outcome.UPDATED if changed else Outcome.UNCHANGED
    return Result(goods.handle, goods.row, outcome, changed, (), notes)


async def _changes(intake: Intake, change: Change, problems: list[Finding]) -> dict[str, Any]:
    """The columns of the product that the file has otherwise."""
    goods, record, has = change.goods, change.record, intake.columns.has
    changes: dict[str, Any] = {}
    if goods.product_sku and goods.product_sku != record.sku:
        changes["sku"] = goods.product_sku
    if goods.title and goods.title != record.name.strip():
        changes["name"] = goods.title
    if goods.description is not None:
        present = catalog.read_description(catalog.write_description(record.description, record.description_html))
        if (present.text, present.html) != (goods.description.text, goods.description.html):
            changes |= {"description": goods.description.text, "description_html": goods.description.html}
    for field, column, value in (
        ("vendor", "brand", goods.vendor),
        ("type", "product_type", goods.type),
        ("seo_title", "seo_title", goods.seo_title),
        ("seo_description", "seo_description", goods.seo_description),
    ):
        if has(field) and (getattr(record, column) or "").strip() != (value or ""):
            changes[column] = value
    if has("tags") and goods.tags != record.tags:
        changes["tags"] = goods.tags
    home = record.category_id
    if has("category") and goods.category and not intake.shelves.is_at(home, goods.category):
        home = changes["category_id"] = await intake.shelves.category(intake.tx, goods.category)
    tax_class = await tax_class_of(intake, goods, record.tax_class, change.notes)
    if has("taxable", "tax_code") and tax_class != record.tax_class:
        changes["tax_class"] = tax_class
    attributes = await attributes_of(intake, goods, home, dict(record.attributes), problems, change.notes)
    if attributes != dict(record.attributes) or "category_id" in changes:
        changes["attributes"] = attributes
    return changes


async def _write_changes(intake: Intake, change: Change, changes: dict[str, Any]) -> None:
    goods, record = change.goods, change.record
    if changes:
        await catalog.change_product(intake.tx, record.id, ProductChanges(**changes))
        change.changed += [_FIELD_OF.get(column, column) for column in changes if column != "attributes"]
        if dict(record.attributes) != changes.get("attributes", dict(record.attributes)):
            change.changed += ["attributes"]
    if goods.other_categories is not None:
        home = changes.get("category_id", record.category_id)
        wanted = {await intake.shelves.category(intake.tx, path) for path in goods.other_categories} - {home}
        present = {intake.shelves.paths[category] for category in record.other_categories}
        if {intake.shelves.paths[category] for category in wanted} != present:
            await catalog.place_product(intake.tx, record.id, sorted(wanted))
            change.changed.append("categories")
    if record.slug != goods.slug:
        change.notes.append(
            intake.finding(
                goods.row,
                "handle",
                _("the product is /products/{slug} here since it was renamed").format(slug=record.slug),
            )
        )
    elif old := own_address(goods):
        await catalog.keep_product_addresses(intake.tx, {catalog.product_path(old): record.id})
    if change.match.left:
        skus = ", ".join(variant.sku for variant in change.match.left[:5])
        change.notes.append(
            intake.finding(
                goods.row,
                "sku",
                _("left as they are: variants that the file does not name, {skus}").format(skus=skus),
            )
        )


async def _change_variants(intake: Intake, change: Change, owners: Owners) -> list[UUID]:
    """Bring options and variants to what the file says; the variants' ids in the file's order."""
    goods, record, matched = change.goods, change.record, change.match
    names = [option.name for option in matched.options]
    wanted = {
        present.id: dict(zip(names, variant.values, strict=True))
        for present, variant in zip(matched.pairs, goods.variants, strict=True)
        if present is not None
    }
    wanted |= {variant.id: {name: variant.values.get(name, "") for name in names} for variant in matched.left}
    here = tuple(
        OptionDraft(option.name, tuple(ValueDraft(value.value, value.swatch) for value in option.values))
        for option in record.options
    )
    if here != matched.options or any(wanted[one.id] != dict(one.values) for one in record.variants):
        await catalog.reshape(intake.tx, record.id, matched.options, wanted)
        change.changed.append("option1_value")
    ids: list[UUID] = []
    for present, variant in zip(matched.pairs, goods.variants, strict=True):
        if present is not None:
            await _change_variant(intake, change, present, variant)
            ids.append(present.id)
            continue
        sku = variant.sku or await free_sku(intake, goods, variant, owners, change.notes)
        draft = VariantDraft(
            sku=sku,
            values=dict(zip(names, variant.values, strict=True)),
            weight_grams=variant.grams,
            is_active=variant.is_active is not False,
            barcode=variant.barcode,
        )
        ids.append(await catalog.add_variant(intake.tx, record.id, draft))
        change.changed.append("sku")
    await _arrange(intake, change, ids)
    return ids


async def _change_variant(intake: Intake, change: Change, present: VariantRecord, variant: GoodsVariant) -> None:
    weight = present.weight_grams if present.weight_grams is not None else change.record.weight_grams
    given: dict[str, Any] = {}
    if variant.sku and variant.sku != present.sku.strip():
        given["sku"] = variant.sku
    if intake.columns.has("barcode") and variant.barcode != ((present.barcode or "").strip() or None):
        given["barcode"] = variant.barcode
    if variant.grams is not None and variant.grams != weight:
        given["weight_grams"] = variant.grams
    if variant.is_active is not None and variant.is_active is not present.is_active:
        given["is_active"] = variant.is_active
    if given:
        await catalog.change_variant(intake.tx, present.id, VariantChanges(**given))
        change.changed += [_FIELD_OF.get(column, column) for column in given]


async def _arrange(intake: Intake, change: Change, ids: Sequence[UUID]) -> None:
    """Put the variants into the file's order, those it does not name behind them, and the first choice first."""
    record = change.record
    before = [variant.id for variant in record.variants]
    order = [*ids, *(variant.id for variant in change.match.left)]
    if [at for at in order if at in before] != before:
        for position, variant_id in enumerate(order):
            await catalog.change_variant(intake.tx, variant_id, VariantChanges(position=position))
        change.changed.append("option1_value")
    if intake.columns.has("default"):
        told = next((at for at, one in zip(ids, change.goods.variants, strict=True) if one.is_default), ids[0])
        present = next((variant.id for variant in record.variants if variant.is_default), None)
        if told != present:
            await catalog.make_default(intake.tx, told)
            change.changed.append("default")


async def _change_pictures(
    intake: Intake, change: Change, ids: Sequence[UUID], album: Album, pending: dict[UUID, list[Pending]]
) -> None:
    goods, record = change.goods, change.record
    note_lost_pictures(intake, goods, album, change.notes)
    if intake.columns.has("image") and goods.pictures:
        present = album.of(record)
        shown = pictures_of(intake, goods, album, present)
        if shown != present:
            await picturing.show(intake.tx, record.id, shown)
            intake.wanted |= {one.found.picture_id for one in shown if isinstance(one.found, Wanted)}
            change.changed.append("image")
    present_of = {variant.id: variant.picture_id for variant in record.variants}
    for variant_id, variant in zip(ids, goods.variants, strict=True):
        picture = album.addresses.get(variant.picture or "")
        before = album.of_variant(record.id, variant_id, present_of.get(variant_id))
        if picture is None or picture == before:
            continue
        change.changed.append("variant_image")
        if isinstance(picture, Here):
            await picturing.forget_place(intake.tx, variant_id)
            await catalog.change_variant(intake.tx, variant_id, VariantChanges(picture_id=picture.media_id))
        else:
            pending.setdefault(record.id, []).append(Pending(picture.picture_id, variant_id, 0, ""))


async def _publish(intake: Intake, change: Change, ids: Sequence[UUID]) -> None:
    goods, record = change.goods, change.record
    wanted = False if not goods.is_sellable else goods.is_active
    told = {at: variant.is_active for at, variant in zip(ids, goods.variants, strict=True)}
    active = {variant.id: variant.is_active for variant in record.variants}
    active |= {at: is_active is not False for at, is_active in told.items() if at not in active}
    active |= {at: is_active for at, is_active in told.items() if is_active is not None}
    if not any(active.values()):
        wanted = False
    if wanted is None or wanted is record.is_active:
        return
    await (catalog.publish if wanted else catalog.unpublish)(intake.tx, record.id)
    change.changed.append("status" if intake.columns.has("status") else "published")
