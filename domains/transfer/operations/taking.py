"""Taking in the products of a file, batch by batch, in one transaction."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

import msgspec
import structlog

from domains import catalog, inventory, store
from domains.catalog import (
    OptionDraft,
    ProductChanges,
    ProductDraft,
    ProductRecord,
    SkuOwner,
    ValueDraft,
    VariantChanges,
    VariantDraft,
    VariantRecord,
)
from domains.kit import Transaction, crash_point
from domains.kit.i18n import gettext as _
from domains.transfer.columns import Columns
from domains.transfer.errors import ImportUnderWay
from domains.transfer.goods import Goods, GoodsVariant, own_address, read_goods
from domains.transfer.operations import picturing
from domains.transfer.operations.matching import Match, match
from domains.transfer.operations.offering import Correction, Offer, Offering, Terms, present_terms
from domains.transfer.operations.picturing import Album, Here, Pending, Shown, Wanted
from domains.transfer.reading import Sheet, address, products
from domains.transfer.reports import Finding, Outcome, Report, Result
from domains.transfer.shelves import OTHER, LeftOut, NotAValue, Shelves

log = structlog.get_logger(__name__)

_BATCH = 250
_LONGEST_SKU = 50


async def take_in(tx: Transaction, sheet: Sheet, *, set_stock: bool, media_base: str, dry_run: bool) -> Report:
    """Bring the products of a file into the shop; what is refused is said in the report, and the caller rolls back.

    A product is known by its handle, a variant by its SKU, else by its options. A column that the file has is the
    truth, an empty cell of it too; what the file has no column for stays. Emits for each product what its single
    operations emit. Raises `FileRefused`, `ImportUnderWay` and `NoWarehouse`.
    """
    if not (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext('transfer.import'))")).scalar_one():
        raise ImportUnderWay
    intake = Intake(tx, sheet, (await store.shop(tx)).currency, await Shelves.of(tx), media_base, set_stock=set_stock)
    for groups in batched(products(sheet), _BATCH):
        await intake.take([read_goods(group, sheet, intake.currency) for group in groups])
        crash_point("import.batch")
    await intake.correct_stock()
    return Report(
        dialect=sheet.columns.dialect,
        rows=sheet.rows,
        results=intake.results,
        ignored=sheet.ignored,
        dry_run=dry_run,
        categories=tuple(" > ".join(path) for path in intake.shelves.made),
        pictures=len(intake.wanted),
    )


class _Known(msgspec.Struct, frozen=True):
    """What the shop knows of a batch: its products by the file's addresses, SKUs, pictures, terms."""

    records: dict[str, ProductRecord]
    owners: "_Owners"
    album: Album
    terms: Terms


