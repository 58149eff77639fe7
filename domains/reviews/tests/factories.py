"""Buyers with something to say."""

from typing import Any
from uuid import UUID

import msgspec

from domains import catalog, desk, orders, reviews
from domains.catalog.tests.factories import category, mug
from domains.kit import Actor, Database, Transaction, new_id
from domains.orders import OrderStatus
from domains.orders.tests.factories import a_line, brought_to

TESTER = Actor.system("tests")
READER = Actor.guest("a reader")
FOUND = tuple(invariant for invariant in desk.INVARIANTS if invariant.id in {"I32", "I33"})


class Purchase(msgspec.Struct, frozen=True):
    """An order with one product in it, and what its buyer can prove it with."""

    order_id: UUID
    number: str
    product_id: UUID
    buyer: reviews.Buyer


async def a_product(tx: Transaction) -> UUID:
    return await mug(tx, await category(tx, f"Shelf {new_id()}"), sku=f"MUG-{new_id()}", name="Stoneware mug")


async def bought(
    tx: Transaction, product_id: UUID | None = None, *, status: OrderStatus = OrderStatus.DELIVERED, **changes: Any
) -> Purchase:
    """A guest's order of a product, delivered unless said otherwise."""
    product_id = product_id or await a_product(tx)
    variant = (await catalog.product(tx, product_id)).variants[0]
    head = await brought_to(tx, status, lines=(a_line(product_id=product_id, variant_id=variant.id),), **changes)
    token = await orders.open_access(tx, head.id)
    return Purchase(head.id, head.number, product_id, reviews.Buyer(tokens=(token,)))


async def say(
    tx: Transaction, purchase: Purchase, stars: int = 5, body: str = "Holds coffee well.", **more: Any
) -> reviews.Written:
    """The buyer's review of what he bought."""
    draft = reviews.ReviewDraft(**{"stars": stars, "name": "Ana P.", "title": "Good", "body": body, **more})
    return await reviews.write(
        tx, number=purchase.number, product_id=purchase.product_id, buyer=purchase.buyer, draft=draft
    )


async def rating(tx: Transaction, product_id: UUID) -> tuple[int, str] | None:
    """How many reviews count and their average; None without one."""
    found = (await reviews.ratings(tx, [product_id])).get(product_id)
    return None if found is None else (found.count, str(found.average))


async def facts(tx: Transaction, review_id: UUID) -> list[str]:
    rows = await tx.sql(
        "SELECT type FROM kit.events WHERE stream = 'review' AND stream_id = :id ORDER BY version", {"id": review_id}
    )
    return [kind.removeprefix("review.") for kind in rows.scalars()]


async def assert_ratings_add_up(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        found = await desk.examine(tx, invariants=FOUND)
    assert [str(finding) for finding in found if finding.verdict is not desk.Verdict.SOUND] == []
