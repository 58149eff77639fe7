"""The carts of guest and customer become one when they log in."""

from uuid import UUID

import pytest

from domains import cart
from domains.cart.tests.factories import GUEST, for_sale, guest_cart, member, quantities, seen
from domains.inventory.tests.factories import all_at_once, assert_stock_balances, available, hold
from domains.kit import Database
from domains.pricing.tests.factories import open_shop


async def test_at_log_in_the_guests_cart_becomes_the_customers(db: Database) -> None:
    await open_shop(db)
    mug, account_id = await for_sale(db), await member(db)
    cart_id, token = await guest_cart(db, {mug: 1})

    async with db.transaction(GUEST) as tx:
        adopted = await cart.adopt(tx, token=token, account_id=account_id)
        again = await cart.adopt(tx, token=token, account_id=account_id)
        by_cookie = await cart.find(tx, token)
        by_account = await cart.current(tx, account_id=account_id, token="")

    assert (adopted, again, by_cookie, by_account) == (cart_id, None, None, cart_id)


async def test_at_log_in_both_carts_are_summed_and_capped(db: Database) -> None:
    await open_shop(db)
    mug, lamp, many, account_id = (
        await for_sale(db),
        await for_sale(db),
        await for_sale(db, on_hand=5000),
        await member(db),
    )
    async with db.transaction(GUEST) as tx:
        own, token = await cart.start(tx, account_id)
        await cart.add_line(tx, own, mug, 2)
        await cart.add_line(tx, own, many, 600)
    guests, _token = await guest_cart(db, {mug: 3, lamp: 1, many: 600})

    async with db.transaction(GUEST) as tx:
        merged = await cart.merge(tx, guests, account_id)

    assert token is None
    assert merged == guests
    assert await quantities(db, merged) == {mug: 5, lamp: 1, many: 999}
    async with db.transaction(GUEST) as tx:
        assert await cart.for_account(tx, account_id) == guests


async def test_what_the_older_cart_held_comes_free_when_it_is_merged(db: Database) -> None:
    await open_shop(db)
    mug, account_id = await for_sale(db, on_hand=1), await member(db)
    async with db.transaction(GUEST) as tx:
        own, _none = await cart.start(tx, account_id)
        await cart.add_line(tx, own, mug, 1)
    await hold(db, {mug: 1}, holder=own)
    guests, _token = await guest_cart(db)

    async with db.transaction(GUEST) as tx:
        merged = await cart.merge(tx, guests, account_id)

    assert (await seen(db, merged)).can_check_out
    assert await available(db, mug) == 1
    await assert_stock_balances(db)


async def test_a_customers_cart_is_not_given_to_another(db: Database) -> None:
    await open_shop(db)
    ada, bob = await member(db), await member(db, "bob@example.com")
    async with db.transaction(GUEST) as tx:
        adas, _none = await cart.start(tx, ada)
        again, _none = await cart.start(tx, ada)

        with pytest.raises(cart.CartNotFound):
            await cart.merge(tx, adas, bob)

    assert adas == again


async def test_two_log_ins_at_once_leave_one_cart_with_everything(live_db: Database) -> None:
    await open_shop(live_db)
    mug, lamp, account_id = await for_sale(live_db), await for_sale(live_db), await member(live_db)
    carts: list[UUID] = [(await guest_cart(live_db, {thing: 1}))[0] for thing in (mug, lamp)]

    async def log_in(number: int) -> None:
        async with live_db.transaction(GUEST) as tx:
            await cart.merge(tx, carts[number], account_id)

    await all_at_once(2, log_in)

    async with live_db.transaction(GUEST) as tx:
        kept = await cart.for_account(tx, account_id)
    assert kept is not None
    assert await quantities(live_db, kept) == {mug: 1, lamp: 1}
