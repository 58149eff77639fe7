"""Taking an import back: each product becomes what it was, as long as it still is what the import has made of it."""

from collections.abc import Collection, Mapping, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

from domains import audit, catalog, inventory, pricing, store
from domains.catalog import OptionDraft, ProductChanges, ValueDraft, VariantChanges
from domains.inventory import Reason
from domains.kit import Transaction
from domains.pricing import NewPrice
from domains.transfer.errors import ChangedSinceImport, NotUndoable
from domains.transfer.operations.history import COLUMNS, Snapshot, comparable, snapshots
from domains.transfer.shelves import Shelves

_BATCH = 250
_TOLD = 5


async def undo_import(tx: Transaction, import_id: UUID) -> int:
    """Make every product of an import what it was; what it made is put away. Answers how many products that were.

    All or nothing: raises `ChangedSinceImport` naming products that somebody has changed since, `NotUndoable` where
    the options of a product were rebuilt, and `inventory.StockIsReserved` where what came is sold already. Categories
    and attributes that the import made stay.
    """
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('transfer.import'))")
    rows = (
        await tx.sql(
            "SELECT product_id, before, after FROM transfer.import_changes WHERE import_id = :id ORDER BY product_id",
            {"id": import_id},
        )
    ).all()
    currency, shelves = (await store.shop(tx)).currency, await Shelves.of(tx)
    await _refuse_changed(tx, rows, currency, shelves)
    for batch in batched(rows, _BATCH):
        prices: list[NewPrice] = []
        costs: dict[UUID, int | None] = {}
        backorders: dict[UUID, bool] = {}
        for row in batch:
            if row.before is None:
                await catalog.archive(tx, row.product_id)
            else:
                await _restore(tx, row.product_id, row.before, row.after)
                _terms(row.before, row.after, prices, costs, backorders)
        await pricing.set_prices(tx, prices)
        if costs:
            await pricing.set_costs(tx, costs)
        if backorders:
            await inventory.allow_backorders(tx, backorders)
    await tx.sql(
        "DELETE FROM transfer.picture_uses WHERE product_id IN"
        " (SELECT product_id FROM transfer.import_changes WHERE import_id = :id)",
        {"id": import_id},
    )
    await _stock_back(tx, import_id)
    await tx.sql(
        "UPDATE transfer.imports SET status = 'undone', ended_at = kit.now(), updated_at = kit.now() WHERE id = :id",
        {"id": import_id},
    )
    return len(rows)


async def _refuse_changed(tx: Transaction, rows: Sequence[Any], currency: str, shelves: Shelves) -> None:
    changed: list[str] = []
    for batch in batched(rows, _BATCH):
        await tx.sql(
            "SELECT 1 FROM catalog.products WHERE id = ANY(:ids) ORDER BY id FOR UPDATE",
            {"ids": [row.product_id for row in batch]},
        )
        now = await snapshots(tx, [row.product_id for row in batch], currency, shelves)
        for row in batch:
            present = now.get(row.product_id)
            if present is None or comparable(present) != comparable(row.after):
                changed.append(str(row.after["name"]))
    if changed:
        raise ChangedSinceImport(changed[:_TOLD], len(changed))


async def _restore(tx: Transaction, product_id: UUID, before: Snapshot, after: Snapshot) -> None:
    changes: dict[str, Any] = {column: before[column] for column in COLUMNS if before[column] != after[column]}
    if {"description", "description_html"} & set(changes):
        changes |= {"description": before["description"], "description_html": before["description_html"]}
    if "category_id" in changes or "attributes" in changes:
        changes |= {"category_id": UUID(before["category_id"]), "attributes": before["attributes"]}
    if "tags" in changes:
        changes["tags"] = tuple(before["tags"])
    if changes:
        await catalog.change_product(tx, product_id, ProductChanges(**changes))
    if before["other_categories"] != after["other_categories"]:
        await catalog.place_product(tx, product_id, [UUID(one) for one in before["other_categories"]])
    await _restore_variants(tx, product_id, before, after)
    if before["images"]:
        for position, image in enumerate(before["images"]):
            await catalog.add_image(tx, product_id, UUID(image["media_id"]), alt=image["alt"], position=position)
    await catalog.order_images(tx, product_id, [UUID(image["media_id"]) for image in before["images"]])
    if before["is_active"] != after["is_active"]:
        await (catalog.publish if before["is_active"] else catalog.unpublish)(tx, product_id)