class _Owners:
    """Whose SKUs are, each asked for once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[str, list[SkuOwner]] = {}

    async def ask(self, skus: Iterable[str]) -> None:
        new = sorted(set(skus) - set(self._known))
        if new:
            self._known |= {sku: [] for sku in new} | await catalog.owners_of_skus(self._tx, new)

    def of(self, sku: str) -> list[SkuOwner]:
        """Those who have a SKU that was asked for."""
        return self._known.get(sku, [])


class _Change(msgspec.Struct):
    """A product of the shop on its way to what the file says."""

    goods: Goods
    record: ProductRecord
    match: Match
    changed: list[str] = []
    notes: list[Finding] = []


class Intake:
    """One import under way: what it has found, made and counted so far."""

    def __init__(
        self,
        tx: Transaction,
        sheet: Sheet,
        currency: str,
        shelves: Shelves,
        media_base: str,
        *,
        set_stock: bool,
    ) -> None:
        self.tx = tx
        self.sheet = sheet
        self.columns: Columns = sheet.columns
        self.currency = currency
        self.shelves = shelves
        self.media_base = media_base
        self.set_stock = set_stock
        self.results: list[Result] = []
        self.wanted: set[UUID] = set()
        self._corrections: list[Correction] = []
        self._skus = set(sheet.skus)  # those of the file and those given out
        self._product_skus: set[str] = set()
        self._moved: dict[UUID, Goods] = {}

    async def take(self, batch: Sequence[Goods]) -> None:
        """Take in some products; each has its result afterwards."""
        sound = [goods for goods in batch if not goods.problems]
        known = await self._look_up(sound)
        results: dict[str, Result] = {goods.slug: refused(goods) for goods in batch if goods.problems}
        new: list[tuple[Goods, ProductDraft, list[GoodsVariant], list[Finding]]] = []
        offer = Offer()
        pending: dict[UUID, list[Pending]] = {}
        for goods in sound:
            record = known.records.get(goods.slug)
            problems = self._strangers(goods, record, known.owners)
            if record is None:
                draft, variants, notes = await self._draft(goods, known, problems)
                if problems:
                    results[goods.slug] = refused(goods, problems)
                else:
                    new.append((goods, draft, variants, notes))
            else:
                results[goods.slug] = await self._change(goods, record, known, problems, offer, pending)
        made = await catalog.create_products(self.tx, [draft for _goods, draft, _variants, _notes in new])
        paths: dict[str, UUID] = {}
        for (goods, _draft, variants, notes), ids in zip(new, made, strict=True):
            offering = Offering(self.columns, self.shelves, Terms(), offer, set_stock=self.set_stock)
            offering.compare(goods.handle, list(zip(variants, ids.variant_ids, strict=True)), ids.variant_ids)
            default = next(
                (at for at, variant in zip(ids.variant_ids, variants, strict=True) if variant.is_default), None
            )
            if default not in {None, ids.variant_ids[0]}:
                await catalog.make_default(self.tx, default)
            pending[ids.product_id] = self._places(goods, ids.variant_ids, variants, known.album)
            for position, one in enumerate(self._pictures(goods, known.album)):
                if isinstance(one.found, Here):
                    await catalog.add_image(self.tx, ids.product_id, one.found.media_id, alt=one.alt, position=position)
            if old := own_address(goods):
                paths[catalog.product_path(old)] = ids.product_id
                notes.append(self._moved_note(goods))
            results[goods.slug] = Result(
                goods.handle, goods.row, Outcome.CREATED, (), (), (*goods.notes, *notes, *offering.notes)
            )
        await offer.write(self.tx, reference=self.sheet.path.name[:100])
        self._corrections += offer.corrections
        await picturing.keep_places(self.tx, pending)
        if paths:
            await catalog.keep_product_addresses(self.tx, paths)
        self.wanted |= {one.picture_id for uses in pending.values() for one in uses}
        self.results += [results[goods.slug] for goods in batch]

    async def correct_stock(self) -> None:
        """Set the stock of what was here already, all rows in key order at the end, so that shoppers hardly wait."""
        if not self._corrections:
            return
        changes = {(one.variant_id, one.warehouse_id): one.change for one in self._corrections}
        try:
            await inventory.adjust_all(
                self.tx,
                dict(sorted(changes.items())),
                reason=inventory.Reason.IMPORT,
                reference=self.sheet.path.name[:100],
            )
        except inventory.StockIsReserved as held:
            wrong = next(one for one in self._corrections if one.variant_id == held.variant_id)
            finding = msgspec.structs.replace(wrong.finding, problem=held.title, remedy=held.hint)
            self.results = [
                msgspec.structs.replace(result, outcome=Outcome.REFUSED, problems=(finding,))
                if result.handle == wrong.handle
                else result
                for result in self.results
            ]

    async def _look_up(self, batch: Sequence[Goods]) -> _Known:
        records = {one.slug: one for one in await catalog.product_records(self.tx, slugs=[one.slug for one in batch])}
        moved = await catalog.moved_products(self.tx, [one.slug for one in batch if one.slug not in records])
        by_id = {one.id: one for one in await catalog.product_records(self.tx, ids=list(moved.values()))}
        records |= {slug: by_id[product_id] for slug, product_id in moved.items() if product_id in by_id}
        skus = {variant.sku for goods in batch for variant in goods.variants if variant.sku}
        skus |= {self._made_sku(goods, variant) for goods in batch for variant in goods.variants if not variant.sku}
        skus |= {goods.product_sku or goods.slug.upper()[:_LONGEST_SKU] for goods in batch}
        skus.discard("")
        urls = {picture.url for goods in batch for picture in goods.pictures}
        urls |= {variant.picture for goods in batch for variant in goods.variants if variant.picture}
        owners = _Owners(self.tx)
        await owners.ask(skus)
        return _Known(
            records,
            owners,
            await picturing.open_album(self.tx, urls, [one.id for one in records.values()], self.media_base),
            await present_terms(
                self.tx,
                [variant.id for record in records.values() for variant in record.variants],
                self.currency,
                self.shelves,
            ),
        )

    def _strangers(self, goods: Goods, record: ProductRecord | None, owners: _Owners) -> list[Finding]:
        """SKUs that belong to other products here, and a product that two handles of the file would be."""
        problems = [
            Finding(
                goods.row,
                self.columns.heading("product_sku"),
                _("the SKU {sku} belongs to the product {slug} here").format(sku=goods.product_sku, slug=owner.slug),
                _("Give the product a SKU of its own, or leave the cell empty."),
            )
            for owner in owners.of(goods.product_sku)
            if owner.variant_id is None and record is not None and owner.product_id != record.id
        ]
        problems += [
            Finding(
                variant.row,
                self.columns.heading("sku"),
                _("the SKU {sku} belongs to the product {slug} here").format(sku=variant.sku, slug=owner.slug),
                _("Give the variant a SKU of its own, or use the handle {slug}.").format(slug=owner.slug),
            )
            for variant in goods.variants
            for owner in owners.of(variant.sku)
            if owner.variant_id is not None and (record is None or owner.product_id != record.id)
        ]
        if record is not None and (other := self._moved.setdefault(record.id, goods)) is not goods:
            problems.append(
                Finding(
                    goods.row,
                    self.columns.heading("handle"),
                    _("{handle} and {other} in row {row} are one product here, /products/{slug}").format(
                        handle=goods.handle, other=other.handle, row=other.row, slug=record.slug
                    ),
                    _("Remove one of the two."),
                )
            )
        return problems

    # New products

    async def _draft(
        self, goods: Goods, known: _Known, problems: list[Finding]
    ) -> tuple[ProductDraft, list[GoodsVariant], list[Finding]]:
        """The draft of a new product; what stands against it is added to `problems`."""
        notes: list[Finding] = []
        if not goods.title:
            problems.append(
                Finding(
                    goods.row, self.columns.heading("title"), _("a new product needs a title"), _("Enter its name.")
                )
            )
        variants = list(goods.variants) or [_only_variant(goods.row)]
        category_id = await self.shelves.category(self.tx, goods.category or (OTHER,))
        tax_class = await self._tax_class(goods, None, notes)
        attributes = await self._attributes(goods, category_id, {}, problems, notes)
        names = [name for name, _values in goods.options]
        drafts = []
        for variant in variants:
            sku = variant.sku or await self._free_sku(goods, variant, known.owners, notes)
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
        self._note_lost_pictures(goods, known.album, notes)
        description = goods.description or catalog.Description(None)
        draft = ProductDraft(
            sku=await self._product_sku(goods, drafts, known.owners),
            name=goods.title,
            slug=goods.slug,
            description=description.text,
            description_html=description.html,
            brand=goods.vendor,
            product_type=goods.type,
            category_id=category_id,
            other_categories=tuple(
                [await self.shelves.category(self.tx, path) for path in goods.other_categories or ()]
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

    def _places(
        self, goods: Goods, variant_ids: Sequence[UUID], variants: Sequence[GoodsVariant], album: Album
    ) -> list[Pending]:
        places = [
            Pending(one.found.picture_id, None, position, one.alt)
            for position, one in enumerate(self._pictures(goods, album))
            if isinstance(one.found, Wanted)
        ]
        for variant_id, variant in zip(variant_ids, variants, strict=True):
            picture = album.addresses.get(variant.picture or "")
            if isinstance(picture, Wanted):
                places.append(Pending(picture.picture_id, variant_id, 0, ""))
        return places

    def _pictures(self, goods: Goods, album: Album, present: Sequence[Shown] = ()) -> list[Shown]:
        given = [
            Shown(album.addresses[picture.url], picture.alt)
            for picture in goods.pictures
            if picture.url in album.addresses
        ]
        return picturing.arranged(given, present, keep_alt=not self.columns.has("image_alt"))

    def _note_lost_pictures(self, goods: Goods, album: Album, notes: list[Finding]) -> None:
        notes += [
            Finding(
                picture.row,
                self.columns.heading("image"),
                _("left out: this shop has no such picture any more"),
                _("Give the address of a picture that is there."),
            )
            for picture in goods.pictures
            if picture.url not in album.addresses
        ]

    def _moved_note(self, goods: Goods) -> Finding:
        return Finding(
            goods.row,
            self.columns.heading("handle"),
            _("the address is /products/{slug} here; the old one leads to it").format(slug=goods.slug),
        )

    async def _free_sku(self, goods: Goods, variant: GoodsVariant, owners: _Owners, notes: list[Finding]) -> str:
        """A SKU for a variant that has none, made from its product's address and its options."""
        wanted = sku = self._made_sku(goods, variant)
        number = 1
        while sku in self._skus or any(owner.variant_id is not None for owner in owners.of(sku)):
            number += 1
            sku = f"{wanted[: _LONGEST_SKU - 5]}-{number}"
            await owners.ask([sku])
        self._skus.add(sku)
        told = _("there is none; it was made of the handle and the options")
        notes.append(Finding(variant.row, self.columns.heading("sku"), told, instead=sku))
        return sku

    @staticmethod
    def _made_sku(goods: Goods, variant: GoodsVariant) -> str:
        return "-".join([goods.slug, *filter(None, map(address, variant.values))]).upper()[:_LONGEST_SKU].rstrip("-")

    async def _product_sku(self, goods: Goods, drafts: Sequence[VariantDraft], owners: _Owners) -> str:
        wanted = goods.product_sku or (drafts[0].sku if len(drafts) == 1 else goods.slug.upper()[:_LONGEST_SKU])
        sku, number = wanted, 1
        await owners.ask([sku])
        while sku in self._product_skus or any(owner.variant_id is None for owner in owners.of(sku)):
            number += 1
            sku = f"{wanted[: _LONGEST_SKU - 5]}-{number}"
            await owners.ask([sku])
        self._product_skus.add(sku)
        return sku

    # Products that are here

    async def _change(
        self,
        goods: Goods,
        record: ProductRecord,
        known: _Known,
        problems: list[Finding],
        offer: Offer,
        pending: dict[UUID, list[Pending]],
    ) -> Result:
        matched = match(goods, record, self.columns) if goods.variants else Match((), (), (), ())
        change = _Change(goods, record, matched)
        problems += matched.problems
        changes = await self._changes(change, problems)
        if problems:
            return refused(goods, problems)
        await self._write_changes(change, changes)
        ids = await self._change_variants(change, known.owners) if goods.variants else []
        offering = Offering(self.columns, self.shelves, known.terms, offer, set_stock=self.set_stock)
        fresh = [at for at, one in zip(ids, matched.pairs, strict=True) if one is None]
        offering.compare(goods.handle, list(zip(goods.variants, ids, strict=True)), fresh)
        change.changed += offering.changed
        await self._change_pictures(change, ids, known.album, pending)
        await self._publish(change, ids)
        notes = (*goods.notes, *change.notes, *offering.notes)
        changed = tuple(dict.fromkeys(self.columns.heading(field) for field in change.changed))
        outcome = Outcome.UPDATED if changed else Outcome.UNCHANGED
        return Result(goods.handle, goods.row, outcome, changed, (), notes)

    async def _changes(self, change: _Change, problems: list[Finding]) -> dict[str, Any]:
        """The columns of the product that the file has otherwise."""
        goods, record, has = change.goods, change.record, self.columns.has
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
        if has("category") and goods.category and not self.shelves.is_at(home, goods.category):
            home = changes["category_id"] = await self.shelves.category(self.tx, goods.category)
        tax_class = await self._tax_class(goods, record.tax_class, change.notes)
        if has("taxable", "tax_code") and tax_class != record.tax_class:
            changes["tax_class"] = tax_class
        attributes = await self._attributes(goods, home, dict(record.attributes), problems, change.notes)
        if attributes != dict(record.attributes) or "category_id" in changes:
            changes["attributes"] = attributes
        return changes

    async def _write_changes(self, change: _Change, changes: dict[str, Any]) -> None:
        goods, record = change.goods, change.record
        if changes:
            await catalog.change_product(self.tx, record.id, ProductChanges(**changes))
            change.changed += [_FIELD_OF.get(column, column) for column in changes if column != "attributes"]
            if dict(record.attributes) != changes.get("attributes", dict(record.attributes)):
                change.changed += ["attributes"]
        if goods.other_categories is not None:
            home = changes.get("category_id", record.category_id)
            wanted = {await self.shelves.category(self.tx, path) for path in goods.other_categories} - {home}
            present = {self.shelves.paths[category] for category in record.other_categories}
            if {self.shelves.paths[category] for category in wanted} != present:
                await catalog.place_product(self.tx, record.id, sorted(wanted))
                change.changed.append("categories")
        if record.slug != goods.slug:
            change.notes.append(
                Finding(
                    goods.row,
                    self.columns.heading("handle"),
                    _("the product is /products/{slug} here since it was renamed").format(slug=record.slug),
                )
            )
        elif old := own_address(goods):
            await catalog.keep_product_addresses(self.tx, {catalog.product_path(old): record.id})
        if change.match.left:
            skus = ", ".join(variant.sku for variant in change.match.left[:5])
            change.notes.append(
                Finding(
                    goods.row,
                    self.columns.heading("sku"),
                    _("left as they are: variants that the file does not name, {skus}").format(skus=skus),
                )
            )

    async def _change_variants(self, change: _Change, owners: _Owners) -> list[UUID]:
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
            await catalog.reshape(self.tx, record.id, matched.options, wanted)
            change.changed.append("option1_value")
        ids: list[UUID] = []
        for present, variant in zip(matched.pairs, goods.variants, strict=True):
            if present is not None:
                await self._change_variant(change, present, variant)
                ids.append(present.id)
                continue
            sku = variant.sku or await self._free_sku(goods, variant, owners, change.notes)
            draft = VariantDraft(
                sku=sku,
                values=dict(zip(names, variant.values, strict=True)),
                weight_grams=variant.grams,
                is_active=variant.is_active is not False,
                barcode=variant.barcode,
            )
            ids.append(await catalog.add_variant(self.tx, record.id, draft))
            change.changed.append("sku")
        await self._arrange(change, ids)
        return ids

    async def _change_variant(self, change: _Change, present: VariantRecord, variant: GoodsVariant) -> None:
        weight = present.weight_grams if present.weight_grams is not None else change.record.weight_grams
        given: dict[str, Any] = {}
        if variant.sku and variant.sku != present.sku.strip():
            given["sku"] = variant.sku
        if self.columns.has("barcode") and variant.barcode != ((present.barcode or "").strip() or None):
            given["barcode"] = variant.barcode
        if variant.grams is not None and variant.grams != weight:
            given["weight_grams"] = variant.grams
        if variant.is_active is not None and variant.is_active is not present.is_active:
            given["is_active"] = variant.is_active
        if given:
            await catalog.change_variant(self.tx, present.id, VariantChanges(**given))
            change.changed += [_FIELD_OF.get(column, column) for column in given]

    async def _arrange(self, change: _Change, ids: Sequence[UUID]) -> None:
        """Put the variants into the file's order, those it does not name behind them, and the first choice first."""
        record = change.record
        before = [variant.id for variant in record.variants]
        order = [*ids, *(variant.id for variant in change.match.left)]
        if [at for at in order if at in before] != before:
            for position, variant_id in enumerate(order):
                await catalog.change_variant(self.tx, variant_id, VariantChanges(position=position))
            change.changed.append("option1_value")
        if self.columns.has("default"):
            told = next((at for at, one in zip(ids, change.goods.variants, strict=True) if one.is_default), ids[0])
            present = next((variant.id for variant in record.variants if variant.is_default), None)
            if told != present:
                await catalog.make_default(self.tx, told)
                change.changed.append("default")

    async def _change_pictures(
        self, change: _Change, ids: Sequence[UUID], album: Album, pending: dict[UUID, list[Pending]]
    ) -> None:
        goods, record = change.goods, change.record
        self._note_lost_pictures(goods, album, change.notes)
        if self.columns.has("image") and goods.pictures:
            present = album.of(record)
            shown = self._pictures(goods, album, present)
            if shown != present:
                await picturing.show(self.tx, record.id, shown)
                self.wanted |= {one.found.picture_id for one in shown if isinstance(one.found, Wanted)}
                change.changed.append("image")
        present_of = {variant.id: variant.picture_id for variant in record.variants}
        for variant_id, variant in zip(ids, goods.variants, strict=True):
            picture = album.addresses.get(variant.picture or "")
            before = album.of_variant(record.id, variant_id, present_of.get(variant_id))
            if picture is None or picture == before:
                continue
            change.changed.append("variant_image")
            if isinstance(picture, Here):
                await picturing.forget_place(self.tx, variant_id)
                await catalog.change_variant(self.tx, variant_id, VariantChanges(picture_id=picture.media_id))
            else:
                pending.setdefault(record.id, []).append(Pending(picture.picture_id, variant_id, 0, ""))

    async def _publish(self, change: _Change, ids: Sequence[UUID]) -> None:
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
        await (catalog.publish if wanted else catalog.unpublish)(self.tx, record.id)
        change.changed.append("status" if self.columns.has("status") else "published")

    # Both

    async def _tax_class(self, goods: Goods, present: str | None, notes: list[Finding]) -> str:
        code = goods.tax_code
        found = await self.shelves.tax_class(self.tx, is_taxed=goods.is_taxed, code=code, present=present)
        if code and code not in self.shelves.tax_classes:
            notes.append(
                Finding(
                    goods.row,
                    self.columns.heading("tax_code"),
                    _("the shop has no tax class {code}; it is taxed as {found}").format(code=code, found=found),
                    _("Add the tax class first, or choose one for the product afterwards."),
                )
            )
        return found

    async def _attributes(
        self, goods: Goods, category_id: UUID, present: dict[str, Any], problems: list[Finding], notes: list[Finding]
    ) -> dict[str, Any]:
        """The product's attributes after the import; those that its home does not have are added to it."""
        values = dict(present)
        for place, column in self.columns.attributes.items():
            row, text = goods.attributes.get(place, (goods.row, ""))
            if not text:
                values.pop(column.code, None)
                continue
            try:
                values[column.code] = await self.shelves.value(self.tx, column, text)
            except NotAValue as error:
                problem = _("“{text}” is no {name}").format(text=text[:50], name=column.name)
                problems.append(Finding(row, self.columns.headings[place], problem, str(error)))
            except LeftOut as left:
                values.pop(column.code, None)
                notes.append(Finding(row, self.columns.headings[place], str(left)))
        await self.shelves.let_have(self.tx, category_id, values)
        for attribute in (await self.shelves.attributes_in(self.tx, category_id)).values():
            if attribute.is_required and attribute.code not in values:
                problems.append(
                    Finding(
                        goods.row,
                        attribute.name,
                        _("products of {category} need a value here").format(
                            category=" > ".join(self.shelves.paths[category_id])
                        ),
                        _(
                            "Add the column “{name} (product.metafields.attribute_{kind}.{code})” and fill it in."
                        ).format(name=attribute.name, kind=attribute.kind, code=attribute.code),
                    )
                )
        return values


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


def refused(goods: Goods, problems: Iterable[Finding] = ()) -> Result:
    """The result of a product that cannot be taken in."""
    return Result(goods.handle, goods.row, Outcome.REFUSED, (), (*goods.problems, *problems), goods.notes)


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
