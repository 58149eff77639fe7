"""Another address for an order that was paid: what goes back, what is refused, what the papers say."""

import asyncio
from uuid import UUID

import msgspec
import pytest

from app.sandbox.testing import Sandbox
from domains import checkout, fulfilment, invoicing, orders, payments, shipping
from domains.checkout.tests.factories import HOME, STAFF, press_pay, ready, tiny_shop
from domains.kit import Actor, Address, Database, Money
from domains.orders import OrderStatus
from domains.payments.gateway import StripeGateway

OFFICE = Actor.system("office")
OREGON = Address(
    name="Ada Lovelace", line1="1 Burnside", city="Portland", state="OR", postal_code="97204", country="US"
)
NEAR = msgspec.structs.replace(msgspec.convert(HOME, Address), line1="11 Wall Street", postal_code="10005")
FAR = Address(name="Ada Lovelace", line1="1 Main St", city="Toronto", state="ON", postal_code="M5V 2T6", country="CA")


async def paid_order(db: Database, sandbox: Sandbox, gateway: StripeGateway) -> UUID:
    market = await tiny_shop(db)
    return (await press_pay(db, sandbox, gateway, await ready(db, market))).order_id


async def total_at(db: Database, order_id: UUID, address: Address) -> int:
    async with db.transaction(STAFF) as tx:
        return (await checkout.rerate(tx, await orders.order(tx, order_id), address)).total.amount


async def move(db: Database, gateway: StripeGateway, order_id: UUID, address: Address) -> None:
    await checkout.flows.readdress(
        db, gateway, OFFICE, order_id, address=address, method_id=None, total=await total_at(db, order_id, address)
    )


async def test_a_house_in_the_next_street_costs_the_same(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)

    await move(live_db, gateway, order_id, NEAR)

    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, order_id)
        assert (order.shipping_address, order.refunds) == (NEAR, ())
        assert [head.kind for head in await invoicing.documents_of(tx, order_id)] in ([], ["invoice"])


async def test_where_no_tax_is_taken_the_tax_goes_back_and_the_credit_note_says_so(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)

    await move(live_db, gateway, order_id, OREGON)
    await move(live_db, gateway, order_id, OREGON)  # pressed twice

    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, order_id)
        note = await invoicing.credit(tx, order.refunds[0].id)
        paper = await invoicing.document(tx, note.id)
        costs = await orders.standing_costs(tx, order_id)
        replayed = await orders.replayed(tx, order_id), await orders.state_of(tx, order_id)
    assert [refund.amount for refund in order.refunds] == [Money(222, "USD")]
    assert (paper.total.amount, paper.tax.amount, paper.net.amount) == (222, 222, 0)
    assert (costs.tax.amount, costs.total.amount, order.total.amount) == (0, 2500, 2722)
    assert replayed[0] == replayed[1]


async def test_what_would_cost_more_is_refused_and_nothing_changes(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)
    await move(live_db, gateway, order_id, OREGON)

    with pytest.raises(checkout.CostsMoreThere) as refused:
        await move(live_db, gateway, order_id, NEAR)

    async with live_db.transaction(STAFF) as tx:
        assert (await orders.order(tx, order_id)).shipping_address == OREGON
    assert refused.value.more == Money(222, "USD")


async def test_a_total_that_changed_since_it_was_shown_is_told(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)

    with pytest.raises(checkout.TotalChanged):
        await checkout.flows.readdress(live_db, gateway, OFFICE, order_id, address=OREGON, method_id=None, total=2499)


async def test_a_way_that_does_not_go_there_is_refused(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)
    async with live_db.transaction(STAFF) as tx:
        abroad = await shipping.add_zone(tx, name="North", regions=[shipping.RegionDraft("CA", "ON")])
        await shipping.add_method(
            tx, zone_id=abroad, code="sled", name="Sled", days_min=9, days_max=9,
            bands=[shipping.BandDraft("USD", 400)],
        )  # fmt: skip
        order = await orders.order(tx, order_id)

        with pytest.raises(checkout.NoWayThere):
            await checkout.rerate(tx, order, FAR, method_id=order.id)


async def test_what_is_being_picked_goes_where_it_was_to_go(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)
    async with live_db.transaction(STAFF) as tx:
        await fulfilment.allocate(tx, order_id)
        (shipment,) = await fulfilment.of_order(tx, order_id)
        await fulfilment.begin_picking(tx, [shipment.id])

    with pytest.raises(checkout.PickingBegun):
        await move(live_db, gateway, order_id, OREGON)


async def test_of_picking_and_another_address_at_once_one_is_told(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)
    async with live_db.transaction(STAFF) as tx:
        await fulfilment.allocate(tx, order_id)
        (shipment,) = await fulfilment.of_order(tx, order_id)
    total = await total_at(live_db, order_id, OREGON)

    async def pick() -> str:
        async with live_db.transaction(OFFICE) as tx:
            await fulfilment.begin_picking(tx, [shipment.id])
        return "picked"

    async def send_elsewhere() -> str:
        try:
            await checkout.flows.readdress(
                live_db, gateway, OFFICE, order_id, address=OREGON, method_id=None, total=total
            )
        except checkout.PickingBegun:
            return "refused"
        return "moved"

    outcomes = await asyncio.gather(pick(), send_elsewhere())

    async with live_db.transaction(STAFF) as tx:
        moved = (await orders.order(tx, order_id)).shipping_address == OREGON
    assert outcomes[0] == "picked"
    assert moved == (outcomes[1] == "moved")


async def test_of_cancelling_and_shipping_at_once_one_is_told(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)

    async def ship() -> str:
        try:
            async with live_db.transaction(OFFICE) as tx:
                await fulfilment.send_whole(tx, order_id, tracking_number="1Z 999")
        except (fulfilment.OrderDead, orders.TransitionRefused):
            return "refused"
        return "shipped"

    async def cancel() -> str:
        try:
            await checkout.flows.cancel(live_db, gateway, OFFICE, order_id, why="changed his mind")
        except (fulfilment.AlreadyShipped, orders.TransitionRefused):
            return "refused"
        return "cancelled"

    outcomes = await asyncio.gather(ship(), cancel())

    async with live_db.transaction(STAFF) as tx:
        status = (await orders.head(tx, order_id)).status
        paid = await payments.for_order(tx, order_id)
    assert sorted(outcomes) in (["refused", "shipped"], ["cancelled", "refused"])
    assert status == (OrderStatus.SHIPPED if "shipped" in outcomes else OrderStatus.CANCELLED)
    assert (paid.refunded == paid.captured) == (status is OrderStatus.CANCELLED)


async def test_support_cancels_only_what_nobody_has_begun_to_pick(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    order_id = await paid_order(live_db, sandbox, gateway)
    async with live_db.transaction(STAFF) as tx:
        await fulfilment.allocate(tx, order_id)
        (shipment,) = await fulfilment.of_order(tx, order_id)
        await fulfilment.begin_picking(tx, [shipment.id])

    with pytest.raises(checkout.PickingBegun):
        await checkout.flows.cancel(live_db, gateway, OFFICE, order_id, only_before_picking=True)
    await checkout.flows.cancel(live_db, gateway, OFFICE, order_id)

    async with live_db.transaction(STAFF) as tx:
        assert (await orders.head(tx, order_id)).status is OrderStatus.CANCELLED
