"""What staff hand in: looked through, imported when they say so, and taken back while nothing has changed since."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from domains import accounts, audit, catalog, inventory, pricing, transfer
from domains.catalog import DiskStorage, ProductChanges
from domains.desk.testing import assert_sound
from domains.kit import Actor, Database, Invalid
from domains.pricing import NewPrice
from domains.transfer.tests.factories import STAFF, goods

type Sheet = Callable[..., Path]

MUG = {
    "Handle": "mug",
    "Title": "Mug",
    "Variant SKU": "MUG",
    "Variant Price": "12.00",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "4",
}
NEW_MUG = {**MUG, "Title": "Great mug", "Variant Price": "15.00", "Tags": "clay", "Variant Inventory Qty": "4"}
BOWL = {**MUG, "Handle": "bowl", "Title": "Bowl", "Variant SKU": "BOWL", "Variant Price": "20.00"}


@pytest.fixture
def files(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "private")


@pytest.fixture
async def clerk(live_shop: Database) -> Actor:
    async with live_shop.transaction(STAFF) as tx:
        made = await accounts.create_staff(
            tx,
            email="mara@example.com",
            role="manager",
            first_name="Mara",
            last_name="Lind",
            password_hash=accounts.NOBODY,
        )
    return Actor.staff(made.id, "manager")


async def handed_in(db: Database, files: DiskStorage, clerk: Actor, path: Path, *, go: bool = True) -> UUID:
    """A file looked through, and imported if it is sound and somebody says so."""
    import_id = await transfer.flows.hand_in(db, files, clerk, path, name="autumn.csv")
    await transfer.flows.work_on_imports(db, files)
    if go:
        async with db.transaction(clerk) as tx:
            await transfer.start(tx, import_id)
        await transfer.flows.work_on_imports(db, files)
    return import_id


async def how_it_stands(db: Database, import_id: UUID) -> transfer.ImportView:
    async with db.transaction(STAFF) as tx:
        return await transfer.import_of(tx, import_id)


async def undone(db: Database, files: DiskStorage, clerk: Actor, import_id: UUID) -> transfer.ImportView:
    async with db.transaction(clerk) as tx:
        await transfer.ask_undo(tx, import_id)
    await transfer.flows.work_on_imports(db, files)
    return await how_it_stands(db, import_id)


async def test_a_bad_file_is_looked_through_and_changes_nothing(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    before = await goods(live_shop)

    import_id = await handed_in(live_shop, files, clerk, sheet([MUG, {**BOWL, "Variant Price": "a lot"}]), go=False)

    standing = await how_it_stands(live_shop, import_id)
    assert (standing.status, standing.by) == ("refused", "Mara Lind")
    assert standing.summary is not None
    assert [(one.handle, one.column) for one in standing.summary.problems] == [("bowl", "Variant Price")]
    assert await goods(live_shop) == before
    assert standing.report_key is not None
    report = b"".join([piece async for piece in files.chunks(standing.report_key)]).decode("utf-8-sig")
    assert "bowl,refused,Variant Price" in report
    async with live_shop.transaction(clerk) as tx:
        with pytest.raises(transfer.NotNow):
            await transfer.start(tx, import_id)


async def test_what_is_no_csv_is_refused_in_words(
    live_shop: Database, files: DiskStorage, clerk: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")

    import_id = await handed_in(live_shop, files, clerk, path, go=False)
    with pytest.raises(Invalid):
        await transfer.flows.hand_in(live_shop, files, clerk, empty, name="empty.csv")

    standing = await how_it_stands(live_shop, import_id)
    assert standing.status == "failed"
    assert standing.problem


async def test_nothing_happens_before_somebody_says_so(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    before = await goods(live_shop)

    import_id = await handed_in(live_shop, files, clerk, sheet([MUG]), go=False)
    await transfer.flows.work_on_imports(live_shop, files)

    standing = await how_it_stands(live_shop, import_id)
    assert standing.status == "checked"
    assert standing.summary is not None
    assert standing.summary.created == 1
    assert await goods(live_shop) == before


async def test_an_import_is_one_entry_of_the_log_and_is_undone_from_it(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    await handed_in(live_shop, files, clerk, sheet([MUG]))
    before = await goods(live_shop)

    import_id = await handed_in(live_shop, files, clerk, sheet([NEW_MUG, BOWL]))
    made = await goods(live_shop)
    async with live_shop.transaction(clerk) as tx:
        told = (await tx.sql("SELECT action, actor_id FROM audit.entries ORDER BY id")).all()
    standing = await undone(live_shop, files, clerk, import_id)

    after = await goods(live_shop)
    assert [(row.action, row.actor_id) for row in told] == [("import.done", clerk.id)] * 2
    assert (made["mug"]["name"], made["mug"]["variants"]["MUG"]["price"]["amount"]["amount"]) == ("Great mug", 1500)
    assert standing.status == "undone"
    assert after["mug"] == before["mug"]
    assert after["bowl"]["active"] is False
    async with live_shop.transaction(STAFF) as tx:
        bowl = await catalog.variant_by_sku(tx, "BOWL")
        assert bowl is not None
        assert (await catalog.product_state(tx, bowl.product_id)).archived_at is not None
        assert [level.quantity_on_hand for level in await inventory.levels(tx, [bowl.variant_id])] == [0]
    await assert_sound(live_shop)


async def test_what_somebody_has_changed_since_is_not_undone_and_is_named(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    import_id = await handed_in(live_shop, files, clerk, sheet([MUG, BOWL]))
    async with live_shop.transaction(clerk) as tx:
        mug = await catalog.variant_by_sku(tx, "MUG")
        assert mug is not None
        await catalog.change_product(tx, mug.product_id, ProductChanges(name="My mug"))
        bowl = await catalog.variant_by_sku(tx, "BOWL")
        assert bowl is not None
        await pricing.set_prices(tx, [NewPrice(bowl.variant_id, 999)])
    before = await goods(live_shop)

    standing = await undone(live_shop, files, clerk, import_id)

    assert standing.status == "done"
    assert "2 products were changed after the import" in standing.problem
    assert "Mug" in standing.problem
    assert await goods(live_shop) == before


async def test_new_sizes_of_an_old_product_are_hidden_again(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    small = {"Handle": "shirt", "Title": "Shirt", "Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "SH-S"}
    large = {"Handle": "shirt", "Option1 Value": "L", "Variant SKU": "SH-L"}
    await handed_in(live_shop, files, clerk, sheet([small]))

    import_id = await handed_in(live_shop, files, clerk, sheet([small, large]))
    standing = await undone(live_shop, files, clerk, import_id)

    shirt = (await goods(live_shop))["shirt"]
    assert standing.status == "undone"
    assert {sku: one["active"] for sku, one in shirt["variants"].items()} == {"SH-S": True, "SH-L": False}


async def test_an_import_whose_worker_died_is_taken_up_again(
    live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet
) -> None:
    import_id = await transfer.flows.hand_in(live_shop, files, clerk, sheet([MUG]), name="autumn.csv")
    async with live_shop.transaction(STAFF) as tx:
        await tx.sql("UPDATE transfer.imports SET status = 'checking', updated_at = kit.now() - interval '1 hour'")

    await transfer.flows.work_on_imports(live_shop, files)

    assert (await how_it_stands(live_shop, import_id)).status == "checked"


async def test_an_import_is_undone_once(live_shop: Database, files: DiskStorage, clerk: Actor, sheet: Sheet) -> None:
    import_id = await handed_in(live_shop, files, clerk, sheet([MUG]))

    first = await undone(live_shop, files, clerk, import_id)
    async with live_shop.transaction(clerk) as tx:
        with pytest.raises(transfer.NotNow):
            await transfer.ask_undo(tx, import_id)
    async with live_shop.transaction(clerk) as tx:
        entry = (await tx.sql("SELECT entry_id FROM transfer.imports WHERE id = :id", {"id": import_id})).scalar_one()
        with pytest.raises(audit.AlreadyUndone):
            await audit.undo(tx, entry)

    assert first.status == "undone"
