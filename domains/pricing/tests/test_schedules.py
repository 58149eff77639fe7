"""Prices over time: planned, withdrawn, and the lowest of the 30 days before a cut."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains import pricing
from domains.inventory.tests.factories import make_variants
from domains.kit import Actor, Database, Invalid, Money
from domains.kit.clock import shift
from domains.pricing import Step, lowest_of
from domains.pricing.tests.factories import open_shop

STAFF = Actor.system("tests")
START = datetime(2026, 1, 1, tzinfo=UTC)


def step(day: float, amount: int, compare_at: int | None = None) -> Step:
    return Step(START + timedelta(days=day), amount, compare_at)


def on(day: float) -> datetime:
    return START + timedelta(days=day)


@pytest.mark.parametrize(
    ("steps", "day", "lowest"),
    [
        ([step(0, 100), step(60, 80, 100)], 61, 100),
        ([step(0, 100), step(50, 60), step(55, 100), step(60, 80, 100)], 61, 60),  # cheap for five days: that counts
        ([step(0, 60), step(20, 100), step(60, 80, 100)], 61, 100),  # what was cheap ended before the window
        ([step(0, 60), step(31, 100), step(60, 80, 100)], 61, 60),  # it was true for the first day of the window
        ([step(0, 100), step(60, 80, 100)], 200, 100),  # the window is before the cut, not before today
        ([step(0, 100), step(60, 80, 100), step(70, 80, 120)], 75, 100),  # the same price said again is no new cut
        ([step(0, 80, 100)], 5, None),  # nothing was before it
        ([step(0, 100), step(60, 80)], 61, None),  # not shown as a cut
        ([step(0, 100), step(60, 80, 100)], 59, None),  # not yet
        ([step(0, 100), step(60, 80, 100), step(70, 70, 100)], 71, 80),  # a further cut has a window of its own
    ],
)
def test_the_lowest_price_is_that_of_the_30_days_before_the_cut(
    steps: list[Step], day: float, lowest: int | None
) -> None:
    assert lowest_of(steps, on(day)) == lowest


@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.integers(1, 50)), min_size=1, max_size=12, unique_by=lambda one: one[0]
    ),
    st.integers(1, 50),
)
def test_it_is_what_one_finds_who_looks_at_every_hour(prices: list[tuple[int, int]], cut_to: int) -> None:
    prices = sorted(prices)
    cut_at = prices[-1][0] + 1
    steps = [Step(START + timedelta(hours=hour), amount, None) for hour, amount in prices]
    steps.append(Step(START + timedelta(hours=cut_at), cut_to, 1000))
    if prices[-1][1] == cut_to:
        return  # it is no other price

    def true_at(hour: int) -> int | None:
        begun = [amount for began, amount in prices if began <= hour]
        return begun[-1] if begun else None

    window = range(cut_at - 30 * 24, cut_at)
    seen = [amount for hour in window if (amount := true_at(hour)) is not None]

    assert lowest_of(steps, START + timedelta(hours=cut_at + 5)) == min(seen)


@pytest.fixture
async def variant(db: Database) -> UUID:
    await open_shop(db)
    (variant_id,) = await make_variants(db)
    return variant_id


async def test_a_price_is_planned_begins_by_itself_and_can_be_withdrawn_before(db: Database, variant: UUID) -> None:
    async with db.transaction(STAFF) as tx:
        now = await tx.now()
        await pricing.set_price(tx, variant, 1000)
        await pricing.plan(tx, variant, 800, compare_at=1000, valid_from=now + timedelta(days=2))
        await pricing.plan(tx, variant, 500, compare_at=1000, valid_from=now + timedelta(days=4))
        planned = (await pricing.schedules(tx, [variant], "USD"))[variant].planned
        await pricing.withdraw(tx, variant, now + timedelta(days=4), "USD")
        left = (await pricing.schedules(tx, [variant], "USD"))[variant].planned
        with pytest.raises(Invalid):
            await pricing.withdraw(tx, variant, now + timedelta(days=4, hours=1), "USD")
        with pytest.raises(Invalid):
            await pricing.plan(tx, variant, 700, compare_at=None, valid_from=now - timedelta(days=1))
        await shift(tx, timedelta(days=5))
        price = (await pricing.prices(tx, [variant], "USD"))[variant]
        lowest = await pricing.lowest_before_cut(tx, [variant], "USD")

    assert [one.amount for one in planned] == [800, 500]
    assert [one.amount for one in left] == [800]
    assert (price.amount, price.compare_at) == (Money(800, "USD"), Money(1000, "USD"))
    assert lowest == {variant: Money(1000, "USD")}
