"""What becomes of a paid order that cannot simply be sent (FUL-07): each way out by pages, and the buyer is told."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.tests.market import Market, open_market, text
from app.tests.staff.people import staff_in
from app.tests.test_returns_and_refunds import hidden_of
from app.web.testing import Browser
from domains import fulfilment, inventory, orders
from domains.checkout.tests.factories import STAFF, move_clock, press_pay, ready
from domains.fulfilment import ShipmentStatus, ShipmentView
from domains.fulfilment.gateway import carriers_of
from domains.inventory.tests.factories import make_warehouse, put_on_shelf
from domains.kit import Database
from domains.orders import OrderStatus, OrderView


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url, on_hand=2) as running:
        yield running


async def bought(market: Market) -> tuple[OrderView, ShipmentView]:
    """Two mugs, paid, in one shipment."""
    paid = await press_pay(market.db, market.sandbox, market.gateway, await ready(market.db, market.goods, quantity=2))
    await market.work()
    async with market.db.transaction(STAFF) as tx:
        (view,) = await fulfilment.of_order(tx, paid.order_id)
        return await orders.order(tx, paid.order_id), view


async def now(market: Market, view: ShipmentView) -> ShipmentView:
    async with market.db.transaction(STAFF) as tx:
        return await fulfilment.shipment(tx, view.id)


def path(view: ShipmentView, further: str = "") -> str:
    return f"/staff/fulfilment/{view.number}{further}"


async def press(http: Browser, view: ShipmentView, what: str, **fields: str) -> httpx.Response:
    """Send a form of the shipment's page; the page that follows."""
    answer = await http.post(path(view, f"/{what}"), data=fields)
    assert answer.status_code == 303, text(answer)
    return await http.get(answer.headers["location"])


async def send(http: Browser, market: Market, view: ShipmentView) -> None:
    """The rest of the way: picked, packed, shipped, delivered."""
    lines = {f"quantity-{line.id}": str(line.quantity) for line in (await now(market, view)).lines}
    await press(http, view, "picking", everything="on")
    await press(http, view, "packing", carrier="other", parcels="1", weight="0", **lines)
    (parcel,) = (await now(market, view)).parcels
    await press(http, view, "departure", **{f"tracking-{parcel.id}": f"1Z {view.number}"})
    await press(http, view, "arrival")


async def status(market: Market, order: OrderView) -> OrderStatus:
    async with market.db.transaction(STAFF) as tx:
        return (await orders.head(tx, order.id)).status


async def told(market: Market, order: OrderView) -> list[str]:
    """The subjects of the mails that the buyer got."""
    assert order.email is not None
    return await market.mails(to=order.email)


async def test_a_carrier_without_labels_is_asked_five_times_then_operations_are_told_and_another_takes_it(
    market: Market,
) -> None:
    order, view = await bought(market)
    line = view.lines[0]
    carriers = carriers_of("secret")
    async with staff_in(market.front.shop, "owner") as owner:
        async with market.db.transaction(STAFF) as tx:
            code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
            await fulfilment.change_carrier_row(
                tx, code, name="Simulated Post", tracking_page="", is_active=True, fails=True
            )
        await press(owner, view, "picking", everything="on")
        counted = {f"quantity-{line.id}": "2"}
        await press(owner, view, "packing", carrier=code, parcels="1", weight="400", **counted)
        states = []
        for seconds in (0, 11, 32, 73, 154):  # after 10, 20, 40 and 80 seconds
            await move_clock(market.db, seconds=seconds)
            await fulfilment.flows.make_labels(market.db, carriers)
            states.append((await now(market, view)).status)
        await market.work()
        queue = await owner.get("/staff/fulfilment?queue=problems")
        shown = await owner.get(path(view))
        (parcel,) = (await now(market, view)).parcels

        await press(owner, view, f"parcels/{parcel.id}/carrier", carrier="other")
        await press(owner, view, "resumption")
        await press(owner, view, "departure", **{f"tracking-{parcel.id}": "1Z 1"})

    assert states == [*[ShipmentStatus.PACKED] * 4, ShipmentStatus.ON_HOLD]
    assert view.number in queue.text
    assert "The carrier made no label" in text(shown)
    assert f"No label for {view.number}" in await market.mails(to="owner@example.com")
    assert await status(market, order) is OrderStatus.SHIPPED
    await market.assert_sound()


