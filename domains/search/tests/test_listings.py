"""What a category shows, and that it is fresh."""

from datetime import timedelta
from typing import Any

import pytest

from domains import catalog, inventory, pricing, search
from domains.catalog.operations.media import add_media, add_renditions
from domains.catalog.pictures import Encoded
from domains.kit import Database, Money, Transaction
from domains.kit.clock import shift
from domains.kit.deliveries import drain, subscribe
from domains.search.subscribers import SUBSCRIBERS
from domains.search.tests.factories import STAFF, good, open_shop

SAGE, RUST = catalog.ValueDraft("Sage", "#8a9a5b"), catalog.ValueDraft("Rust", "#a0522d")


async def _listed(tx: Transaction, category_id: Any, **more: Any) -> list[str]:
    page = await search.listing(tx, category_id=category_id, currency="USD", **more)
    return [card.name for card in page.cards]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (search.Sort.FEATURED, ["Éclair dish", "Bowl", "Cup", "Apron"]),
        (search.Sort.NEWEST, ["Éclair dish", "Apron", "Bowl", "Cup"]),
        (search.Sort.PRICE_UP, ["Cup", "Éclair dish", "Bowl", "Apron"]),
        (search.Sort.PRICE_DOWN, ["Apron", "Bowl", "Éclair dish", "Cup"]),
        (search.Sort.NAME, ["Apron", "Bowl", "Cup", "Éclair dish"]),
    ],
)
async def test_a_category_is_shown_in_the_order_asked_for(db: Database, sort: search.Sort, expected: list[str]) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        for name, price, on_hand in (("Cup", 500, 9), ("Bowl", 1500, 9), ("Apron", 4000, 0), ("Éclair dish", 900, 9)):
            await good(tx, warehouse, name, category_id=kitchen, price=price, on_hand=on_hand, sku=name[:2])
            await tx.sql("UPDATE catalog.products SET published_at = published_at - interval '1 day'")
        await search.rebuild(tx)

        assert await _listed(tx, kitchen, sort=sort) == expected


