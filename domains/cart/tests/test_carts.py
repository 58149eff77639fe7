"""What is in a cart, what it costs, and how long it is kept."""

import pytest

from domains import cart, catalog, inventory, pricing
from domains.cart.tests.factories import GUEST, for_sale, guest_cart, member, quantities, seen
from domains.inventory.tests.factories import (
    all_at_once,
    assert_stock_balances,
    available,
    hold,
    make_variants,
    move_clock,
)
from domains.kit import Database, Invalid, Money, new_id
from domains.pricing.tests.factories import STAFF, open_shop


async def test_what_is_added_is_in_the_cart_at_todays_price(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, amount=1250, name="Blue mug", weight_grams=300)

    cart_id, _token = await guest_cart(db, {mug: 2})

    view = await seen(db, cart_id)
    (line,) = view.lines
    assert (line.name, line.quantity, line.unit_price, line.line_total) == (
        "Blue mug",
        2,
        Money(1250, "USD"),
        Money(2500, "USD"),
    )
    assert (view.count, view.subtotal, view.can_check_out) == (2, Money(2500, "USD"), True)
    assert line.weight_grams == 300


async def test_adding_the_same_again_makes_the_line_longer(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    cart_id, _token = await guest_cart(db, {mug: 2})

    async with db.transaction(GUEST) as tx:
        now = await cart.add_line(tx, cart_id, mug, 3)

    assert now == 5
    assert await quantities(db, cart_id) == {mug: 5}


async def test_a_cart_takes_nothing_from_the_shelf(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=2)

    await guest_cart(db, {mug: 2})

    assert await available(db, mug) == 2
    await assert_stock_balances(db)


async def test_more_than_there_are_is_refused_with_what_is_possible(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=3)
    cart_id, _token = await guest_cart(db, {mug: 2})

    with pytest.raises(cart.TooFewLeft) as more:
        async with db.transaction(GUEST) as tx:
            await cart.add_line(tx, cart_id, mug, 2)
    with pytest.raises(cart.TooFewLeft) as longer:
        async with db.transaction(GUEST) as tx:
            await cart.set_quantity(tx, cart_id, mug, 4)

    assert (more.value.possible, more.value.in_cart) == (3, 2)
    assert "1 more" in more.value.hint
    assert (longer.value.title, longer.value.possible) == ("Only 3 are left.", 3)
    assert await quantities(db, cart_id) == {mug: 2}


async def test_what_is_sold_out_says_so(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=0)

    with pytest.raises(cart.TooFewLeft) as refused:
        await guest_cart(db, {mug: 1})

    assert refused.value.title == "This is sold out."


async def test_what_can_be_ordered_ahead_goes_into_the_cart(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=0)
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True)

    cart_id, _token = await guest_cart(db, {mug: 5})

    assert (await seen(db, cart_id)).lines[0].state == "backorder"


@pytest.mark.parametrize("quantity", [-1, 0, 1000, 2**31, 2**63, 10**23])
async def test_impossible_quantities_are_refused(db: Database, quantity: int) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    cart_id, _token = await guest_cart(db)

    with pytest.raises(Invalid) as refused:
        async with db.transaction(GUEST) as tx:
            await cart.add_line(tx, cart_id, mug, quantity)

    assert list(refused.value.fields) == ["quantity"]


async def test_a_line_holds_at_most_999(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=5000)
    cart_id, _token = await guest_cart(db, {mug: 999})

    with pytest.raises(cart.TooFewLeft) as refused:
        async with db.transaction(GUEST) as tx:
            await cart.add_line(tx, cart_id, mug, 1)

    assert "999" in refused.value.title


async def test_a_line_is_made_at_least_so_long_as_far_as_there_is_stock(db: Database) -> None:
    await open_shop(db)
    mug, lamp, hidden = await for_sale(db, on_hand=3), await for_sale(db), await for_sale(db, is_active=False)
    cart_id, _token = await guest_cart(db, {lamp: 4})

    async with db.transaction(GUEST) as tx:
        has = [await cart.at_least(tx, cart_id, mug, quantity) for quantity in (2, 2, 9)]
        kept = await cart.at_least(tx, cart_id, lamp, 1)
        with pytest.raises(cart.NotForSale):
            await cart.at_least(tx, cart_id, hidden, 1)

    assert (has, kept) == ([2, 2, 3], 4)
    assert await quantities(db, cart_id) == {mug: 3, lamp: 4}


async def test_a_line_of_zero_is_taken_out_and_removing_twice_is_no_mistake(db: Database) -> None:
    await open_shop(db)
    mug, lamp = await for_sale(db), await for_sale(db)
    cart_id, _token = await guest_cart(db, {mug: 2, lamp: 1})

    async with db.transaction(GUEST) as tx:
        await cart.set_quantity(tx, cart_id, mug, 0)
        await cart.remove_line(tx, cart_id, mug)
        with pytest.raises(cart.LineNotFound):
            await cart.set_quantity(tx, cart_id, mug, 1)

    assert await quantities(db, cart_id) == {lamp: 1}


async def test_what_is_hidden_or_has_no_price_is_not_for_sale(db: Database) -> None:
    await open_shop(db)
    hidden, (priceless,) = await for_sale(db, is_active=False), await make_variants(db)

    for variant_id in (hidden, priceless, new_id()):
        with pytest.raises(cart.NotForSale):
            await guest_cart(db, {variant_id: 1})