async def test_what_was_held_goes_on_and_what_is_not_here_goes_out_from_another_warehouse(market: Market) -> None:
    other = await make_warehouse(market.db, priority=9)
    order, view = await bought(market)
    await put_on_shelf(market.db, market.goods.variant_id, other, 5)
    async with staff_in(market.front.shop, "warehouse") as warehouse:
        await press(warehouse, view, "hold", reason="address", note="No house number")
        held = await warehouse.get(path(view))
        went_on = await press(warehouse, view, "resumption")

        await press(warehouse, view, "hold", reason="missing", note="The shelf is empty")
        moved = await press(warehouse, view, "warehouse", warehouse=str(other), write_off="correction")
        await send(warehouse, market, view)
    await market.work()

    assert "No house number" in text(held)
    assert "It goes on from where it stood." in text(went_on)
    assert "The customer is told." in text(moved)
    assert f"Your order {order.number} comes from another warehouse" in await told(market, order)
    async with market.db.transaction(STAFF) as tx:
        shelves = {each.warehouse_id: each for each in await inventory.levels(tx, [market.goods.variant_id])}
    assert (shelves[other].quantity_on_hand, shelves[market.goods.warehouse_id].quantity_on_hand) == (3, 0)
    assert await status(market, order) is OrderStatus.DELIVERED
    await market.assert_sound()


async def test_what_is_not_here_waits_for_the_next_delivery_and_then_goes_on_by_itself(market: Market) -> None:
    order, view = await bought(market)
    line = view.lines[0]
    async with staff_in(market.front.shop, "warehouse") as warehouse:
        await press(warehouse, view, "hold", reason="damaged")
        owed = {f"quantity-{line.id}": "1"}
        await press(warehouse, view, "backorder", write_off="damaged", **owed)
        waiting = await warehouse.get("/staff/fulfilment?queue=allocate")
        in_vain = await press(warehouse, view, "allocation")

        await put_on_shelf(market.db, market.goods.variant_id, market.goods.warehouse_id, 1)
        await market.work()
        came = await now(market, view)
        await send(warehouse, market, view)
    await market.work()

    assert view.number in waiting.text
    assert "1 missing" in text(in_vain)
    assert (came.status, came.missing) == (ShipmentStatus.ALLOCATED, 0)
    assert f"A part of your order {order.number} takes longer" in await told(market, order)
    assert await status(market, order) is OrderStatus.DELIVERED
    await market.assert_sound()


async def test_what_cannot_be_sent_is_cancelled_and_refunded_and_the_rest_is_all_of_it(market: Market) -> None:
    order, view = await bought(market)
    line = view.lines[0]
    async with (
        staff_in(market.front.shop, "warehouse") as warehouse,
        staff_in(market.front.shop, "manager") as manager,
    ):
        await press(warehouse, view, "hold", reason="damaged")
        folded = await warehouse.get(path(view))
        key = hidden_of(await manager.get(path(view)), f'action="{path(view)}/cancelled-lines"')["key"]
        wanted = {"key": key, f"quantity-{line.id}": "1", "write_off": "damaged", "reason": "It fell down"}

        cancelled = await press(manager, view, "cancelled-lines", **wanted)
        again = await manager.post(path(view, "/cancelled-lines"), data=wanted)
        await press(warehouse, view, "resumption")
        await send(warehouse, market, view)
    await market.work(seconds=(0, 35))

    assert "cancelled-lines" not in folded.text
    assert "the money is on its way back" in text(cancelled)
    assert again.status_code == 303
    assert [each["amount"] for each in await market.listed("refunds")] == [2178]
    assert f"A part of your order {order.number} cannot be sent" in await told(market, order)
    assert await status(market, order) is OrderStatus.DELIVERED
    async with market.db.transaction(STAFF) as tx:
        (shelf,) = await inventory.levels(tx, [market.goods.variant_id])
    assert (shelf.quantity_on_hand, shelf.quantity_allocated) == (0, 0)
    await market.assert_sound()
