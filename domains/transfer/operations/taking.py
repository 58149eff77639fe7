"""Taking in the products of a file, batch by batch, in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import batched
from uuid import UUID

import msgspec

from domains import catalog, inventory, store
from domains.catalog import ProductDraft, ProductRecord
from domains.kit import Transaction, crash_point
from domains.kit.i18n import gettext as _
from domains.transfer.errors import ImportUnderWay
from domains.transfer.goods import Goods, GoodsVariant, own_address
from domains.transfer.operations import picturing
from domains.transfer.operations.changing import change
from domains.transfer.operations.creating import draft_of, moved_note, places
from domains.transfer.operations.describing import pictures_of
from domains.transfer.operations.history import History
from domains.transfer.operations.intake import Intake, Known, Owners, refused
from domains.transfer.operations.naming import made_sku
from domains.transfer.operations.offering import Offer, Offering, Terms, present_terms
from domains.transfer.operations.picturing import Here, Pending
from domains.transfer.reading import Sheet, products
from domains.transfer.reports import Finding, Outcome, Report, Result
from domains.transfer.rows import read_goods
from domains.transfer.shelves import Shelves

_BATCH = 250
_LONGEST_SKU = 50


type Progress = Callable[[int], Awaitable[None]]


async def take_in(
    tx: Transaction,
    sheet: Sheet,
    *,
    set_stock: bool,
    media_base: str,
    dry_run: bool,
    progress: Progress | None = None,
    import_id: UUID | None = None,
) -> Report:
    """Bring the products of a file into the shop; what is refused is said in the report, and the caller rolls back.

    A product is known by its handle, a variant by its SKU, else by its options. A column that the file has is the
    truth, an empty cell of it too; what the file has no column for stays. `progress` is told how many products are
    done; with `import_id` it is kept what each product was, so that the import can be undone. Emits for each product
    what its single operations emit. Raises `FileRefused`, `ImportUnderWay` and `NoWarehouse`.
    """
    if not (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext('transfer.import'))")).scalar_one():
        raise ImportUnderWay
    currency, shelves = (await store.shop(tx)).currency, await Shelves.of(tx)
    history = History(import_id, currency, shelves) if import_id is not None else None
    intake = Intake(tx, sheet, currency, shelves, media_base, set_stock=set_stock, history=history)
    for groups in batched(products(sheet), _BATCH):
        await take(intake, [read_goods(group, sheet, intake.currency) for group in groups])
        crash_point("import.batch")
        if progress is not None:
            await progress(len(intake.results))
    await correct_stock(intake)
    return Report(
        dialect=sheet.columns.dialect,
        rows=sheet.rows,
        results=intake.results,
        ignored=sheet.ignored,
        dry_run=dry_run,
        categories=tuple(" > ".join(path) for path in intake.shelves.made),
        pictures=len(intake.wanted),
    )


async def take(intake: Intake, batch: Sequence[Goods]) -> None:
    """Take in some products; each has its result afterwards."""
    sound = [goods for goods in batch if not goods.problems]
    known = await _look_up(intake, sound)
    results: dict[str, Result] = {goods.slug: refused(goods) for goods in batch if goods.problems}
    new: list[tuple[Goods, ProductDraft, list[GoodsVariant], list[Finding]]] = []
    offer = Offer()
    pending: dict[UUID, list[Pending]] = {}
    for goods in sound:
        record = known.records.get(goods.slug)
        problems = _strangers(intake, goods, record, known.owners)
        if record is None:
            draft, variants, notes = await draft_of(intake, goods, known, problems)
            if problems:
                results[goods.slug] = refused(goods, problems)
            else:
                new.append((goods, draft, variants, notes))
        else:
            results[goods.slug] = await change(intake, goods, record, known, problems, offer, pending)
    made = await catalog.create_products(intake.tx, [draft for _goods, draft, _variants, _notes in new])
    paths: dict[str, UUID] = {}
    for (goods, _draft, variants, notes), ids in zip(new, made, strict=True):
        offering = Offering(intake.columns, intake.shelves, Terms(), offer, set_stock=intake.set_stock)
        offering.compare(goods.handle, list(zip(variants, ids.variant_ids, strict=True)), ids.variant_ids)
        default = next((at for at, variant in zip(ids.variant_ids, variants, strict=True) if variant.is_default), None)
        if default not in {None, ids.variant_ids[0]}:
            await catalog.make_default(intake.tx, default)
        pending[ids.product_id] = places(intake, goods, ids.variant_ids, variants, known.album)
        for position, one in enumerate(pictures_of(intake, goods, known.album)):
            if isinstance(one.found, Here):
                await catalog.add_image(intake.tx, ids.product_id, one.found.media_id, alt=one.alt, position=position)
        if old := own_address(goods):
            paths[catalog.product_path(old)] = ids.product_id
            notes.append(moved_note(intake, goods))
        results[goods.slug] = Result(
            goods.handle, goods.row, Outcome.CREATED, (), (), (*goods.notes, *notes, *offering.notes)
        )
    await offer.write(intake.tx, reference=intake.sheet.path.name[:100])
    intake.corrections += offer.corrections
    await picturing.keep_places(intake.tx, pending)
    if paths:
        await catalog.keep_product_addresses(intake.tx, paths)
    intake.wanted |= {one.picture_id for uses in pending.values() for one in uses}
    intake.results += [results[goods.slug] for goods in batch]
    if intake.history is not None:
        updated = [
            known.records[goods.slug]
            for goods in sound
            if goods.slug in known.records and results[goods.slug].outcome is Outcome.UPDATED
        ]
        await intake.history.keep(intake.tx, updated, known.terms, [ids.product_id for ids in made])


async def correct_stock(
    intake: Intake,
) -> None:
    """Set the stock of what was here already, all rows in key order at the end, so that shoppers hardly wait."""
    if not intake.corrections:
        return
    changes = {(one.variant_id, one.warehouse_id): one.change for one in intake.corrections}
    try:
        await inventory.adjust_all(
            intake.tx,
            dict(sorted(changes.items())),
            reason=inventory.Reason.IMPORT,
            reference=intake.sheet.path.name[:100],
        )
    except inventory.StockIsReserved as held:
        wrong = next(one for one in intake.corrections if one.variant_id == held.variant_id)
        finding = msgspec.structs.replace(wrong.finding, problem=held.title, remedy=held.hint)
        intake.results = [
            msgspec.structs.replace(result, outcome=Outcome.REFUSED, problems=(finding,))
            if result.handle == wrong.handle
            else result
            for result in intake.results
        ]


async def _look_up(intake: Intake, batch: Sequence[Goods]) -> Known:
    records = {one.slug: one for one in await catalog.product_records(intake.tx, slugs=[one.slug for one in batch])}
    moved = await catalog.moved_products(intake.tx, [one.slug for one in batch if one.slug not in records])
    by_id = {one.id: one for one in await catalog.product_records(intake.tx, ids=list(moved.values()))}
    records |= {slug: by_id[product_id] for slug, product_id in moved.items() if product_id in by_id}
    skus = {variant.sku for goods in batch for variant in goods.variants if variant.sku}
    skus |= {made_sku(goods, variant) for goods in batch for variant in goods.variants if not variant.sku}
    skus |= {goods.product_sku or goods.slug.upper()[:_LONGEST_SKU] for goods in batch}
    skus.discard("")
    urls = {picture.url for goods in batch for picture in goods.pictures}
    urls |= {variant.picture for goods in batch for variant in goods.variants if variant.picture}
    owners = Owners(intake.tx)
    await owners.ask(skus)
    return Known(
        records,
        owners,
        await picturing.open_album(intake.tx, urls, [one.id for one in records.values()], intake.media_base),
        await present_terms(
            intake.tx,
            [variant.id for record in records.values() for variant in record.variants],
            intake.currency,
            intake.shelves,
        ),
    )


def _strangers(intake: Intake, goods: Goods, record: ProductRecord | None, owners: Owners) -> list[Finding]:
    """SKUs that belong to other products here, and a product that two handles of the file would be."""
    problems = [
        intake.finding(
            goods.row,
            "product_sku",
            _("the SKU {sku} belongs to the product {slug} here").format(sku=goods.product_sku, slug=owner.slug),
            _("Give the product a SKU of its own, or leave the cell empty."),
        )
        for owner in owners.of(goods.product_sku)
        if owner.variant_id is None and record is not None and owner.product_id != record.id
    ]
    problems += [
        intake.finding(
            variant.row,
            "sku",
            _("the SKU {sku} belongs to the product {slug} here").format(sku=variant.sku, slug=owner.slug),
            _("Give the variant a SKU of its own, or use the handle {slug}.").format(slug=owner.slug),
        )
        for variant in goods.variants
        for owner in owners.of(variant.sku)
        if owner.variant_id is not None and (record is None or owner.product_id != record.id)
    ]
    mine = goods.handle, goods.row
    if record is not None and (other := intake.taken.setdefault(record.id, mine)) != mine:
        problems.append(
            intake.finding(
                goods.row,
                "handle",
                _("{handle} and {other} in row {row} are one product here, /products/{slug}").format(
                    handle=goods.handle, other=other[0], row=other[1], slug=record.slug
                ),
                _("Remove one of the two."),
            )
        )
    return problems