async def _restore_variants(tx: Transaction, product_id: UUID, before: Snapshot, after: Snapshot) -> None:
    was = {variant["id"]: variant for variant in before["variants"]}
    new = [variant for variant in after["variants"] if variant["id"] not in was]
    if any(variant["values"] != was[variant["id"]]["values"] for variant in after["variants"] if variant["id"] in was):
        if new:
            raise NotUndoable(str(before["name"]))
        options = [
            OptionDraft(option["name"], tuple(ValueDraft(value, swatch) for value, swatch in option["values"]))
            for option in before["options"]
        ]
        await catalog.reshape(
            tx, product_id, options, {UUID(variant["id"]): variant["values"] for variant in before["variants"]}
        )
    for variant in new:
        await catalog.change_variant(tx, UUID(variant["id"]), VariantChanges(is_active=False))
    for position, variant in enumerate(before["variants"]):
        made = next(one for one in after["variants"] if one["id"] == variant["id"])
        fields = {
            field: variant[field]
            for field in ("sku", "barcode", "weight_grams", "is_active")
            if variant[field] != made[field]
        }
        if variant["picture_id"] != made["picture_id"]:
            fields["picture_id"] = UUID(variant["picture_id"]) if variant["picture_id"] else None
        if fields:
            await catalog.change_variant(tx, UUID(variant["id"]), VariantChanges(**fields, position=position))
        if variant["is_default"] and not made["is_default"]:
            await catalog.make_default(tx, UUID(variant["id"]))


def _terms(
    before: Snapshot,
    after: Snapshot,
    prices: list[NewPrice],
    costs: dict[UUID, int | None],
    backorders: dict[UUID, bool],
) -> None:
    made: Mapping[str, Any] = {variant["id"]: variant for variant in after["variants"]}
    for variant in before["variants"]:
        variant_id, now = UUID(variant["id"]), made[variant["id"]]
        is_new = (variant["price"], variant["compare_at"]) != (now["price"], now["compare_at"])
        if is_new and variant["price"] is not None:
            prices.append(NewPrice(variant_id, variant["price"], variant["compare_at"]))
        if variant["cost"] != now["cost"]:
            costs[variant_id] = variant["cost"]
        if variant["backorder"] != now["backorder"]:
            backorders[variant_id] = variant["backorder"]


async def _stock_back(tx: Transaction, import_id: UUID) -> None:
    """What the import has put on the shelves goes off them again, by movements that say so."""
    moved = await inventory.moved_by(tx, file_name(import_id))
    changes = {place: -quantity for place, quantity in sorted(moved.items()) if quantity}
    if changes:
        await inventory.adjust_all(tx, changes, reason=Reason.IMPORT, reference=f"undo-{file_name(import_id)}")


def file_name(import_id: UUID) -> str:
    """What the file of an import is called while it is read: its movements of stock refer to it."""
    return f"import-{import_id}.csv"


async def _read(tx: Transaction, subject_id: str, fields: Collection[str]) -> dict[str, Any]:
    row = (
        await tx.sql("SELECT status FROM transfer.imports WHERE id = :id FOR UPDATE", {"id": UUID(subject_id)})
    ).one_or_none()
    return {} if row is None else {"is_imported": row.status in {"done", "undoing"}}


async def _revert(tx: Transaction, subject_id: str, fields: dict[str, Any]) -> None:
    if fields.get("is_imported"):
        raise NotUndoable("")
    await undo_import(tx, UUID(subject_id))


audit.undoable("import", _revert, _read)
