"""What a search finds, and in which order."""

import importlib
import time

import pytest

from domains import catalog, search
from domains.kit import Database, Transaction
from domains.search.queries import ranking
from domains.search.tests.factories import STAFF, good, in_order, names, open_shop
from domains.search.words import slips

# The package has a function of the same name.
listing_module = importlib.import_module("domains.search.queries.listing")


async def _electronics(tx: Transaction) -> None:
    warehouse = await open_shop(tx)
    laptops = await catalog.create_category(tx, name="Laptops")
    bags = await catalog.create_category(tx, name="Bags")
    home = await catalog.create_category(tx, name="Kitchen")
    await catalog.define_attribute(tx, code="material", name="Material", kind="text")
    await catalog.set_category_attributes(tx, bags, [catalog.AttributeUse("material")])
    await good(tx, warehouse, "Aster 14 laptop", category_id=laptops, sku="AST-14", brand="Aster")
    await good(tx, warehouse, "Briar 16 notebook computer", category_id=laptops, sku="BRI-16", brand="Briar")
    await good(
        tx, warehouse, "Canvas laptop bag", category_id=bags, sku="BAG-1", attributes={"material": "Waxed canvas"}
    )
    await good(
        tx, warehouse, "Leather tote", category_id=bags, sku="BAG-2", description="Room for a laptop and a book."
    )
    await good(tx, warehouse, "Stoneware mug", category_id=home, sku="MUG-1", brand="Café Orbán")
    await good(tx, warehouse, "The mug tree", category_id=home, sku="MUG-2")
    await good(tx, warehouse, "Hidden laptop", category_id=laptops, sku="HID-1", is_active=False)
    await search.rebuild(tx)


async def test_laptop_gives_laptops(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        found = await names(tx, "laptop")
        plural = await names(tx, "Laptops")

    assert found[0] == "Aster 14 laptop"
    assert in_order(found, "Aster 14 laptop", "Briar 16 notebook computer", "Leather tote")
    assert set(found) == set(plural)
    assert "Hidden laptop" not in found
    assert "Stoneware mug" not in found


async def test_products_of_which_not_all_words_match_rank_lower_and_do_not_vanish(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        page = await search.listing(tx, q="canvas laptop bag", currency="USD")
        nonsense = await names(tx, "canvas xyzzy")

    found = [card.name for card in page.cards]
    assert found[0] == "Canvas laptop bag"
    assert {"Aster 14 laptop", "Leather tote"} <= set(found)
    assert page.whole == 1
    assert page.total == len(found) > 1
    assert nonsense == ["Canvas laptop bag"]


async def test_an_exact_sku_comes_first_in_any_case(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        for sku in ("BAG-2", "bag-2", " bag-2 "):
            assert (await names(tx, sku))[0] == "Leather tote"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("briar", "Briar 16 notebook computer"),
        ("waxed", "Canvas laptop bag"),
        ("cafe orban", "Stoneware mug"),
        ("CAFÉ ORBÁN", "Stoneware mug"),
        ("kitchen stoneware", "Stoneware mug"),
        ("note", "Briar 16 notebook computer"),
        ("the", "The mug tree"),
        ("the mug tree", "The mug tree"),
    ],
)
async def test_a_product_is_found_by_what_is_known_of_it(db: Database, query: str, first: str) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        assert (await names(tx, query))[0] == first


async def test_a_mistyped_word_is_taken_for_the_known_one_it_is_a_slip_of(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        page = await search.listing(tx, q="stonware mug", currency="USD")
        alone = await search.listing(tx, q="lapptop", currency="USD")

    assert page.corrected == "stoneware mug"
    assert [card.name for card in page.cards] == ["Stoneware mug", "The mug tree"]
    assert alone.corrected == "laptop"
    assert alone.cards[0].name == "Aster 14 laptop"


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [("mug", "mug", 0), ("stonwear", "stoneware", 2), ("muge", "mug", 1), ("mgu", "mug", 1), ("", "mug", 3)],
)
def test_slips_are_counted_as_fingers_make_them(typed: str, meant: str, expected: int) -> None:
    assert slips(typed, meant) == slips(meant, typed) == expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "%",
        "_",
        "%" * 9000,
        "x" * 10_000,
        "laptop " * 1500,
        " ".join(f"word{number}" for number in range(2000)),
        "a & | ! ( ) <-> :* 'x' \\",
        ":*",
        "'; DROP TABLE catalog.products; --",
        "\x00",
        "lap\x00top",
        "\ud800",
        "laptop \udfff",
        "\u202elaptop\u202c",
        "the of and a",
        "日本語 ラップトップ",
        "🙂🙂",
        "1e999 -0 1.5e3 +7",
        "http://example.com/a?b=c user@example.com /etc/passwd",
        "\u0301" * 500,
        "ﬁ ß İ",
    ],
)
async def test_whatever_is_typed_is_answered_quickly(db: Database, query: str) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)
        started = time.perf_counter()

        for sort in search.Sort:
            page = await search.listing(tx, q=query, currency="USD", sort=sort)

    assert time.perf_counter() - started < 1
    assert page.page == 1
    assert len(search.asked(query)) <= 200


async def test_marks_that_cannot_be_seen_do_not_hide_a_product(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _electronics(tx)

        for query in ("lap\u00adtop", "\u202elaptop\u202c", "laptop\x00", "laptop \ud800"):
            assert (await names(tx, query))[0] == "Aster 14 laptop"


async def test_a_rare_word_is_not_lost_among_very_many_common_ones(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (ranking, listing_module):
        monkeypatch.setattr(module, "MOST_SCORED", 6)
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        for number in range(20):
            await good(tx, warehouse, f"Plain mug {number}", category_id=kitchen)
        await good(tx, warehouse, "Zebra plate", category_id=kitchen)
        await good(tx, warehouse, "Zebra mug", category_id=kitchen)
        await search.rebuild(tx)

        page = await search.listing(tx, q="mug zebra", currency="USD")

    assert [card.name for card in page.cards[:2]] == ["Zebra mug", "Zebra plate"]
    assert (page.total, page.whole) == (22, 1)
