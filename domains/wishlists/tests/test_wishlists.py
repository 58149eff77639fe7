from uuid import UUID

import pytest

from domains import catalog, inventory, pricing, wishlists
from domains.cart.tests.factories import GUEST, for_sale, member
from domains.catalog.tests.factories import COLOURS, SIZES
from domains.inventory.tests.factories import all_at_once, make_variants, make_warehouse, move_clock, put_on_shelf
from domains.kit import Database, Money, new_id
from domains.kit.crypto import token_hash
from domains.pricing.tests.factories import STAFF, open_shop
from domains.wishlists.tests.factories import account_list, guest_list, product_of, saved, seen


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lists as short as a test can fill quickly."""
    assert wishlists.MOST_ITEMS == 200
    monkeypatch.setattr("domains.wishlists.operations.MOST_ITEMS", 5)
    return 5


async def fill(db: Database, wishlist_id: UUID, count: int) -> list[UUID]:
    """Save that many products that nobody can buy yet, the quick way; the variants."""
    variants = await make_variants(db, count)
    async with db.transaction(STAFF) as tx:
        for variant_id in variants:
            await wishlists.save(tx, wishlist_id, variant_id=variant_id)
    return variants


async def test_what_is_saved_is_shown_newest_first_at_todays_price(db: Database) -> None:
    await open_shop(db)
    mug, lamp = await for_sale(db, amount=1250, name="Blue mug"), await for_sale(db, amount=9000, name="Lamp")

    _list, token = await guest_list(db, mug, lamp)

    view = await seen(db, token=token)
    assert [(item.name, item.price, item.state, item.buyable) for item in view.items] == [
        ("Lamp", Money(9000, "USD"), "in_stock", lamp),
        ("Blue mug", Money(1250, "USD"), "in_stock", mug),
    ]
    assert view.count == 2
    assert not any(item.fell_by or item.came_back or item.needs_choice for item in view.items)


async def test_saving_twice_keeps_the_first(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, amount=2000)
    wishlist_id, token = await guest_list(db, mug)
    (first,) = (await seen(db, token=token)).items
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 1500)
        again = await wishlists.save(tx, wishlist_id, variant_id=mug)

    (kept,) = (await seen(db, token=token)).items
    assert again == first.id == kept.id
    assert kept.fell_by == Money(500, "USD")


async def test_a_price_that_fell_and_stock_that_came_back_are_told(db: Database) -> None:
    await open_shop(db)
    warehouse = await make_warehouse(db)
    fell, rose = await for_sale(db, amount=2000), await for_sale(db, amount=2000)
    out = await for_sale(db, on_hand=0)
    _list, token = await guest_list(db, fell, rose, out)
    before = {item.variant_id: (item.fell_by, item.came_back) for item in (await seen(db, token=token)).items}

    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, fell, 1700)
        await pricing.set_price(tx, rose, 2500)
    await put_on_shelf(db, out, warehouse, 3)

    after = {item.variant_id: (item.fell_by, item.came_back) for item in (await seen(db, token=token)).items}
    assert before == dict.fromkeys((fell, rose, out), (None, False))
    assert after == {fell: (Money(300, "USD"), False), rose: (None, False), out: (None, True)}


async def test_prices_of_another_currency_are_not_compared(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db, amount=2000)
    _list, token = await guest_list(db, mug)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 100, currency="EUR")
        (item,) = (await wishlists.view(tx, account_id=None, token=token, currency="EUR")).items

    assert (item.price, item.fell_by) == (Money(100, "EUR"), None)


async def test_what_is_sold_out_cannot_be_put_into_the_cart(db: Database) -> None:
    await open_shop(db)
    out, later = await for_sale(db, on_hand=0), await for_sale(db, on_hand=0)
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=later, backorder_allowed=True)

    _list, token = await guest_list(db, out, later)

    assert {item.variant_id: (item.state, item.buyable) for item in (await seen(db, token=token)).items} == {
        out: ("out", None),
        later: ("backorder", later),
    }


async def test_a_product_is_saved_as_far_as_it_is_chosen(db: Database) -> None:
    await open_shop(db)
    small = await for_sale(
        db,
        name="Shirt",
        amount=3000,
        options=(SIZES,),
        variants=(catalog.VariantDraft("S-S", {"Size": "S"}), catalog.VariantDraft("S-M", {"Size": "M"})),
    )
    shirt_id = await product_of(db, small)
    async with db.transaction(STAFF) as tx:
        shirt = await catalog.product(tx, shirt_id)
        medium = next(variant for variant in shirt.variants if variant.id != small)
        await pricing.set_price(tx, medium.id, 2800)
        wishlist_id, token = await wishlists.open_for(tx, account_id=None, token="")
        await wishlists.save(tx, wishlist_id, product_id=shirt_id)
        await wishlists.save(tx, wishlist_id, product_id=shirt_id, chosen=medium.values)

    chosen, open_ = (await seen(db, token=token or "")).items
    assert (chosen.variant_id, chosen.options, chosen.price) == (medium.id, "Size: M", Money(2800, "USD"))
    assert (open_.variant_id, open_.options, open_.price, open_.many_prices) == (None, "", Money(2800, "USD"), True)
    assert (open_.needs_choice, open_.buyable, open_.state) == (True, None, "in_stock")


async def test_a_product_with_one_variant_needs_no_choice(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    product_id = await product_of(db, mug)
    async with db.transaction(GUEST) as tx:
        wishlist_id, token = await wishlists.open_for(tx, account_id=None, token="")
        await wishlists.save(tx, wishlist_id, product_id=product_id)
        await wishlists.save(tx, wishlist_id, variant_id=mug)

    assert await saved(db, token=token or "") == {mug}


async def test_what_is_no_longer_sold_stays_and_says_so(db: Database) -> None:
    await open_shop(db)
    mug, shirt = await for_sale(db), await for_sale(db, name="Shirt", options=(COLOURS,), variants=(
        catalog.VariantDraft("C-S", {"Colour": "Sage"}), catalog.VariantDraft("C-R", {"Colour": "Rust"})))  # fmt: skip
    wishlist_id, token = await guest_list(db, mug)
    product_id, shirt_id = await product_of(db, mug), await product_of(db, shirt)
    async with db.transaction(STAFF) as tx:
        await wishlists.save(tx, wishlist_id, product_id=shirt_id)
        for gone in (product_id, shirt_id):
            await catalog.unpublish(tx, gone)

    items = (await seen(db, token=token)).items
    assert [(item.is_sold, item.buyable, item.price, item.needs_choice) for item in items] == [
        (False, None, None, False)
    ] * 2
    assert {item.name for item in items} >= {"Shirt"}


async def test_what_is_hidden_or_unknown_cannot_be_saved(db: Database) -> None:
    await open_shop(db)
    hidden = await for_sale(db, is_active=False)
    hidden_product = await product_of(db, hidden)
    async with db.transaction(GUEST) as tx:
        wishlist_id, _token = await wishlists.open_for(tx, account_id=None, token="")

        for variant_id, product_id in (
            (hidden, None),
            (None, hidden_product),
            (new_id(), None),
            (None, new_id()),
            (None, None),
        ):
            with pytest.raises(wishlists.NotSold):
                await wishlists.save(tx, wishlist_id, variant_id=variant_id, product_id=product_id)


async def test_a_deleted_product_leaves_every_list(db: Database) -> None:
    await open_shop(db)
    mug, lamp = await for_sale(db), (await make_variants(db))[0]
    _list, token = await guest_list(db, mug, lamp)

    async with db.transaction(STAFF) as tx:
        await tx.sql("DELETE FROM catalog.products WHERE id = (SELECT product_id FROM catalog.variants WHERE id = :id)",
                     {"id": lamp})  # fmt: skip

    assert await saved(db, token=token) == {mug}


async def test_only_the_owner_reads_and_changes_a_list(db: Database) -> None:
    await open_shop(db)
    mug = await for_sale(db)
    ada, eve = await member(db, "ada@example.com"), await member(db, "eve@example.com")
    adas, eves = await account_list(db, ada, mug), await account_list(db, eve)
    guests, token = await guest_list(db, mug)
    (item,) = (await seen(db, account_id=ada)).items

    for other in (eves, guests, new_id()):
        with pytest.raises(wishlists.ItemNotFound):
            async with db.transaction(GUEST) as tx:
                await wishlists.remove(tx, other, item.id)
        with pytest.raises(wishlists.ItemNotFound):
            async with db.transaction(GUEST) as tx:
                await wishlists.item(tx, other, item.id, currency="USD")

    assert await saved(db, account_id=ada) == {mug}
    assert await saved(db, account_id=eve) == set()
    assert await saved(db, account_id=eve, token=token) == set(), "who is logged in sees the account's list alone"
    assert await saved(db, token="guessed") == set()
    async with db.transaction(GUEST) as tx:
        await wishlists.remove(tx, adas, item.id)
    assert await saved(db, account_id=ada) == set()


async def test_the_cookies_token_is_kept_as_a_hash_alone(db: Database) -> None:
    await open_shop(db)
    wishlist_id, token = await guest_list(db, await for_sale(db))

    async with db.transaction(STAFF) as tx:
        row = (await tx.sql("SELECT * FROM wishlists.wishlists WHERE id = :id", {"id": wishlist_id})).one()

    assert row.token_hash == token_hash(token)
    assert token not in str(tuple(row))
    assert len(token) >= 43, "256 bits"


async def test_at_log_in_a_guests_things_go_onto_the_accounts_list_once(db: Database) -> None:
    await open_shop(db)
    mug, lamp, both = await for_sale(db), await for_sale(db), await for_sale(db, amount=2000)
    ada = await member(db)
    own = await account_list(db, ada, mug, both)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, both, 1500)
    _guests, token = await guest_list(db, lamp, both)

    async with db.transaction(GUEST) as tx:
        adopted = await wishlists.adopt(tx, token=token, account_id=ada)
        again = await wishlists.adopt(tx, token=token, account_id=ada)

    assert (adopted, again) == (own, None)
    assert await saved(db, account_id=ada) == {mug, lamp, both}
    assert await saved(db, token=token) == set()
    kept = next(item for item in (await seen(db, account_id=ada)).items if item.variant_id == both)
    assert kept.fell_by == Money(500, "USD"), "what was saved first tells what it cost then"


async def test_an_account_without_a_list_gets_one_at_log_in_and_only_when_there_is_something(db: Database) -> None:
    await open_shop(db)
    mug, ada = await for_sale(db), await member(db)
    _guests, token = await guest_list(db, mug)

    async with db.transaction(GUEST) as tx:
        nothing = [await wishlists.adopt(tx, token=none, account_id=ada) for none in ("", "guessed")]
        before = await wishlists.current(tx, account_id=ada, token="")
        await wishlists.adopt(tx, token=token, account_id=ada)

    assert (nothing, before) == ([None, None], None)
    assert await saved(db, account_id=ada) == {mug}


async def test_a_list_adopted_by_one_account_cannot_be_adopted_by_another(db: Database) -> None:
    await open_shop(db)
    mug, ada, eve = await for_sale(db), await member(db, "ada@example.com"), await member(db, "eve@example.com")
    _guests, token = await guest_list(db, mug)

    async with db.transaction(GUEST) as tx:
        await wishlists.adopt(tx, token=token, account_id=ada)
        await wishlists.adopt(tx, token=token, account_id=eve)

    assert await saved(db, account_id=eve) == set()


async def test_a_list_has_at_most_so_many_things(db: Database, most: int) -> None:
    await open_shop(db)
    wishlist_id, token = await guest_list(db)
    first, *_rest = await fill(db, wishlist_id, most)

    with pytest.raises(wishlists.WishlistFull):
        await fill(db, wishlist_id, 1)
    async with db.transaction(GUEST) as tx:
        await wishlists.save(tx, wishlist_id, variant_id=first)  # it is there already

    assert (await seen(db, token=token)).count == most


async def test_what_does_not_fit_onto_the_accounts_list_stays_with_the_guest(db: Database, most: int) -> None:
    await open_shop(db)
    ada = await member(db)
    await fill(db, await account_list(db, ada), most - 1)
    guests, token = await guest_list(db)
    older, newer = await fill(db, guests, 2)

    async with db.transaction(GUEST) as tx:
        await wishlists.adopt(tx, token=token, account_id=ada)

    view = await seen(db, account_id=ada)
    assert view.count == most
    assert newer in {item.variant_id for item in view.items}
    assert await saved(db, token=token) == {older}


async def test_a_guests_list_is_kept_a_year_after_its_last_change_and_an_accounts_for_ever(db: Database) -> None:
    await open_shop(db)
    mug, lamp, ada = await for_sale(db), await for_sale(db), await member(db)
    guests, token = await guest_list(db, mug)
    await account_list(db, ada, mug)

    await move_clock(db, days=300)
    async with db.transaction(GUEST) as tx:
        await wishlists.save(tx, guests, variant_id=lamp)
    await move_clock(db, days=600)
    kept = await saved(db, token=token)
    await move_clock(db, days=300 + 365, seconds=60)
    over = await saved(db, token=token)
    async with db.transaction(STAFF) as tx:
        ended = [await wishlists.expire_due(tx), await wishlists.expire_due(tx)]
        left = (await tx.sql("SELECT count(*) FROM wishlists.wishlist_items")).scalar_one()

    assert kept == {mug, lamp}
    assert over == set()
    assert (ended, left) == ([1, 0], 1)
    assert await saved(db, account_id=ada) == {mug}


async def test_the_last_places_of_a_list_are_not_given_twice(live_db: Database, most: int) -> None:
    await open_shop(live_db)
    wishlist_id, token = await guest_list(live_db)
    await fill(live_db, wishlist_id, most - 2)
    wanted = await make_variants(live_db, 6)

    async def save(number: int) -> str:
        try:
            async with live_db.transaction(GUEST) as tx:
                await wishlists.save(tx, wishlist_id, variant_id=wanted[number])
        except wishlists.WishlistFull:
            return "full"
        return "saved"

    outcomes = await all_at_once(6, save)

    assert outcomes.count("saved") == 2
    assert (await seen(live_db, token=token)).count == most


async def test_two_log_ins_at_once_leave_one_list_with_everything(live_db: Database) -> None:
    await open_shop(live_db)
    mug, lamp, ada = await for_sale(live_db), await for_sale(live_db), await member(live_db)
    tokens = [(await guest_list(live_db, thing))[1] for thing in (mug, lamp)]

    async def log_in(number: int) -> None:
        async with live_db.transaction(GUEST) as tx:
            await wishlists.adopt(tx, token=tokens[number % 2], account_id=ada)

    await all_at_once(6, log_in)

    assert await saved(live_db, account_id=ada) == {mug, lamp}
