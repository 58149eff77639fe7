"""Stock to test with, made through the operations, and the check that closes every test of stock."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from uuid import UUID

from domains import catalog, inventory
from domains.inventory import Demand
from domains.kit import Actor, Database, new_id
from domains.kit.clock import shift

_numbers = itertools.count(1)
STAFF = Actor.system("tests")

# What `shop doctor` asks too, as I01 to I03; a row is a violation.
_BALANCE = """
SELECT s.variant_id, s.warehouse_id, s.quantity_on_hand, s.quantity_reserved, s.quantity_allocated,
       s.quantity_backordered, moved.quantity AS moved, held.quantity AS held, held.backordered AS owed
FROM inventory.stock_items s
LEFT JOIN LATERAL (SELECT coalesce(sum(m.quantity), 0) AS quantity FROM inventory.stock_movements m
                   WHERE m.variant_id = s.variant_id AND m.warehouse_id = s.warehouse_id) moved ON true
LEFT JOIN LATERAL (SELECT coalesce(sum(p.quantity) FILTER (WHERE r.status IN ('held', 'bound')), 0) AS quantity,
                          coalesce(sum(p.backordered) FILTER (WHERE r.status IN ('held', 'bound', 'consumed')), 0)
                              AS backordered,
                          coalesce(sum(p.quantity - p.shipped) FILTER (WHERE r.status = 'consumed'), 0) AS sold
                   FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
                   WHERE p.variant_id = s.variant_id AND p.warehouse_id = s.warehouse_id) held ON true
WHERE s.quantity_on_hand <> moved.quantity OR s.quantity_reserved <> held.quantity
   OR s.quantity_backordered <> held.backordered OR s.quantity_allocated <> held.sold
   OR s.quantity_on_hand < 0 OR s.quantity_reserved NOT BETWEEN 0 AND s.quantity_on_hand
"""


async def make_variants(db: Database, count: int = 1, **product: object) -> list[UUID]:
    """Products with one variant each, in a category of their own."""
    found: list[UUID] = []
    async with db.transaction(STAFF) as tx:
        category_id = await catalog.create_category(tx, name=f"Shelf {next(_numbers)}")
        for _ in range(count):
            number = next(_numbers)
            draft = catalog.ProductDraft(
                **{  # type: ignore[arg-type]
                    "sku": f"P-{number}",
                    "name": f"Mug {number}",
                    "category_id": category_id,
                    "variants": (catalog.VariantDraft(sku=f"V-{number}"),),
                    **product,
                }
            )
            made = await catalog.product(tx, await catalog.create_product(tx, draft), include_inactive=True)
            found.append(made.variants[0].id)
    return found


async def make_warehouse(db: Database, *, priority: int = 0) -> UUID:
    async with db.transaction(STAFF) as tx:
        number = next(_numbers)
        return await inventory.add_warehouse(
            tx, code=f"W{number}", name=f"House {number}", country="US", priority=priority
        )


async def stocked_variant(db: Database, *, on_hand: int, warehouse_id: UUID | None = None) -> UUID:
    """A variant with `on_hand` pieces in one warehouse."""
    (variant_id,) = await make_variants(db)
    await put_on_shelf(db, variant_id, warehouse_id or await make_warehouse(db), on_hand)
    return variant_id


async def put_on_shelf(db: Database, variant_id: UUID, warehouse_id: UUID, quantity: int) -> None:
    async with db.transaction(STAFF) as tx:
        await inventory.receive(
            tx,
            variant_id=variant_id,
            warehouse_id=warehouse_id,
            quantity=quantity,
            reason=inventory.Reason.INITIAL,
        )


async def hold(
    db: Database, lines: dict[UUID, int], *, holder: UUID | None = None, visitor: str = ""
) -> inventory.Hold:
    """A hold of its own transaction."""
    async with db.transaction(Actor.guest(visitor)) as tx:
        return await inventory.reserve(
            tx, lines=[Demand(*line) for line in lines.items()], holder=holder or new_id(), visitor=visitor
        )


async def try_hold(db: Database, lines: dict[UUID, int], *, holder: UUID | None = None, visitor: str = "") -> str:
    """ "held" or "refused"."""
    try:
        await hold(db, lines, holder=holder, visitor=visitor)
    except inventory.NotEnoughStock:
        return "refused"
    return "held"


async def all_at_once[T](count: int, act: Callable[[int], Awaitable[T]]) -> list[T]:
    """`act(0)` to `act(count - 1)`, started together."""
    return list(await asyncio.gather(*(act(number) for number in range(count))))


async def level(db: Database, variant_id: UUID) -> inventory.StockLevel:
    """The variant's quantities, summed over its warehouses when it has several."""
    async with db.transaction(STAFF) as tx:
        (found,) = await inventory.levels(tx, [variant_id])
    return found


async def available(db: Database, variant_id: UUID, *, holder: UUID | None = None) -> int:
    async with db.transaction(STAFF) as tx:
        return (await inventory.availability(tx, [variant_id], holder=holder))[variant_id].available


async def move_clock(db: Database, **ahead: float) -> None:
    """Set the shop's clock ahead of the real one."""
    async with db.transaction(STAFF) as tx:
        await shift(tx, timedelta(**ahead))


async def events(db: Database, *types: str) -> Counter[str]:
    """How many events of each type there are."""
    async with db.transaction(STAFF) as tx:
        rows = await tx.sql("SELECT type, count(*) AS number FROM kit.events GROUP BY type")
        return Counter({row.type: row.number for row in rows if not types or row.type in types})


async def violations(db: Database) -> Sequence[object]:
    async with db.transaction(STAFF, snapshot=False) as tx:
        return (await tx.sql(_BALANCE)).all()


async def assert_stock_balances(db: Database) -> None:
    """On hand is the sum of movements; reserved, backordered and allocated are what the holds say."""
    assert await violations(db) == []
