"""Many shelves at once: the ledger, the facts and the limits are those of one."""

from uuid import UUID

import pytest

from domains import inventory
from domains.inventory import Arrival, Demand, Reason
from domains.inventory.tests.factories import STAFF, make_variants, make_warehouse
from domains.kit import Database, Invalid, new_id


async def on_hand(db: Database, variants: list[UUID]) -> list[int]:
    async with db.transaction(STAFF) as tx:
        levels = {level.variant_id: level.quantity_on_hand for level in await inventory.levels(tx, variants)}
    return [levels[variant] for variant in variants]


async def test_first_stocks_make_their_places_and_each_arrival_is_one_change(db: Database) -> None:
    (
        warehouse,
        (
            first,
            second,
            third,
        ),
    ) = await make_warehouse(db), await make_variants(db, 3)
    async with db.transaction(STAFF) as tx:
        arrivals = [Arrival(warehouse, {first: 4, second: 0}), Arrival(warehouse, {third: 2})]
        await inventory.receive_all(tx, arrivals, reason=Reason.IMPORT, reference="goods.csv")
        moved = (await tx.sql("SELECT count(DISTINCT change_id), count(*) FROM inventory.stock_movements")).one()
        told = (await tx.sql("SELECT count(*) FROM kit.events WHERE type = 'inventory.updated'")).scalar_one()

    assert await on_hand(db, [first, second, third]) == [4, 0, 2]
    assert tuple(moved) == (2, 2)
    assert told == 2


async def test_corrections_of_many_tell_what_ran_low_and_what_ran_out(db: Database) -> None:
    (
        warehouse,
        (
            first,
            second,
        ),
    ) = await make_warehouse(db), await make_variants(db, 2)
    async with db.transaction(STAFF) as tx:
        await inventory.receive_all(tx, [Arrival(warehouse, {first: 20, second: 20})], reason=Reason.IMPORT)
        await inventory.adjust_all(tx, {(first, warehouse): -20, (second, warehouse): 5}, reason=Reason.IMPORT)
        kinds = (await tx.sql("SELECT type FROM kit.events WHERE type ~ 'stock' ORDER BY type")).scalars().all()

    assert await on_hand(db, [first, second]) == [0, 25]
    assert kinds == ["inventory.low_stock", "product.out_of_stock"]


async def test_what_shoppers_hold_is_not_taken_and_then_nothing_is(db: Database) -> None:
    (
        warehouse,
        (
            first,
            second,
        ),
    ) = await make_warehouse(db), await make_variants(db, 2)
    async with db.transaction(STAFF) as tx:
        await inventory.receive_all(tx, [Arrival(warehouse, {first: 9, second: 9})], reason=Reason.IMPORT)
        await inventory.reserve(tx, lines=[Demand(second, 5)], holder=new_id(), visitor="")

    with pytest.raises(inventory.StockIsReserved) as refused:
        async with db.transaction(STAFF) as tx:
            await inventory.adjust_all(tx, {(first, warehouse): -1, (second, warehouse): -5}, reason=Reason.IMPORT)

    assert refused.value.variant_id == second
    assert await on_hand(db, [first, second]) == [9, 9]


async def test_less_than_nothing_does_not_arrive_and_what_is_kept_nowhere_is_not_corrected(db: Database) -> None:
    warehouse, (variant,) = await make_warehouse(db), await make_variants(db, 1)
    async with db.transaction(STAFF) as tx:
        with pytest.raises(Invalid):
            await inventory.receive_all(tx, [Arrival(warehouse, {variant: -1})], reason=Reason.IMPORT)
        with pytest.raises(inventory.StockItemUnknown):
            await inventory.adjust_all(tx, {(variant, warehouse): 1}, reason=Reason.IMPORT)