async def test_a_changed_price_is_told_until_the_line_is_touched(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, amount=2000)
    cart_id, _token = await guest_cart(db, {mug: 1})
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2300)

    told = (await seen(db, cart_id)).lines[0]
    async with db.transaction(GUEST) as tx:
        await cart.set_quantity(tx, cart_id, mug, 2)
    after = (await seen(db, cart_id)).lines[0]

    assert (told.unit_price, told.price_changed_from) == (Money(2300, "USD"), Money(2000, "USD"))
    assert (after.line_total, after.price_changed_from) == (Money(4600, "USD"), None)


async def test_accepting_the_prices_ends_the_telling(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, amount=2000)
    cart_id, _token = await guest_cart(db, {mug: 1})
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2300)
        await cart.accept_prices(tx, cart_id)

    assert (await seen(db, cart_id)).lines[0].price_changed_from is None


async def test_the_cart_tells_what_became_of_its_lines(db: Database) -> None:
    await open_shop(db)
    gone, out, fewer = await for_sale(db), await for_sale(db, on_hand=2), await for_sale(db, on_hand=3, amount=100)
    cart_id, _token = await guest_cart(db, {gone: 1, out: 1, fewer: 3})
    await hold(db, {out: 2})
    await hold(db, {fewer: 1})
    async with db.transaction(STAFF) as tx:
        (variant,) = (await catalog.variants(tx, [gone])).values()
        await catalog.unpublish(tx, variant.product_id)

    view = await seen(db, cart_id)

    assert {line.variant_id: (line.trouble, line.max_quantity) for line in view.lines} == {
        gone: ("gone", 0),
        out: ("out", 0),
        fewer: ("too_many", 2),
    }
    assert not view.can_check_out
    assert view.subtotal == Money(300, "USD")


async def test_what_the_cart_holds_itself_does_not_look_sold_out(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, on_hand=1)
    cart_id, _token = await guest_cart(db, {mug: 1})

    await hold(db, {mug: 1}, holder=cart_id)

    line = (await seen(db, cart_id)).lines[0]
    assert (line.trouble, line.max_quantity) == ("", 1)


async def test_a_guests_cart_is_kept_thirty_days_after_its_last_change(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    _cart_id, token = await guest_cart(db, {mug: 1})

    async def finds() -> bool:
        async with db.transaction(GUEST) as tx:
            return await cart.find(tx, token) is not None

    await move_clock(db, hours=23, minutes=59)
    after_a_day = await finds()
    await move_clock(db, days=29, hours=23, minutes=59)
    after_a_month = await finds()
    await move_clock(db, days=30, seconds=1)
    too_late = await finds()

    assert (after_a_day, after_a_month, too_late) == (True, True, False)


async def test_changing_the_cart_gives_it_its_full_time_again(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    cart_id, token = await guest_cart(db, {mug: 1})

    await move_clock(db, days=20)
    async with db.transaction(GUEST) as tx:
        await cart.add_line(tx, cart_id, mug, 1)
    await move_clock(db, days=45)

    async with db.transaction(GUEST) as tx:
        assert await cart.find(tx, token) == cart_id


async def test_the_worker_ends_carts_whose_time_is_over(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    cart_id, _token = await guest_cart(db, {mug: 1})
    async with db.transaction(STAFF) as tx:
        members, _none = await cart.start(tx, await member(db))

    await move_clock(db, days=31)
    async with db.transaction(STAFF) as tx:
        ended = [await cart.expire_due(tx), await cart.expire_due(tx)]

    assert ended == [1, 0]
    assert await quantities(db, cart_id) == {}
    with pytest.raises(cart.CartNotFound):
        async with db.transaction(GUEST) as tx:
            await cart.add_line(tx, cart_id, mug, 1)
    async with db.transaction(GUEST) as tx:
        await cart.add_line(tx, members, mug, 1)


async def test_a_cart_that_was_ordered_cannot_be_changed(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    cart_id, token = await guest_cart(db, {mug: 1})

    async with db.transaction(GUEST) as tx:
        await cart.convert(tx, cart_id)
        await cart.convert(tx, cart_id)
        with pytest.raises(cart.CartNotFound):
            await cart.add_line(tx, cart_id, mug, 1)

        assert await cart.find(tx, token) is None
        assert await cart.identify(tx, token) == cart_id


async def test_nobody_finds_a_cart_without_its_token(db: Database) -> None:
    await open_shop(db)
    await guest_cart(db)

    async with db.transaction(GUEST) as tx:
        assert await cart.find(tx, "") is None
        assert await cart.find(tx, "guessed") is None
        assert (await cart.view(tx, None)).lines == ()
        with pytest.raises(cart.CartNotFound):
            await cart.view(tx, new_id())


async def test_five_adds_at_once_all_count(live_db: Database) -> None:
    await open_shop(live_db)
    things = [await for_sale(live_db, on_hand=50) for _ in range(2)]
    cart_id, _token = await guest_cart(live_db)

    async def add(number: int) -> None:
        async with live_db.transaction(GUEST) as tx:
            await cart.add_line(tx, cart_id, things[number % 2], 1)

    await all_at_once(10, add)

    assert await quantities(live_db, cart_id) == dict.fromkeys(things, 5)


async def test_adds_at_once_stop_at_what_there_is(live_db: Database) -> None:
    await open_shop(live_db)
    mug = await for_sale(live_db, on_hand=3)
    cart_id, _token = await guest_cart(live_db)

    async def add(_number: int) -> str:
        try:
            async with live_db.transaction(GUEST) as tx:
                await cart.add_line(tx, cart_id, mug, 1)
        except cart.TooFewLeft:
            return "refused"
        return "added"

    outcomes = await all_at_once(8, add)

    assert outcomes.count("added") == 3
    assert await quantities(live_db, cart_id) == {mug: 3}
