"""What is offered while a shopper types."""

import time

from domains import catalog, search
from domains.kit import Database, Money, Transaction
from domains.search.tests.factories import STAFF, good, open_shop


async def _shop(tx: Transaction) -> None:
    warehouse = await open_shop(tx)
    light = await catalog.create_category(tx, name="Lamps", slug="lamps")
    await catalog.create_category(tx, name="Lanterns", slug="lanterns")  # shows nothing
    kitchen = await catalog.create_category(tx, name="Café & kitchen", slug="kitchen")
    for number, name in enumerate(("Brass desk lamp", "Oak desk lamp", "Floor lamp", "Lampshade", "Table lamp, linen")):
        await good(tx, warehouse, name, category_id=light, sku=f"LMP-{number}", price=4000 + number)
    await good(tx, warehouse, "Laurel wreath", category_id=kitchen, brand="Laurin")
    await good(tx, warehouse, "Coffee mug", category_id=kitchen)
    await good(tx, warehouse, "Coffee press, brass", category_id=kitchen)
    await search.rebuild(tx)


async def _offered(tx: Transaction, q: str, **more: int) -> search.Suggestions:
    return await search.suggest(tx, q, currency="USD", **more)


def _names(offered: search.Suggestions) -> list[str]:
    return [product.name for product in offered.products]


async def test_a_beginning_is_completed_by_the_catalogues_own_words_the_most_useful_first(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        begun = await _offered(tx, "la")
        further = await _offered(tx, "lam")
        second = await _offered(tx, "brass d")
        third = await _offered(tx, "coffee ")

    assert begun.queries[0].startswith("lamp")
    assert {"laurel", "laurin", "lampshade"} <= set(begun.queries)
    assert further.queries[0].startswith("lamp")
    assert "desk lamp" in further.queries
    assert second.queries == ("brass desk",)
    assert third.queries[0] == "coffee"


async def test_products_and_categories_that_have_the_beginning_are_offered(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        offered = await _offered(tx, "floor l")
        accented = await _offered(tx, "cafe")
        lamps = await _offered(tx, "lam")

    assert _names(offered) == ["Floor lamp"]
    assert offered.products[0].price_from == Money(4002, "USD")
    assert [category.slug for category in accented.categories] == ["kitchen"]
    assert [category.name for category in lamps.categories] == ["Lamps"]


async def test_a_slip_is_forgiven_while_typing(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        mistyped = await _offered(tx, "lapm")
        earlier = await _offered(tx, "brsas des")
        begun = await _offered(tx, "cofef")

    assert "Floor lamp" in _names(mistyped)
    assert mistyped.queries[0].startswith("lamp")
    assert earlier.queries == ("brass desk",)
    assert _names(earlier) == ["Brass desk lamp"]
    assert set(_names(begun)) == {"Coffee mug", "Coffee press, brass"}


async def test_an_exact_sku_is_offered_first(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        for typed in ("LMP-3", "lmp-3"):
            assert _names(await _offered(tx, typed))[0] == "Lampshade"


async def test_no_more_is_offered_than_asked_for(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        offered = await _offered(tx, "la", limit=2)

    assert len(offered.products) == len(offered.queries) == 2
    assert len(offered.categories) <= 2


async def test_what_has_no_price_in_the_currency_is_not_offered(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        offered = await search.suggest(tx, "lamp", currency="EUR")

    assert offered.products == ()
    assert offered.categories == ()


async def test_whatever_is_typed_is_answered_quickly(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _shop(tx)

        for typed in (
            "", " ", "%", "_", "%" * 9000, "x" * 10_000, "lamp " * 2000, "a & | ! ( ) <-> :* 'x' \\", ":*", "\x00",
            "la\x00", "\ud800", "\u202elamp\u202c", "مصباح", "מנורה", "日本語 ラ", "🙂", "\u0301" * 500, "--",
            "'; DROP", "(((((", "[a-z]+", "^lamp$", "lamp|mug", "1e999", "without", "lamp without", "lamp without l",
        ):  # fmt: skip
            started = time.perf_counter()
            offered = await _offered(tx, typed)
            assert time.perf_counter() - started < 2
            assert len(offered.queries) <= 8
