"""Killed between the beats of a refund, and many at once: the money goes back once, the goods on the shelf once."""

import asyncio
import os
import sys
from collections import Counter
from uuid import UUID

import msgspec
import pytest

from app.sandbox.testing import Sandbox
from domains import checkout, fulfilment, inventory, orders, payments, returns
from domains.checkout.tests.factories import STAFF, TinyShop, events, move_clock, press_pay, ready, tiny_shop
from domains.kit import Actor, Conflict, Database, new_id
from domains.orders import OrderView
from domains.payments.gateway import StripeGateway
from domains.returns import Arrived, Asked, RefundLine, ReturnReason
from domains.returns.tests.dying import Wanted
from domains.returns.tests.factories import CLERK, COLLEAGUE

pytestmark = pytest.mark.slow

KILLED = 137


async def delivered(
    db: Database, sandbox: Sandbox, gateway: StripeGateway, *, quantity: int = 2
) -> tuple[TinyShop, OrderView]:
    shop = await tiny_shop(db)
    paid = await press_pay(db, sandbox, gateway, await ready(db, shop, quantity=quantity))
    async with db.transaction(STAFF) as tx:
        await fulfilment.send_whole(tx, paid.order_id, tracking_number="1Z 999")
        await fulfilment.deliver_whole(tx, paid.order_id)
        return shop, await orders.order(tx, paid.order_id)


async def sent(sandbox: Sandbox) -> list[int]:
    return [each["amount"] for each in (await sandbox.api("GET", "/v1/refunds", limit="100"))["data"]]


async def die(point: str, wanted: Wanted) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "domains.returns.tests.dying",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "CRASH_AT": point},
    )
    said, complained = await process.communicate(msgspec.json.encode(wanted))
    assert process.returncode == KILLED, (process.returncode, said, complained.decode()[-2000:])


@pytest.mark.parametrize(("point", "sent_before"), [("returns_refund", 0), ("refund_after", 1)])
async def test_killed_around_the_gateway_the_money_goes_back_once_within_a_minute(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, point: str, sent_before: int
) -> None:
    _shop, order = await delivered(live_db, sandbox, gateway)
    line, staff_id = order.lines[0].id, new_id()
    options = sandbox.gateway_options()
    wanted = Wanted(live_db.url, options, order.id, line, 1, staff_id, "form")

    await die(point, wanted)
    between = (len(await sent(sandbox)), await events(live_db, "refund.processed"))
    for seconds in (35, 70):
        await move_clock(live_db, seconds=seconds)
        await checkout.flows.reconcile(live_db, gateway)
    again = await returns.flows.refund(  # the same form, sent again by whoever saw no answer
        live_db,
        gateway,
        Actor.staff(staff_id, "manager"),
        order_id=order.id,
        lines=[RefundLine(line, 1)],
        reason="came broken",
        key="form",
    )

    assert between == (sent_before, 0)
    assert again.state is payments.RefundState.PROCESSED
    assert await sent(sandbox) == [again.amount.amount]
    assert await events(live_db, "refund.processed") == 1


async def test_ten_who_refund_at_once_give_no_piece_back_twice(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    _shop, order = await delivered(live_db, sandbox, gateway, quantity=3)
    line = order.lines[0].id

    async def refund(number: int) -> str:
        try:
            await returns.flows.refund(
                live_db,
                gateway,
                CLERK if number % 2 else COLLEAGUE,
                order_id=order.id,
                lines=[RefundLine(line, 1)],
                reason="came broken",
                key=f"form {number}",
            )
        except returns.AlreadyRefunded as refused:
            return f"left {refused.left[line]}"
        return "given"

    told = Counter(await asyncio.gather(*(refund(number) for number in range(10))))

    assert told == {"given": 3, "left 0": 7}
    assert sum(await sent(sandbox)) == order.total.amount - 544


async def test_a_parcel_received_twice_at_once_is_on_the_shelf_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop, order = await delivered(live_db, sandbox, gateway)
    line = order.lines[0].id
    async with live_db.transaction(CLERK) as tx:
        back = await returns.request(tx, order_id=order.id, lines=[Asked(line, 2, ReturnReason.OTHER)], key="form")
        await returns.approve(tx, back.id)
        before = await shelf(live_db, shop.variant_id)

    async def receive() -> bool:
        try:
            async with live_db.transaction(CLERK) as tx:
                await returns.receive(tx, back.id, items=[Arrived(line, 2)], warehouse_id=shop.warehouse_id)
        except returns.ReturnMoved:
            return False
        return True

    assert Counter(await asyncio.gather(*(receive() for _ in range(5)))) == {True: 1, False: 4}
    assert await shelf(live_db, shop.variant_id) == before + 2


async def test_many_announce_at_once_no_more_than_was_shipped(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    _shop, order = await delivered(live_db, sandbox, gateway, quantity=2)
    line = order.lines[0].id

    async def ask(number: int) -> bool:
        try:
            async with live_db.transaction(Actor.guest("a shopper")) as tx:
                await returns.request(
                    tx, order_id=order.id, lines=[Asked(line, 1, ReturnReason.OTHER)], key=f"form {number}"
                )
        except Conflict:
            return False
        return True

    assert Counter(await asyncio.gather(*(ask(number) for number in range(8)))) == {True: 2, False: 6}


async def shelf(db: Database, variant_id: UUID) -> int:
    async with db.transaction(STAFF) as tx:
        (found,) = await inventory.levels(tx, [variant_id])
        return found.quantity_on_hand
