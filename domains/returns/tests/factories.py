"""Orders that came and go back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domains import accounts, catalog, inventory, orders, returns
from domains.catalog.tests.factories import category, mug
from domains.kit import Actor, Transaction, new_id
from domains.kit.clock import shift
from domains.orders import OrderStatus, OrderView
from domains.orders.tests.factories import a_line, brought_to
from domains.returns import Asked, ReturnReason, ReturnView

TESTER = Actor.system("tests")
SHOPPER = Actor.guest("a shopper")
CLERK = Actor.staff(new_id(), "manager")
COLLEAGUE = Actor.staff(new_id(), "finance")


async def a_variant(tx: Transaction) -> tuple[UUID, UUID]:
    """A product that is sold, and its variant."""
    product_id = await mug(tx, await category(tx, f"Shelf {new_id()}"), sku=f"MUG-{new_id()}", name="Stoneware mug")
    return product_id, (await catalog.product(tx, product_id)).variants[0].id


async def a_warehouse(tx: Transaction) -> UUID:
    return await inventory.add_warehouse(tx, code=f"W{new_id().hex[-8:].upper()}", name="Back room", country="US")


async def sold(tx: Transaction, status: OrderStatus = OrderStatus.DELIVERED, **changes: Any) -> OrderView:
    """An order of two mugs at 20.00 and three at 7.00, delivery 5.00, tax 8% of all on top: 71.28."""
    if "lines" not in changes:
        (cup, cup_variant), (egg, egg_variant) = await a_variant(tx), await a_variant(tx)
        changes = {
            "lines": (
                a_line(product_id=cup, variant_id=cup_variant, quantity=2, unit_price=2000, tax=320),
                a_line(product_id=egg, variant_id=egg_variant, quantity=3, unit_price=700, tax=168, sku="EGG"),
            ),
            "tax_lines": (orders.DraftTax(name="Sales tax", rate_ppm=80_000, taxable=6600, tax=528),),
            "subtotal": 6100,
            "tax": 528,
            "total": 7128,
            **changes,
        }
    head = await brought_to(tx, status, **changes)
    return await orders.order(tx, head.id)


async def asked(tx: Transaction, order: OrderView, *quantities: int, key: str = "") -> ReturnView:
    """A return of so many pieces of each line; all of them without numbers."""
    wanted = quantities or tuple(line.quantity for line in order.lines)
    return await returns.request(
        tx,
        order_id=order.id,
        lines=[
            Asked(line.id, quantity, ReturnReason.CHANGED_MIND)
            for line, quantity in zip(order.lines, wanted, strict=False)
            if quantity
        ],
        key=key or new_id().hex,
    )


async def set_clock(tx: Transaction, moment: str) -> None:
    """Let it be `moment` in the shop."""
    now: datetime = (await tx.sql("SELECT now()")).scalar_one()
    await shift(tx, datetime.fromisoformat(moment) - now)


async def on_hand(tx: Transaction, variant_id: UUID) -> int:
    return sum(level.quantity_on_hand for level in await inventory.levels(tx, [variant_id]))


async def facts(tx: Transaction, return_id: UUID) -> list[str]:
    rows = await tx.sql(
        "SELECT type FROM kit.events WHERE stream = 'return' AND stream_id = :id ORDER BY version", {"id": return_id}
    )
    return [kind.removeprefix("return.") for kind in rows.scalars()]


async def an_owner(tx: Transaction, email: str) -> UUID:
    """The account of a customer."""
    await accounts.register(tx, email=email, password_hash=accounts.NOBODY, first_name="Ada", last_name="Lovelace")
    account_id = await accounts.find_account(tx, email)
    assert account_id is not None
    return account_id
