"""Many cells at once: all or nothing, every wrong one named, and taken back as one."""

from uuid import UUID

import pytest

from domains import audit, catalog, pricing, transfer
from domains.catalog import ProductChanges, VariantChanges
from domains.catalog.tests.factories import STAFF, category, mug
from domains.kit import Database, Transaction
from domains.pricing import NewPrice
from domains.transfer import RowEdit, TableRefused


async def two_mugs(tx: Transaction) -> list[tuple[UUID, UUID]]:
    """Two products, each with its variant."""
    home = await category(tx)
    products = [await mug(tx, home, sku=f"MUG-{number}", name=f"Mug {number}") for number in (1, 2)]
    variants = await catalog.variant_ids_of(tx, products)
    found = [(product, variants[product][0]) for product in products]
    await pricing.set_prices(tx, [NewPrice(variant, 1000) for _product, variant in found])
    return found


def renamed(product: UUID, variant: UUID, name: str) -> RowEdit:
    return RowEdit(product_id=product, variant_id=variant, product=ProductChanges(name=name))


async def test_one_wrong_cell_saves_nothing_and_all_wrong_ones_are_named(shop: Database) -> None:
    async with shop.transaction(STAFF) as tx:
        (one, first), (other, second) = await two_mugs(tx)
    edits = [
        RowEdit(product_id=one, variant_id=first, product=ProductChanges(name="New"), price=NewPrice(first, 900, 800)),
        RowEdit(product_id=other, variant_id=second, variant=VariantChanges(sku="MUG-1"), price=NewPrice(second, 5)),
    ]

    with pytest.raises(TableRefused) as refused:
        async with shop.transaction(STAFF) as tx:
            await transfer.edit_table(tx, edits)

    assert set(refused.value.cells) == {(first, "compare_at"), (second, "sku")}
    async with shop.transaction(STAFF) as tx:
        assert (await catalog.product(tx, one)).name == "Mug 1"
        prices = await pricing.prices(tx, [first, second], "USD")
    assert {price.amount.amount for price in prices.values()} == {1000}


async def test_a_table_is_one_act_and_is_undone_as_one(shop: Database) -> None:
    async with shop.transaction(STAFF) as tx:
        (one, first), (other, second) = await two_mugs(tx)

    async with shop.transaction(STAFF) as tx:
        edits = [renamed(one, first, "Red"), renamed(other, second, "Blue")]
        assert (
            await transfer.edit_table(
                tx, [*edits, RowEdit(product_id=one, variant_id=first, price=NewPrice(first, 900))]
            )
            == 2
        )
        told = (await tx.sql("SELECT id, batch FROM audit.entries WHERE batch IS NOT NULL ORDER BY id DESC")).all()
        batch = told[0].batch
        ours = [row.id for row in told if row.batch == batch]
    async with shop.transaction(STAFF) as tx:
        await audit.undo(tx, ours[0])
        names = [(await catalog.product(tx, product)).name for product in (one, other)]
        price = (await pricing.prices(tx, [first], "USD"))[first]

    assert len(ours) == 3
    assert names == ["Mug 1", "Mug 2"]
    assert price.amount.amount == 1000
