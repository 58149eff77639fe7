"""Two of staff at the same order in the same moment: one wins, and the other is told what happened.

Each pair really meets: the test holds the order's row until both of them wait for it, and lets go. Who came first is
first; each pair runs both ways round.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest

from app.tests.market import Market, open_market, text
from app.tests.staff.people import staff_in
from app.tests.test_returns_and_refunds import asked_back, bought, hidden_of, key_of
from app.web.testing import Browser
from domains import fulfilment, orders, returns, store
from domains.checkout.tests.factories import STAFF, press_pay, ready
from domains.fulfilment import ShipmentView
from domains.fulfilment.tests.factories import packed
from domains.kit import Database
from domains.kit.testing import until_somebody_waits
from domains.orders import OrderStatus, OrderView

type Act = Callable[[], Awaitable[httpx.Response]]


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def meet(db: Database, order_id: UUID, first: Act, second: Act) -> tuple[httpx.Response, httpx.Response]:
    """What the two are told, of whom the first came a moment earlier."""
    async with db.transaction(STAFF) as tx:
        await orders.lock(tx, order_id)
        one = asyncio.ensure_future(first())
        await until_somebody_waits(db)
        other = asyncio.ensure_future(second())
        await until_somebody_waits(db, 2)
    return await one, await other


@asynccontextmanager
async def two_of_staff(market: Market, *roles: str) -> AsyncIterator[tuple[Browser, Browser]]:
    async with staff_in(market.front.shop, roles[0]) as one, staff_in(market.front.shop, roles[1]) as other:
        yield one, other


async def sent_back(market: Market) -> list[int]:
    """What the gateway gave back, in cents, the newest first."""
    await market.work(seconds=(0, 35))
    return [each["amount"] for each in await market.listed("refunds")]


async def status(market: Market, order_id: UUID) -> OrderStatus:
    async with market.db.transaction(STAFF) as tx:
        return (await orders.head(tx, order_id)).status


async def to_refund(http: Browser, order: OrderView, quantity: int, **more: str) -> Act:
    """The form of a refund by line, filled in, its amount looked at: the last press is left."""
    url = f"/staff/orders/{order.number}/refund"
    form = await http.get(url)
    filled = {"key": key_of(form), "reason": "broken", f"quantity-{order.lines[0].id}": str(quantity), **more}
    asking = await http.post(url, data=filled)
    assert asking.status_code == 200, text(asking)
    return lambda: http.post(url, data=hidden_of(asking, 'name="seen"'))


async def test_two_refund_at_once_and_one_is_told_what_the_other_did(market: Market) -> None:
    order = await bought(market, quantity=2)
    async with two_of_staff(market, "finance", "manager") as (finance, manager):
        acts = [await to_refund(http, order, 2) for http in (finance, manager)]

        won, lost = await meet(market.db, order.id, *acts)

    assert (won.status_code, lost.status_code) == (303, 409)
    told = text(lost)
    assert "already been refunded" in told
    assert "The last refund of this order: $43.55" in told
    assert "Given by Finance Example" in told
    assert await sent_back(market) == [4355]
    await market.assert_sound()


async def to_ship(market: Market) -> tuple[OrderView, ShipmentView]:
    """An order that is packed, and would leave by the next press."""
    paid = await press_pay(market.db, market.sandbox, market.gateway, await ready(market.db, market.goods))
    async with market.db.transaction(STAFF) as tx:
        await fulfilment.allocate(tx, paid.order_id)
        (view,) = await fulfilment.of_order(tx, paid.order_id)
        return await orders.order(tx, paid.order_id), await packed(tx, view.id)


@pytest.mark.parametrize("first", ["cancels", "ships"])
async def test_cancelling_beside_shipping(market: Market, first: str) -> None:
    order, shipment = await to_ship(market)
    async with two_of_staff(market, "manager", "warehouse") as (manager, warehouse):
        acts: dict[str, Act] = {
            "cancels": lambda: manager.post(f"/staff/orders/{order.number}/cancellation", data={"why": "Called us"}),
            "ships": lambda: warehouse.post(
                f"/staff/fulfilment/{shipment.number}/departure", data={f"tracking-{shipment.parcels[0].id}": "1Z 1"}
            ),
        }
        second = "ships" if first == "cancels" else "cancels"

        won, lost = await meet(market.db, order.id, acts[first], acts[second])

    assert (won.status_code, lost.status_code) == (303, 409)
    if first == "cancels":
        assert "This order was cancelled. Nothing of it is sent." in text(lost)
        assert await status(market, order.id) is OrderStatus.CANCELLED
        assert await sent_back(market) == [order.total.amount]
    else:
        assert "A part of this order is already on its way." in text(lost)
        assert await status(market, order.id) is OrderStatus.SHIPPED
        assert await sent_back(market) == []
    await market.assert_sound()


@pytest.mark.parametrize("first", ["by its return", "by line"])
async def test_a_return_refunded_beside_a_refund_by_line(market: Market, first: str) -> None:
    order = await bought(market, quantity=1)
    back = await asked_back(market.db, order, 1)
    line = order.lines[0].id
    async with two_of_staff(market, "owner", "finance") as (owner, finance):
        await owner.post(f"/staff/returns/{back.number}/approval", data={})
        await owner.post(
            f"/staff/returns/{back.number}/receipt",
            data={f"restock-{line}": "1", "warehouse": str(market.goods.warehouse_id)},
        )
        acts = {
            "by its return": await to_refund(owner, order, 1, back=back.number),
            "by line": await to_refund(finance, order, 1),
        }
        second = "by line" if first == "by its return" else "by its return"

        won, lost = await meet(market.db, order.id, acts[first], acts[second])

    assert (won.status_code, lost.status_code) == (303, 409)
    assert "Some of this has already been refunded." in text(lost)
    assert "The last refund of this order: $21.78" in text(lost)
    assert await sent_back(market) == [2178]
    await market.assert_sound()


@pytest.mark.parametrize("first", ["calls off", "refunds"])
async def test_an_order_called_off_by_its_return_beside_a_refund(market: Market, first: str) -> None:
    order = await bought(market, quantity=1, arrived=False)
    back = await asked_back(market.db, order, 1)
    async with two_of_staff(market, "manager", "finance") as (manager, finance):
        acts: dict[str, Act] = {
            "calls off": lambda: manager.post(f"/staff/returns/{back.number}/recall", data={}),
            "refunds": await to_refund(finance, order, 1),
        }
        second = "refunds" if first == "calls off" else "calls off"

        won, lost = await meet(market.db, order.id, acts[first], acts[second])

    assert won.status_code == 303
    if first == "calls off":
        assert lost.status_code == 409
        assert "Some of this has already been refunded." in text(lost)
        assert await sent_back(market) == [order.total.amount]
    else:  # what the refund left goes back with the order
        assert lost.status_code == 303
        assert await sent_back(market) == [order.total.amount - 2178, 2178]
    assert await status(market, order.id) is OrderStatus.CANCELLED
    await market.assert_sound()


async def test_a_cancellation_that_waits_and_the_parcel_that_leaves_beside_its_approval(market: Market) -> None:
    order, shipment = await to_ship(market)
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=1000)
    async with (
        two_of_staff(market, "manager", "owner") as (manager, owner),
        staff_in(market.front.shop, "warehouse") as warehouse,
    ):
        await manager.post(f"/staff/orders/{order.number}/cancellation", data={"why": "Called us"})
        (waiting,) = await _refunds(market, order.id)

        won, lost = await meet(
            market.db,
            order.id,
            lambda: warehouse.post(
                f"/staff/fulfilment/{shipment.number}/departure", data={f"tracking-{shipment.parcels[0].id}": "1Z 1"}
            ),
            lambda: owner.post(f"/staff/refunds/{waiting}/approval", data={}),
        )

    assert (won.status_code, lost.status_code) == (303, 409)
    assert "A part of this order is already on its way." in text(lost)
    assert await status(market, order.id) is OrderStatus.SHIPPED
    assert await sent_back(market) == []
    await market.assert_sound()


async def _refunds(market: Market, order_id: UUID) -> list[UUID]:
    async with market.db.transaction(STAFF) as tx:
        return [each.id for each in await returns.refunds_of(tx, order_id)]