async def test_a_category_shows_what_is_at_home_below_it_and_what_is_placed_in_it(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mugs = await catalog.create_category(tx, name="Mugs", parent_id=kitchen)
        gifts = await catalog.create_category(tx, name="Gifts")
        mug = await good(tx, warehouse, "Mug", category_id=mugs)
        await good(tx, warehouse, "Bowl", category_id=kitchen)
        await catalog.place_product(tx, mug, [gifts])
        await search.rebuild(tx)

        assert set(await _listed(tx, kitchen)) == {"Mug", "Bowl"}
        assert await _listed(tx, mugs) == ["Mug"]
        assert await _listed(tx, gifts) == ["Mug"]


async def test_inactive_products_and_those_without_a_price_are_never_listed(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        shown = await good(tx, warehouse, "Mug", category_id=kitchen)
        await good(tx, warehouse, "Draft", category_id=kitchen, is_active=False)
        await catalog.create_product(tx, catalog.ProductDraft(sku="FREE", name="Unpriced", category_id=kitchen))
        await search.rebuild(tx)
        before = await _listed(tx, kitchen)

        await catalog.unpublish(tx, shown)
        await search.refresh(tx, [shown])
        after = await _listed(tx, kitchen)

    assert (before, after) == (["Mug"], [])


async def test_a_listing_has_pages_of_24_and_bounded_numbers(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        for number in range(50):
            await good(tx, warehouse, f"Mug {number:02}", category_id=kitchen)
        await search.rebuild(tx)

        pages = [
            await search.listing(tx, category_id=kitchen, currency="USD", sort=search.Sort.NAME, page=number)
            for number in (1, 2, 3, 4, 0, -7, 10**30)
        ]

    assert [(page.page, page.pages, page.total, len(page.cards)) for page in pages] == [
        (1, 3, 50, 24),
        (2, 3, 50, 24),
        (3, 3, 50, 2),
        (3, 3, 50, 2),
        (1, 3, 50, 24),
        (1, 3, 50, 24),
        (3, 3, 50, 2),
    ]
    assert (pages[1].first, pages[1].last) == (25, 48)
    assert len({card.product_id for page in pages[:3] for card in page.cards}) == 50


async def _shirt(tx: Transaction, warehouse: Any, category: Any) -> Any:
    return await good(
        tx,
        warehouse,
        "Linen shirt",
        category_id=category,
        price=5000,
        compare_at=8000,
        on_hand=3,
        options=(
            catalog.OptionDraft("Size", tuple(catalog.ValueDraft(size) for size in "SML")),
            catalog.OptionDraft("Colour", (SAGE, RUST)),
        ),
        variants=(
            catalog.VariantDraft("S-SAG", {"Size": "S", "Colour": "Sage"}),
            catalog.VariantDraft("M-SAG", {"Size": "M", "Colour": "Sage"}),
            catalog.VariantDraft("M-RUS", {"Size": "M", "Colour": "Rust"}),
        ),
    )


async def test_a_card_says_what_there_is_to_choose_and_what_the_cheapest_costs(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        clothes = await catalog.create_category(tx, name="Clothes")
        await _shirt(tx, warehouse, clothes)
        await search.rebuild(tx)

        [card] = (await search.listing(tx, category_id=clothes, currency="USD")).cards

    assert (card.price_from, card.compare_at, card.many_prices) == (Money(5000, "USD"), Money(8000, "USD"), True)
    assert [(swatch.name, swatch.colour) for swatch in card.swatches] == [("Sage", "#8a9a5b"), ("Rust", "#a0522d")]
    assert [(choices.name, choices.values) for choices in card.choices] == [("Size", ("S", "M"))]
    assert (card.availability, card.available) == ("low", 9)


async def test_price_and_stock_on_a_card_are_of_this_moment(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mug = await catalog.product(tx, await good(tx, warehouse, "Mug", category_id=kitchen, on_hand=2))
        await search.rebuild(tx)

        await pricing.set_price(tx, mug.variants[0].id, 777)
        await inventory.adjust(
            tx,
            variant_id=mug.variants[0].id,
            warehouse_id=warehouse,
            change=-2,
            reason=inventory.Reason.DAMAGED,
        )
        [card] = (await search.listing(tx, category_id=kitchen, currency="USD")).cards

    assert card.price_from == Money(777, "USD")
    assert card.availability == "out"


async def test_what_changes_below_reaches_the_documents_by_events(live_db: Database) -> None:
    db = live_db
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mug = await good(tx, warehouse, "Mug", category_id=kitchen, price=1000)
        bowl = await good(tx, warehouse, "Bowl", category_id=kitchen, price=2000)
    await drain(db, SUBSCRIBERS)

    async with db.transaction(STAFF) as tx:
        first = await _listed(tx, kitchen, sort=search.Sort.PRICE_UP)
        await pricing.set_price(tx, (await catalog.product(tx, mug)).variants[0].id, 3000)
        await catalog.change_product(tx, bowl, catalog.ProductChanges(name="Deep bowl"))
        await catalog.change_category(tx, kitchen, name="Scullery")
        front = await add_media(tx, Encoded("webp", 800, 1000, b"front"))
        await catalog.add_image(tx, mug, front)
        await add_renditions(tx, front, [Encoded("webp", 320, 400, b"small")])
    await drain(db, SUBSCRIBERS)

    async with db.transaction(STAFF) as tx:
        page = await search.listing(tx, category_id=kitchen, currency="USD", sort=search.Sort.PRICE_UP)
        by_category = await search.listing(tx, q="scullery", currency="USD")
        await catalog.unpublish(tx, bowl)
        left = (await tx.sql("SELECT count(*) FROM kit.deliveries WHERE state <> 'done'")).scalar_one()
    await drain(db, SUBSCRIBERS)
    async with db.transaction(STAFF) as tx:
        last = await _listed(tx, kitchen)

    assert first == ["Mug", "Bowl"]
    assert [card.name for card in page.cards] == ["Deep bowl", "Mug"]
    image = page.cards[1].image
    assert image is not None
    assert [rendition.width for rendition in image.renditions] == [320]
    assert by_category.total == 2
    assert left == 0
    assert last == ["Mug"]


async def test_rebuilding_gives_what_the_events_gave(live_db: Database) -> None:
    db = live_db
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
        warehouse = await open_shop(tx)
        clothes = await catalog.create_category(tx, name="Clothes")
        await _shirt(tx, warehouse, clothes)
        hidden = await good(tx, warehouse, "Old shirt", category_id=clothes)
        await catalog.unpublish(tx, hidden)
    await drain(db, SUBSCRIBERS)
    everything = (
        "SELECT to_jsonb(d) - 'refreshed_at' FROM search.documents d"
        " UNION ALL SELECT to_jsonb(t) FROM search.terms t ORDER BY 1"
    )

    async with db.transaction(STAFF) as tx:
        by_events = list((await tx.sql(everything)).scalars())
        await search.rebuild(tx)
        rebuilt = list((await tx.sql(everything)).scalars())

    assert by_events
    assert rebuilt == by_events


async def test_a_planned_price_moves_a_product_when_its_time_has_come(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mug = await catalog.product(tx, await good(tx, warehouse, "Mug", category_id=kitchen, price=1000))
        await good(tx, warehouse, "Bowl", category_id=kitchen, price=2000)
        await pricing.set_price(tx, mug.variants[0].id, 5000, valid_from=await tx.now() + timedelta(hours=1))
        await search.rebuild(tx)
        early = await search.refresh_prices_due(tx)

        await shift(tx, timedelta(hours=2))
        due = await search.refresh_prices_due(tx)
        again = await search.refresh_prices_due(tx)

        assert (early, due, again) == (0, 1, 0)
        assert await _listed(tx, kitchen, sort=search.Sort.PRICE_UP) == ["Bowl", "Mug"]


async def test_what_goes_with_a_product_shares_its_categories(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mugs = await catalog.create_category(tx, name="Mugs", parent_id=kitchen)
        light = await catalog.create_category(tx, name="Light")
        mug = await good(tx, warehouse, "Mug", category_id=mugs)
        await good(tx, warehouse, "Bowl", category_id=kitchen)
        await good(tx, warehouse, "Tall mug", category_id=mugs)
        await good(tx, warehouse, "Lamp", category_id=light)
        await search.rebuild(tx)

        related = await search.related(tx, mug, 4, currency="USD")
        newest = await search.newest(tx, 2, currency="USD")
        popular = await search.popular(tx, 10, currency="USD")

    assert [card.name for card in related] == ["Tall mug", "Bowl"]
    assert len(newest) == 2
    assert len(popular) == 4
