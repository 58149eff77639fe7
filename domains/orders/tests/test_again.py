"""An order once more: what can still be had goes into the cart, and what has changed is told."""

from uuid import UUID

import pytest

from domains import catalog, inventory, orders, pricing
from domains.cart.tests.factories import GUEST, for_sale, guest_cart, quantities
from domains.catalog.tests.factories import SIZES
from domains.inventory.tests.factories import all_at_once
from domains.kit import Database, Money, new_id
from domains.orders import Again, AgainLine, OrderView
from domains.orders.tests.factories import TESTER, a_line, placed
from domains.pricing.tests.factories import open_shop


async def ordered(db: Database, *things: tuple[UUID, int], price: int = 2000) -> OrderView:
    """An order of so many of each variant, at that price."""
    async with db.transaction(TESTER) as tx:
        variants = await catalog.variants(tx, [thing for thing, _quantity in things])
        lines = tuple(
            a_line(
                variant_id=thing,
                product_id=variants[thing].product_id if thing in variants else new_id(),
                product_name=variants[thing].product_name if thing in variants else "Thing of the past",
                sku=f"SKU-{number}",
                unit_price=price,
                quantity=quantity,
            )
            for number, (thing, quantity) in enumerate(things)
        )
        subtotal = price * sum(quantity for _thing, quantity in things)
        head = await placed(tx, lines=lines, subtotal=subtotal, shipping=0, tax=0, tax_lines=(), total=subtotal)
        return await orders.order(tx, head.id)


async def again(db: Database, order: OrderView, cart_id: UUID) -> Again:
    async with db.transaction(GUEST) as tx:
        return await orders.put_again(tx, order, cart_id)


def by_variant(found: Again) -> dict[UUID, AgainLine]:
    return {line.variant_id: line for line in found.lines}


async def test_everything_comes_back_into_the_cart_when_nothing_changed(db: Database) -> None:
    await open_shop(db)
    mug, lamp = await for_sale(db), await for_sale(db)
    order = await ordered(db, (mug, 2), (lamp, 1))
    cart_id, _token = await guest_cart(db)

    found = await again(db, order, cart_id)

    assert await quantities(db, cart_id) == {mug: 2, lamp: 1}
    assert found.is_done
    assert found.pieces == 3
    assert not any(line.has_changed for line in found.lines)


async def test_what_changed_is_told_line_by_line_and_nothing_is_left_out(db: Database) -> None:
    await open_shop(db)
    dearer, fewer, out, gone, lost = (
        await for_sale(db),
        await for_sale(db, on_hand=3),
        await for_sale(db, on_hand=0),
        await for_sale(db),
        new_id(),
    )
    small = await for_sale(
        db,
        name="Shirt",
        options=(SIZES,),
        variants=(catalog.VariantDraft("S-S", {"Size": "S"}), catalog.VariantDraft("S-M", {"Size": "M"})),
    )
    order = await ordered(db, (dearer, 1), (fewer, 5), (out, 2), (gone, 1), (lost, 1), (small, 1))
    async with db.transaction(TESTER) as tx:
        await pricing.set_price(tx, dearer, 2500)
        await catalog.unpublish(tx, (await catalog.variants(tx, [gone]))[gone].product_id)
        await tx.sql("UPDATE catalog.variants SET is_active = false WHERE id = :id", {"id": small})
    cart_id, _token = await guest_cart(db)

    found = by_variant(await again(db, order, cart_id))

    assert await quantities(db, cart_id) == {dearer: 1, fewer: 3}
    assert {variant: line.trouble for variant, line in found.items()} == {
        dearer: "", fewer: "fewer", out: "out", gone: "gone", lost: "gone", small: "variant_gone",
    }  # fmt: skip
    assert (found[dearer].price_then, found[dearer].price_now) == (Money(2000, "USD"), Money(2500, "USD"))
    assert [variant for variant, line in found.items() if line.price_changed] == [dearer]
    assert (found[fewer].ordered, found[fewer].possible, found[fewer].in_cart) == (5, 3, 3)
    assert (found[small].slug, found[gone].slug, found[lost].slug) == ("shirt", "", "")


async def test_pressed_twice_it_holds_the_same(db: Database) -> None:
    await open_shop(db)
    mug, few = await for_sale(db), await for_sale(db, on_hand=1)
    order = await ordered(db, (mug, 2), (few, 3))
    cart_id, _token = await guest_cart(db)

    first = await again(db, order, cart_id)
    second = await again(db, order, cart_id)

    assert first == second
    assert await quantities(db, cart_id) == {mug: 2, few: 1}


async def test_what_is_in_the_cart_counts_and_is_never_made_less(db: Database) -> None:
    await open_shop(db)
    mug, lamp, own = await for_sale(db), await for_sale(db), await for_sale(db)
    order = await ordered(db, (mug, 2), (lamp, 3))
    cart_id, _token = await guest_cart(db, {mug: 5, lamp: 1, own: 1})

    await again(db, order, cart_id)

    assert await quantities(db, cart_id) == {mug: 5, lamp: 3, own: 1}


async def test_looking_changes_nothing(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    order = await ordered(db, (mug, 2))
    async with db.transaction(GUEST) as tx:
        found = await orders.again(tx, order, None)

    assert (found.is_done, found.can_be_had, found.pieces) == (False, True, 0)


async def test_nothing_of_it_can_be_had(db: Database) -> None:
    await open_shop(db)
    out = await for_sale(db, on_hand=0)
    order = await ordered(db, (out, 2))
    cart_id, _token = await guest_cart(db)

    found = await again(db, order, cart_id)

    assert (found.can_be_had, found.is_done, await quantities(db, cart_id)) == (False, True, {})


async def test_what_comes_later_can_be_ordered_again(db: Database) -> None:
    await open_shop(db)
    later = await for_sale(db, on_hand=0)
    async with db.transaction(TESTER) as tx:
        await inventory.set_policy(tx, variant_id=later, backorder_allowed=True)
    order = await ordered(db, (later, 2))
    cart_id, _token = await guest_cart(db)

    found = await again(db, order, cart_id)

    assert await quantities(db, cart_id) == {later: 2}
    assert not found.lines[0].has_changed


async def test_a_full_cart_says_what_had_no_room(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("domains.cart", "domains.cart.operations"):
        monkeypatch.setattr(f"{place}.MOST_LINES", 2)
    await open_shop(db)
    mug, lamp, pen = await for_sale(db), await for_sale(db), await for_sale(db)
    order = await ordered(db, (mug, 2), (lamp, 1), (pen, 1))
    cart_id, _token = await guest_cart(db, {mug: 1})

    found = by_variant(await again(db, order, cart_id))

    assert await quantities(db, cart_id) == {mug: 2, lamp: 1}
    assert [found[thing].trouble for thing in (mug, lamp, pen)] == ["", "", "full"]


async def test_two_presses_at_once_put_it_into_the_cart_once(live_db: Database) -> None:
    await open_shop(live_db)
    mug, few = await for_sale(live_db), await for_sale(live_db, on_hand=2)
    order = await ordered(live_db, (mug, 3), (few, 5))
    cart_id, _token = await guest_cart(live_db)

    await all_at_once(6, lambda _number: again(live_db, order, cart_id))

    assert await quantities(live_db, cart_id) == {mug: 3, few: 2}
