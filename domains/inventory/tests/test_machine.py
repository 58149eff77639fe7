"""Any order of what can happen to the stock, beside a model of it."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from domains import inventory
from domains.inventory import Demand, Reason
from domains.inventory.operations.reserve import HOLD_MINUTES
from domains.inventory.tests.factories import (
    STAFF,
    make_variants,
    make_warehouse,
    move_clock,
    put_on_shelf,
    violations,
)
from domains.kit import Database, Transaction, new_id

VARIANTS = 3
CARTS = 4
carts = st.integers(0, CARTS - 1)
variants = st.integers(0, VARIANTS - 1)
baskets = st.dictionaries(variants, st.integers(1, 5), min_size=1, max_size=VARIANTS)


class ModelHold:
    """What the model knows of a cart's hold; minutes are of the model's clock."""

    def __init__(self, lines: dict[int, int], since: float) -> None:
        self.lines = lines
        self.since = since
        self.until = since + HOLD_MINUTES
        self.extended = False
        self.order: UUID | None = None


class StockMachine(RuleBasedStateMachine):
    """Holds in a rolled-back transaction, whose clock stands still but for `time_passes`."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = 0.0
        self.free: dict[int, int] = {}
        self.sold = dict.fromkeys(range(VARIANTS), 0)
        self.holds: dict[int, ModelHold] = {}
        self.paid: dict[UUID, dict[int, int]] = {}
        self.loop.run_until_complete(self._open())

    async def _open(self) -> None:
        self.pool = Database.connect(self.url, pool_size=1)
        self.connection = await self.pool.bind.connect()
        self.outer = await self.connection.begin()
        self.db = Database(self.connection)
        self.ids = await make_variants(self.db, VARIANTS)
        self.holders = [new_id() for _ in range(CARTS)]
        self.houses = [await make_warehouse(self.db, priority=number) for number in range(2)]
        for number, variant_id in enumerate(self.ids):
            await put_on_shelf(self.db, variant_id, self.houses[0], number + 2)
            await put_on_shelf(self.db, variant_id, self.houses[1], 2)
            self.free[number] = number + 4

    def teardown(self) -> None:
        async def close() -> None:
            await self.outer.rollback()
            await self.connection.close()
            await self.pool.dispose()

        self.loop.run_until_complete(close())
        self.loop.close()

    def do(self, act: Any) -> Any:
        """Run `act(tx)` in a transaction; a refusal is returned."""

        async def run() -> Any:
            try:
                async with self.db.transaction(STAFF) as tx:
                    return await act(tx)
            except (inventory.NotEnoughStock, inventory.HoldIsBound, inventory.HoldExpired,
                    inventory.AlreadyExtended, inventory.HoldGone, inventory.StockIsReserved) as refused:  # fmt: skip
                return refused

        return self.loop.run_until_complete(run())

    def is_over(self, cart: int) -> bool:
        return self.holds[cart].until <= self.clock

    @rule(cart=carts, basket=baskets)
    def reserve(self, cart: int, basket: dict[int, int]) -> None:
        lines = [Demand(self.ids[number], quantity) for number, quantity in basket.items()]

        outcome = self.do(lambda tx: inventory.reserve(tx, lines=lines, holder=self.holders[cart], visitor=""))

        standing = self.holds.get(cart)
        if standing is not None and standing.lines == basket and not self.is_over(cart):
            assert isinstance(outcome, inventory.Hold)
            return
        if standing is not None and standing.order is not None:
            assert isinstance(outcome, inventory.HoldIsBound)
            return
        own = standing.lines if standing else {}
        if any(self.free[number] + own.get(number, 0) < quantity for number, quantity in basket.items()):
            assert isinstance(outcome, inventory.NotEnoughStock)
            return
        assert isinstance(outcome, inventory.Hold)
        for number in range(VARIANTS):
            self.free[number] += own.get(number, 0) - basket.get(number, 0)
        if standing is None or self.is_over(cart):
            self.holds[cart] = ModelHold(dict(basket), self.clock)
        else:
            standing.lines = dict(basket)
            standing.until = max(standing.until, min(self.clock + HOLD_MINUTES, standing.since + 2 * HOLD_MINUTES))

    @rule(cart=carts)
    def extend(self, cart: int) -> None:
        outcome = self.do(lambda tx: inventory.extend(tx, self.holders[cart]))

        standing = self.holds.get(cart)
        if standing is None or self.is_over(cart):
            assert isinstance(outcome, inventory.HoldExpired)
        elif standing.extended:
            assert isinstance(outcome, inventory.AlreadyExtended)
        else:
            standing.extended = True
            standing.until += HOLD_MINUTES

    @rule(cart=carts)
    def bind(self, cart: int) -> None:
        order = new_id()

        outcome = self.do(lambda tx: inventory.bind(tx, holder=self.holders[cart], order_id=order))

        standing = self.holds.get(cart)
        if standing is None or self.is_over(cart):
            assert isinstance(outcome, inventory.HoldExpired)
        elif standing.order is not None:
            assert isinstance(outcome, inventory.HoldIsBound)
        else:
            standing.order = order

    @precondition(lambda self: any(hold.order for hold in self.holds.values()))
    @rule(data=st.data())
    def unbind(self, data: st.DataObject) -> None:
        cart = self._bound(data)
        order = self.holds[cart].order
        assert order is not None

        assert self.do(lambda tx: inventory.unbind(tx, order_id=order))

        self.holds[cart].order = None

    @precondition(lambda self: any(hold.order for hold in self.holds.values()))
    @rule(data=st.data(), times=st.integers(1, 2))
    def pay(self, data: st.DataObject, times: int) -> None:
        cart = self._bound(data)
        order = self.holds[cart].order
        assert order is not None

        outcomes = [self.do(lambda tx: inventory.consume(tx, order_id=order)) for _ in range(times)]

        assert outcomes == [True, False][:times]
        self.paid[order] = self.holds.pop(cart).lines
        for number, quantity in self.paid[order].items():
            self.sold[number] += quantity

    @precondition(lambda self: self.paid)
    @rule(data=st.data())
    def cancel_paid(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(sorted(self.paid)))

        assert self.do(lambda tx: inventory.release(tx, order_id=order))

        for number, quantity in self.paid.pop(order).items():
            self.sold[number] -= quantity
            self.free[number] += quantity
        assert not self.do(lambda tx: inventory.release(tx, order_id=order))
        assert isinstance(self.do(lambda tx: inventory.consume(tx, order_id=order)), inventory.HoldGone)

    @precondition(lambda self: any(hold.order for hold in self.holds.values()))
    @rule(data=st.data())
    def cancel_unpaid(self, data: st.DataObject) -> None:
        cart = self._bound(data)

        assert self.do(lambda tx: inventory.release(tx, order_id=self.holds[cart].order))

        self._free(cart)

    @rule(cart=carts)
    def leave(self, cart: int) -> None:
        outcome = self.do(lambda tx: inventory.release(tx, holder=self.holders[cart]))

        standing = self.holds.get(cart)
        assert outcome is (standing is not None and standing.order is None)
        if outcome:
            self._free(cart)

    @rule(minutes=st.sampled_from([1, 7, 14, 15, 16]))
    def time_passes(self, minutes: int) -> None:
        self.clock += minutes
        self.loop.run_until_complete(move_clock(self.db, minutes=self.clock))

    @rule()
    def sweep(self) -> None:
        due = [cart for cart, hold in self.holds.items() if self.is_over(cart) and hold.order is None]
        waiting = {hold.order for cart, hold in self.holds.items() if self.is_over(cart) and hold.order is not None}

        assert self.do(inventory.expire_due) == len(due)

        for cart in due:
            self._free(cart)
        assert set(self.do(inventory.expired_bound)) == waiting

    @rule(variant=variants, house=st.integers(0, 1), change=st.integers(-4, 4).filter(bool))
    def correct(self, variant: int, house: int, change: int) -> None:
        async def act(tx: Transaction) -> bool:
            await inventory.adjust(
                tx,
                variant_id=self.ids[variant],
                warehouse_id=self.houses[house],
                change=change,
                reason=Reason.COUNT,
            )
            return True

        if self.do(act) is True:
            self.free[variant] += change
        else:
            assert change < 0

    @rule(variant=variants, house=st.integers(0, 1), quantity=st.integers(0, 3))
    def receive(self, variant: int, house: int, quantity: int) -> None:
        async def act(tx: Transaction) -> None:
            await inventory.receive(
                tx, variant_id=self.ids[variant], warehouse_id=self.houses[house], quantity=quantity
            )

        self.do(act)

        self.free[variant] += quantity

    @invariant()
    def books_and_model_agree(self) -> None:
        async def look(tx: Transaction) -> tuple[dict[UUID, inventory.Availability], list[inventory.StockLevel]]:
            return await inventory.availability(tx, self.ids), await inventory.levels(tx, self.ids)

        available, levels = self.do(look)
        assert [available[variant_id].available for variant_id in self.ids] == [
            self.free[number] for number in range(VARIANTS)
        ]
        for number, variant_id in enumerate(self.ids):
            mine = [level for level in levels if level.variant_id == variant_id]
            assert sum(level.quantity_allocated for level in mine) == self.sold[number]
            assert sum(level.quantity_reserved for level in mine) == sum(
                hold.lines.get(number, 0) for hold in self.holds.values()
            )
        assert self.loop.run_until_complete(violations(self.db)) == []

    def _bound(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(cart for cart, hold in self.holds.items() if hold.order)))

    def _free(self, cart: int) -> None:
        for number, quantity in self.holds.pop(cart).lines.items():
            self.free[number] += quantity


def _run(url: str, examples: int, steps: int) -> None:
    machine = type("Machine", (StockMachine,), {"url": url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_whatever_happens_the_stock_is_as_the_model_says(database_url: str) -> None:
    _run(database_url, examples=15, steps=30)


@pytest.mark.long
def test_whatever_happens_for_long_the_stock_is_as_the_model_says(database_url: str) -> None:
    _run(database_url, examples=400, steps=50)
