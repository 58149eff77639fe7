"""Transfers and counts, and anything in any order: nothing is made, nothing is lost, the books stay true."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from domains import inventory
from domains.desk.testing import assert_sound
from domains.inventory import Arrived, CountStatus, PurchaseTerms, Reason
from domains.inventory.tests.factories import (
    STAFF,
    all_at_once,
    assert_stock_balances,
    available,
    hold,
    make_variants,
    make_warehouse,
    move_clock,
    put_on_shelf,
    stocked_variant,
)
from domains.inventory.tests.test_backorders import bought
from domains.kit import Database, DomainError, Invalid, new_id
from domains.kit.listing import Asked


async def on_hand(db: Database, variant_id: UUID, warehouse_id: UUID) -> int:
    async with db.transaction(STAFF) as tx:
        for level in await inventory.levels(tx, [variant_id]):
            if level.warehouse_id == warehouse_id:
                return level.quantity_on_hand
    return 0


async def counting(db: Database, warehouse_id: UUID) -> UUID:
    async with db.transaction(STAFF) as tx:
        return await inventory.start_count(tx, warehouse_id=warehouse_id)


async def enter(db: Database, count_id: UUID, variant_id: UUID, found: int, **when: object) -> None:
    async with db.transaction(STAFF) as tx:
        await inventory.enter_count(tx, count_id, {variant_id: found}, **when)  # type: ignore[arg-type]


async def approve(db: Database, count_id: UUID) -> int:
    async with db.transaction(STAFF) as tx:
        if (await inventory.count(tx, count_id)).status is CountStatus.COUNTING:
            await inventory.finish_count(tx, count_id, rest="leave_out")
        return await inventory.approve_count(tx, count_id)


async def test_what_is_sent_is_on_no_shelf_until_it_arrives(db: Database) -> None:
    near, far = await make_warehouse(db), await make_warehouse(db, priority=1)
    mug = await stocked_variant(db, on_hand=5, warehouse_id=near)
    async with db.transaction(STAFF) as tx:
        sent = await inventory.draft_transfer(tx, source_id=near, destination_id=far, lines={mug: 4})
        await inventory.send_transfer(tx, sent)

    assert await available(db, mug) == 1
    async with db.transaction(STAFF) as tx:
        assert (await inventory.incoming(tx, [mug]))[mug, far].travelling == 4
        assert not await inventory.receive_transfer(tx, sent, {mug: Arrived(received=2)})
        assert await inventory.receive_transfer(tx, sent, {mug: Arrived(returned=1, lost=1)})
        view = await inventory.transfer(tx, sent)

    assert (await on_hand(db, mug, near), await on_hand(db, mug, far)) == (2, 2)
    assert (view.status, view.left) == ("received", 0)
    await assert_stock_balances(db)


async def test_what_shoppers_hold_is_not_sent_and_no_more_arrives_than_was(db: Database) -> None:
    near, far = await make_warehouse(db), await make_warehouse(db, priority=1)
    mug = await stocked_variant(db, on_hand=3, warehouse_id=near)
    await hold(db, {mug: 2})
    async with db.transaction(STAFF) as tx:
        sent = await inventory.draft_transfer(tx, source_id=near, destination_id=far, lines={mug: 2})

    with pytest.raises(inventory.StockIsReserved):
        async with db.transaction(STAFF) as tx:
            await inventory.send_transfer(tx, sent)

    async with db.transaction(STAFF) as tx:
        await inventory.change_transfer(tx, sent, lines={mug: 1})
        await inventory.send_transfer(tx, sent)
    with pytest.raises(Invalid):
        async with db.transaction(STAFF) as tx:
            await inventory.receive_transfer(tx, sent, {mug: Arrived(received=2)})
    await assert_stock_balances(db)


async def test_two_who_send_one_transfer_at_once_send_it_once(live_db: Database) -> None:
    near, far = await make_warehouse(live_db), await make_warehouse(live_db, priority=1)
    mug = await stocked_variant(live_db, on_hand=10, warehouse_id=near)
    async with live_db.transaction(STAFF) as tx:
        draft = await inventory.draft_transfer(tx, source_id=near, destination_id=far, lines={mug: 4})

    async def send(_number: int) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await inventory.send_transfer(tx, draft)
        except inventory.TransferMoved:
            return "told"
        return "sent"

    assert sorted(await all_at_once(3, send)) == ["sent", "told", "told"]
    assert await on_hand(live_db, mug, near) == 6


async def test_a_count_expects_what_is_sold_and_still_there(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=10, warehouse_id=house)
    await bought(db, {mug: 3})
    count = await counting(db, house)

    await enter(db, count, mug, 10)

    assert await approve(db, count) == 0
    assert await on_hand(db, mug, house) == 7


async def test_what_moves_while_it_is_counted_changes_no_difference(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=10, warehouse_id=house)
    count = await counting(db, house)

    await enter(db, count, mug, 8)
    await bought(db, {mug: 2})
    await put_on_shelf(db, mug, house, 5)

    assert await approve(db, count) == 1
    assert await on_hand(db, mug, house) == 10 - 2 - 2 + 5
    async with db.transaction(STAFF) as tx:
        view = await inventory.count(tx, count)
        assert await inventory.accuracy(tx) == inventory.Accuracy(1, 1, 0, 10, 2)
    assert view.accuracy == pytest.approx(0.8)
    await assert_stock_balances(db)


async def test_a_paper_that_is_entered_later_is_held_against_the_books_of_then(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    mug = await stocked_variant(live_db, on_hand=10, warehouse_id=house)
    count = await counting(live_db, house)
    async with live_db.transaction(STAFF) as tx:
        moment = await tx.now() + timedelta(minutes=1)
    await move_clock(live_db, minutes=10)
    await put_on_shelf(live_db, mug, house, 5)
    await bought(live_db, {mug: 1})
    await move_clock(live_db, minutes=20)

    await enter(live_db, count, mug, 9, counted_at=moment)

    async with live_db.transaction(STAFF) as tx:
        (line,) = (await inventory.count_lines(tx, count, Asked())).rows
    assert (line.expected, line.difference) == (10, -1)
    assert await approve(live_db, count) == 1
    assert await on_hand(live_db, mug, house) == 13
    await move_clock(live_db, minutes=0)


async def test_two_who_approve_one_count_at_once_adjust_once(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    mug = await stocked_variant(live_db, on_hand=10, warehouse_id=house)
    count = await counting(live_db, house)
    await enter(live_db, count, mug, 7)
    async with live_db.transaction(STAFF) as tx:
        await inventory.finish_count(tx, count)

    async def look_again(_number: int) -> str:
        try:
            await approve(live_db, count)
        except inventory.CountMoved:
            return "told"
        return "approved"

    assert sorted(await all_at_once(4, look_again)) == ["approved", "told", "told", "told"]
    assert await on_hand(live_db, mug, house) == 7


async def test_a_count_beside_sales_puts_right_what_differed_and_no_more(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    mug = await stocked_variant(live_db, on_hand=30, warehouse_id=house)
    count = await counting(live_db, house)

    async def act(number: int) -> None:
        if number == 5:
            await enter(live_db, count, mug, 28)
        else:
            await bought(live_db, {mug: 1})

    await all_at_once(10, act)
    assert await approve(live_db, count) == 1

    assert await on_hand(live_db, mug, house) == 30 - 9 - 2
    await assert_stock_balances(live_db)


async def test_an_adjustment_beside_buyers_never_takes_what_they_hold(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    mug = await stocked_variant(live_db, on_hand=10, warehouse_id=house)

    async def act(number: int) -> str:
        try:
            if number % 2:
                await hold(live_db, {mug: 1})
                return "held"
            async with live_db.transaction(STAFF) as tx:
                await inventory.adjust(tx, variant_id=mug, warehouse_id=house, change=-1, reason=Reason.DAMAGED)
        except (inventory.NotEnoughStock, inventory.StockIsReserved):
            return "refused"
        return "taken"

    outcomes = await all_at_once(20, act)

    assert outcomes.count("held") + outcomes.count("taken") == 10
    assert await available(live_db, mug) == 0
    await assert_stock_balances(live_db)


async def test_who_sets_a_quantity_is_told_when_it_moved_since_he_looked(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=10, warehouse_id=house)
    await bought(db, {mug: 1})

    with pytest.raises(inventory.StockMoved):
        async with db.transaction(STAFF) as tx:
            await inventory.set_on_hand(
                tx, variant_id=mug, warehouse_id=house, on_hand=12, reason=Reason.COUNT, seen=10
            )

    assert await on_hand(db, mug, house) == 9


class Chance:
    """Anything that can be done with the stock, picked by a seed; what is refused has changed nothing."""

    def __init__(self, db: Database, seed: int, houses: list[UUID], shelf: list[UUID]) -> None:
        self.db, self.pick, self.houses, self.shelf = db, random.Random(seed), houses, shelf
        self.carts: list[UUID] = []
        self.orders: list[UUID] = []
        self.transfers: list[UUID] = []
        self.purchases: list[UUID] = []
        self.counts: list[UUID] = []

    async def act(self) -> None:
        doing = self.pick.choice(
            [self.buy, self.buy, self.hold, self.let_go, self.cancel, self.correct, self.order, self.receive,
             self.send, self.arrive, self.count, self.find, self.approve]
        )  # fmt: skip
        try:
            await doing()
        except DomainError:
            return

    def some(self) -> dict[UUID, int]:
        return {one: self.pick.randint(1, 4) for one in self.pick.sample(self.shelf, self.pick.randint(1, 2))}

    async def buy(self) -> None:
        self.orders.append(await bought(self.db, self.some()))

    async def hold(self) -> None:
        cart = new_id()
        await hold(self.db, self.some(), holder=cart)
        self.carts.append(cart)

    async def let_go(self) -> None:
        if self.carts:
            async with self.db.transaction(STAFF) as tx:
                await inventory.release(tx, holder=self.carts.pop())

    async def cancel(self) -> None:
        if self.orders:
            async with self.db.transaction(STAFF) as tx:
                await inventory.release(tx, order_id=self.orders.pop(self.pick.randrange(len(self.orders))))

    async def correct(self) -> None:
        async with self.db.transaction(STAFF) as tx:
            await inventory.adjust(
                tx,
                variant_id=self.pick.choice(self.shelf),
                warehouse_id=self.pick.choice(self.houses),
                change=self.pick.choice([-3, -1, 1, 4]),
                reason=Reason.CORRECTION,
            )

    async def order(self) -> None:
        async with self.db.transaction(STAFF) as tx:
            made = await inventory.draft_purchase(
                tx, PurchaseTerms("Potter", self.pick.choice(self.houses)), self.some()
            )
            await inventory.order_purchase(tx, made)
        self.purchases.append(made)

    async def receive(self) -> None:
        if self.purchases:
            made = self.pick.choice(self.purchases)
            async with self.db.transaction(STAFF) as tx:
                lines = (await inventory.purchase(tx, made)).lines
                await inventory.receive_purchase(
                    tx, made, {line.variant_id: Arrived(self.pick.randint(0, line.left)) for line in lines}
                )

    async def send(self) -> None:
        source, destination = self.pick.sample(self.houses, 2)
        async with self.db.transaction(STAFF) as tx:
            made = await inventory.draft_transfer(tx, source_id=source, destination_id=destination, lines=self.some())
            await inventory.send_transfer(tx, made)
        self.transfers.append(made)

    async def arrive(self) -> None:
        if self.transfers:
            made = self.pick.choice(self.transfers)
            async with self.db.transaction(STAFF) as tx:
                lines = (await inventory.transfer(tx, made)).lines
                await inventory.receive_transfer(
                    tx, made, {line.variant_id: Arrived(*self._split(line.left)) for line in lines}
                )

    def _split(self, left: int) -> tuple[int, int, int]:
        received = self.pick.randint(0, left)
        returned = self.pick.randint(0, left - received)
        return received, returned, self.pick.randint(0, left - received - returned)

    async def count(self) -> None:
        self.counts.append(await counting(self.db, self.pick.choice(self.houses)))

    async def find(self) -> None:
        if self.counts:
            await enter(self.db, self.pick.choice(self.counts), self.pick.choice(self.shelf), self.pick.randint(0, 9))

    async def approve(self) -> None:
        if self.counts:
            await approve(self.db, self.counts.pop())


async def test_whatever_staff_and_shoppers_do_every_invariant_holds(live_db: Database) -> None:
    houses = [await make_warehouse(live_db, priority=number) for number in range(2)]
    shelf = await make_variants(live_db, 3)
    for variant_id in shelf:
        async with live_db.transaction(STAFF) as tx:
            await inventory.set_policy(tx, variant_id=variant_id, backorder_allowed=True)
        for house in houses:
            await put_on_shelf(live_db, variant_id, house, 4)
    chance = Chance(live_db, 20261120, houses, shelf)

    for step in range(90):
        await chance.act()
        if step % 15 == 14:
            await assert_stock_balances(live_db)
            await assert_sound(live_db, quiet=False, but=("I05",))
            await assert_nobody_waits_beside_stock(live_db)


async def assert_nobody_waits_beside_stock(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        assert await inventory.fill_backorders(tx) == 0


async def test_many_who_do_anything_at_once_leave_sound_books(live_db: Database) -> None:
    houses = [await make_warehouse(live_db, priority=number) for number in range(2)]
    shelf = await make_variants(live_db, 3)
    for variant_id in shelf:
        async with live_db.transaction(STAFF) as tx:
            await inventory.set_policy(tx, variant_id=variant_id, backorder_allowed=True)
        for house in houses:
            await put_on_shelf(live_db, variant_id, house, 4)

    async def live(number: int) -> None:
        chance = Chance(live_db, number, houses, shelf)
        for _step in range(12):
            await chance.act()

    await all_at_once(6, live)

    await assert_stock_balances(live_db)
    await assert_sound(live_db, quiet=False, but=("I05",))
    await assert_nobody_waits_beside_stock(live_db)
