"""Filters and facets: what is counted is what is found, and what is found is true of one variant."""

import itertools
import random
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

import pytest

from domains import catalog, inventory, pricing, search
from domains.catalog.tests.factories import picture
from domains.kit import Database, Money, Transaction
from domains.kit.deliveries import drain, subscribe
from domains.search.queries import counting
from domains.search.subscribers import SUBSCRIBERS
from domains.search.tests.factories import STAFF, good, open_shop

COLOURS = {"Sage": "#8a9a5b", "Rust": "#a0522d", "Ink": "#22303f"}
SIZES = ("S", "M", "L")


def _filters(*pairs: tuple[str, str]) -> search.Filters:
    return search.Filters.read(pairs, "USD")


async def _find(tx: Transaction, *pairs: tuple[str, str], **more: object) -> search.Listing:
    return await search.listing(tx, currency="USD", filters=_filters(*pairs), **more)  # type: ignore[arg-type]


async def _names(tx: Transaction, *pairs: tuple[str, str], **more: object) -> set[str]:
    return {card.name for card in (await _find(tx, *pairs, **more)).cards}


def _facet(listing: search.Listing, code: str) -> search.Facet:
    return next(facet for facet in listing.facets if facet.code == code)


def _counts(listing: search.Listing, code: str) -> dict[str, int | None]:
    return {value.label: value.count for value in _facet(listing, code).values}


async def _wardrobe(tx: Transaction) -> tuple[UUID, UUID]:
    """A shirt that is never sage and M and in stock at once, one that is, and a mug."""
    warehouse = await open_shop(tx)
    clothes = await catalog.create_category(tx, name="Clothes")
    kitchen = await catalog.create_category(tx, name="Kitchen")
    options = (
        catalog.OptionDraft("Size", tuple(catalog.ValueDraft(size) for size in SIZES)),
        catalog.OptionDraft("Colour", tuple(catalog.ValueDraft(*colour) for colour in COLOURS.items())),
    )

    def variants(sku: str) -> tuple[catalog.VariantDraft, ...]:
        pairs = (("S", "Sage"), ("M", "Sage"), ("M", "Rust"))
        return tuple(
            catalog.VariantDraft(f"{sku}-{size}-{colour}", {"Size": size, "Colour": colour}) for size, colour in pairs
        )

    for name, brand in (("Gone shirt", "Selvedge"), ("Good shirt", "Hearth")):
        product_id = await good(
            tx, warehouse, name, category_id=clothes, brand=brand, price=5000, options=options,
            variants=variants(name[:4]),
        )  # fmt: skip
        if name == "Gone shirt":
            sage_m = (await catalog.product(tx, product_id)).variants[1]
            await inventory.adjust(
                tx, variant_id=sage_m.id, warehouse_id=warehouse, change=-20, reason=inventory.Reason.DAMAGED
            )
    await good(tx, warehouse, "Mug", category_id=kitchen, brand="Hearth", price=1200)
    await search.rebuild(tx)
    return warehouse, clothes


async def test_filters_on_variants_hold_for_one_and_the_same_variant(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _wardrobe(tx)

        sage_m = await _names(tx, ("o.colour", "sage"), ("o.size", "m"))
        to_be_had = await _names(tx, ("o.colour", "sage"), ("o.size", "m"), ("in_stock", "1"))
        cheap_rust = await _names(tx, ("o.colour", "rust"), ("price_max", "51"))

    assert sage_m == {"Gone shirt", "Good shirt"}
    assert to_be_had == {"Good shirt"}
    assert cheap_rust == set()  # the rust ones cost 52


async def test_a_card_speaks_of_the_variants_that_fit(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _wardrobe(tx)

        found = await _find(tx, ("o.colour", "rust"), ("brand", "hearth"), sort=search.Sort.PRICE_UP)

    [card] = found.cards
    assert (card.price_from, card.many_prices, card.sku) == (Money(5200, "USD"), False, "Good-M-Rust")


async def test_values_of_one_filter_are_alternatives_and_different_filters_all_hold(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _wardrobe(tx)

        both = await _find(tx, ("brand", "Hearth"), ("brand", "SELVEDGE"), ("category", "clothes"))
        one = await _find(tx, ("brand", "hearth"), ("category", "clothes"))

    assert {card.name for card in both.cards} == {"Gone shirt", "Good shirt"}
    assert {card.name for card in one.cards} == {"Good shirt"}
    assert _counts(one, "brand") == {"Hearth": 1, "Selvedge": 1}
    assert _counts(one, "category") == {"Clothes": 1, "Kitchen": 1}
    assert (one.total, one.unfiltered) == (1, 3)


async def test_a_value_that_leaves_nothing_keeps_its_place_and_counts_nothing(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _wardrobe(tx)

        found = await _find(tx, ("category", "kitchen"))

    assert _counts(found, "o.size") == {"S": 0, "M": 0}
    assert [value.swatch for value in _facet(found, "o.colour").values] == ["#a0522d", "#8a9a5b"]
    assert _facet(found, "o.colour").kind == "swatches"


async def _bazaar(tx: Transaction, chance: random.Random, products: int) -> UUID:
    """Goods of all kinds, put together by chance."""
    warehouse = await open_shop(tx)
    home = await catalog.create_category(tx, name="Everything")
    shelves = [await catalog.create_category(tx, name=name, parent_id=home) for name in ("Wear", "Wood", "Wool")]
    await catalog.define_attribute(tx, code="material", name="Material", kind="choice", choices=["Oak", "Wool", "Tin"])
    await catalog.define_attribute(tx, code="length", name="Length", kind="number", unit="cm")
    await catalog.define_attribute(tx, code="washable", name="Washable", kind="boolean")
    await catalog.define_attribute(tx, code="maker", name="Maker", kind="text")
    codes = ("material", "length", "washable", "maker")
    await catalog.set_category_attributes(tx, home, [catalog.AttributeUse(code) for code in codes])
    for number in range(products):
        made = {
            "material": chance.choice(["Oak", "Wool", "Tin"]),
            "length": chance.choice([0.5, *range(10, 40)]),
            "washable": chance.random() < 0.4,
            "maker": chance.choice(["Ana", "Bo & sons", "Cy"]),
        }
        pairs = [pair for pair in itertools.product(SIZES, COLOURS) if chance.random() < 0.4]
        options = (
            catalog.OptionDraft("Size", tuple(catalog.ValueDraft(size) for size in SIZES)),
            catalog.OptionDraft("Colour", tuple(catalog.ValueDraft(*colour) for colour in COLOURS.items())),
        )
        product_id = await catalog.create_product(
            tx,
            catalog.ProductDraft(
                sku=f"P{number}",
                name=f"Thing {number}",
                category_id=chance.choice(shelves),
                brand=chance.choice([None, "Hearth", "Quarto", "Selvedge"]),
                attributes={code: value for code, value in made.items() if chance.random() < 0.7},
                options=options if pairs else (),
                variants=tuple(
                    catalog.VariantDraft(f"P{number}-{size}-{colour}", {"Size": size, "Colour": colour})
                    for size, colour in pairs
                ),
            ),
        )
        for variant in (await catalog.product(tx, product_id)).variants:
            price = chance.randrange(500, 5000, 100)
            former = price + 1000 if chance.random() < 0.2 else None
            if chance.random() < 0.9:
                await pricing.set_price(tx, variant.id, price, compare_at=former)
            if chance.random() < 0.6:
                await inventory.receive(tx, variant_id=variant.id, warehouse_id=warehouse, quantity=3)
        stars = [chance.randrange(3) for _ in range(5)]
        if sum(stars):
            await tx.sql(
                "INSERT INTO reviews.ratings (product_id, count, stars_1, stars_2, stars_3, stars_4, stars_5)"
                " VALUES (:product, :count, :s1, :s2, :s3, :s4, :s5)",
                {"product": product_id, "count": sum(stars), **{f"s{n}": one for n, one in enumerate(stars, 1)}},
            )
    await search.rebuild(tx)
    return home


def _pairs(filters: search.Filters) -> list[tuple[str, str]]:
    return [
        (code, value)
        for code, values in filters.parameters.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def _some(chance: random.Random, listing: search.Listing) -> list[tuple[str, str]]:
    """Filters as a shopper would set them: a few values of a few facets."""
    pairs = []
    for facet in chance.sample(listing.facets, k=min(len(listing.facets), chance.randrange(1, 4))):
        values = chance.sample(facet.values, k=min(len(facet.values), chance.randrange(1, 3)))
        pairs += [(facet.code, value.value) for value in values]
    if chance.random() < 0.5:
        pairs.append(("price_max", str(chance.randrange(10, 50))))
    return pairs


@pytest.mark.parametrize("seed", range(3))
async def test_every_count_is_how_many_choosing_that_value_alone_finds(db: Database, seed: int) -> None:
    chance = random.Random(seed)
    async with db.transaction(STAFF) as tx:
        home = await _bazaar(tx, chance, 40)
        everything = await _find(tx, category_id=home)
        wrong: list[tuple[object, ...]] = []
        for _round in range(4):
            pairs = _some(chance, everything)
            narrowed = await _find(tx, *pairs, category_id=home)
            by_hand = await _by_hand(tx, pairs)
            if {card.name for card in narrowed.cards} - by_hand or narrowed.total != len(by_hand):
                wrong.append((pairs, narrowed.total, len(by_hand)))
            for facet in narrowed.facets:
                others = [pair for pair in _pairs(narrowed.filters) if pair[0] != facet.code]
                for value in facet.values:
                    alone = await _by_hand(tx, [*others, (facet.code, value.value)])
                    if value.count != len(alone):
                        wrong.append((pairs, value.count, len(alone)))

    assert everything.total > 30
    assert {facet.code for facet in everything.facets} >= {
        "category", "brand", "a.material", "a.length", "a.washable", "a.maker", "o.size", "o.colour", "price",
        "in_stock", "reduced", "rating",
    }  # fmt: skip
    assert wrong == []


_GOODS = """
SELECT p.name, p.brand, p.attributes, c.slug AS category, r.average, v.id,
       (SELECT array_agg(ov.value) FROM catalog.variant_values vv JOIN catalog.option_values ov ON ov.id = vv.value_id
        WHERE vv.variant_id = v.id) AS chosen,
       (SELECT amount FROM pricing.prices WHERE variant_id = v.id) AS price,
       (SELECT compare_at FROM pricing.prices WHERE variant_id = v.id) AS former,
       (SELECT coalesce(sum(quantity_on_hand), 0) FROM inventory.stock_items WHERE variant_id = v.id) AS stock
FROM catalog.products p JOIN catalog.variants v ON v.product_id = p.id JOIN catalog.categories c ON c.id = p.category_id
LEFT JOIN reviews.ratings r ON r.product_id = p.id
"""


async def _by_hand(tx: Transaction, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names of what fits, variant by variant, from the tables that documents are made from."""
    wanted: dict[str, list[str]] = {}
    for code, value in pairs:
        wanted.setdefault(code, []).append(value)
    found = set()
    for row in await tx.sql(_GOODS):
        if row.price is None:
            continue
        is_true = {
            "category": lambda value, row=row: value == row.category,
            "brand": lambda value, row=row: value == (row.brand or "").lower(),
            "a.material": lambda value, row=row: value == str(row.attributes.get("material")).lower(),
            "a.maker": lambda value, row=row: value == str(row.attributes.get("maker")).lower(),
            "a.washable": lambda value, row=row: {"yes": True, "no": False}[value] is row.attributes.get("washable"),
            "a.length": lambda value, row=row: _in_range(value, row.attributes.get("length")),
            "o.size": lambda value, row=row: value in [one.lower() for one in row.chosen or ()],
            "o.colour": lambda value, row=row: value in [one.lower() for one in row.chosen or ()],
            "in_stock": lambda _value, row=row: row.stock > 0,
            "reduced": lambda _value, row=row: row.former is not None,
            "rating": lambda value, row=row: row.average is not None and row.average >= int(value),
            "price_max": lambda value, row=row: row.price <= Decimal(value) * 100,
        }
        if all(any(is_true[code](value) for value in values) for code, values in wanted.items()):
            found.add(row.name)
    return found


def _in_range(value: str, number: float | None) -> bool:
    if number is None:
        return False
    if ".." not in value:
        return float(value) == number
    low, high = value.split("..")
    return (not low or number >= float(low)) and (not high or number < float(high))


async def test_of_very_many_products_a_sample_says_what_there_is_without_numbers(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with db.transaction(STAFF) as tx:
        home = await _bazaar(tx, random.Random(7), 25)
        exact = await _find(tx, ("in_stock", "1"), category_id=home)
        monkeypatch.setattr(counting, "MOST_COUNTED", 10)

        sampled = await _find(tx, ("in_stock", "1"), category_id=home)

    assert (sampled.total, sampled.unfiltered) == (exact.total, exact.unfiltered)
    assert [card.name for card in sampled.cards] == [card.name for card in exact.cards]
    assert {value.count for facet in sampled.facets for value in facet.values} == {None}


@pytest.mark.parametrize(
    "pairs",
    [
        [("brand", "nobody")],
        [("a.nosuch", "x")],
        [("o.nosuch", "x")],
        [("category", "nowhere")],
        [("a.material", "1..2")],
        [("a.length", "9" * 70 + "..")],
        [("price_min", "999999999")],
        [("brand", "' OR 1=1 --")],
        [("a.material", "\x00\ud800")],
    ],
)
async def test_a_value_that_nothing_has_finds_nothing(db: Database, pairs: list[tuple[str, str]]) -> None:
    async with db.transaction(STAFF) as tx:
        home = await _bazaar(tx, random.Random(1), 6)

        found = await _find(tx, *pairs, category_id=home)

    if not found.filters.is_empty:
        assert found.total == 0
        assert found.unfiltered > 0


@pytest.mark.parametrize(
    "pairs",
    [
        [("rating", "9")], [("rating", "")], [("in_stock", "yes")], [("price_min", "abc")], [("price_max", "1e999999")],
        [("price_min", "NaN")], [("price_max", "-5")], [("brand", " ")], [("A.material", "oak")], [("a.", "x")],
        [("o.", "x")], [("o." + "x" * 100, "x")], [("nonsense", "x")], [("a.material;drop", "x")],
    ],
)  # fmt: skip
def test_what_is_no_filter_is_not_read(pairs: list[tuple[str, str]]) -> None:
    assert _filters(*pairs).is_empty


def test_an_address_is_read_within_bounds_and_written_the_same_whatever_its_order() -> None:
    many = _filters(*((f"a.code{number}", f"{value}") for number in range(50) for value in range(50)))
    one = _filters(("price_max", "1,299.5"), ("brand", "B"), ("brand", " a "), ("price_min", "12,50"), ("brand", "b"))
    other = _filters(("brand", "a"), ("price_min", "12.50"), ("brand", "b"), ("price_max", "1299.50"))

    assert (len(many.chosen), {len(values) for values in many.chosen.values()}) == (12, {20})
    assert one.parameters == other.parameters == {"brand": ["a", "b"], "price_min": "12.50", "price_max": "1299.50"}
    assert one.without("brand", "a").parameters == {"brand": ["b"], "price_min": "12.50", "price_max": "1299.50"}
    assert one.without("price").parameters == {"brand": ["a", "b"]}


async def test_a_new_attribute_is_a_facet_as_soon_as_its_products_are_refreshed(live_db: Database) -> None:
    db = live_db
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        mug = await good(tx, warehouse, "Mug", category_id=kitchen)
        await good(tx, warehouse, "Bowl", category_id=kitchen)
    await drain(db, SUBSCRIBERS)

    async with db.transaction(STAFF) as tx:
        await catalog.define_attribute(tx, code="glaze", name="Glaze", kind="choice", choices=["Matte", "Gloss"])
        await catalog.set_category_attributes(tx, kitchen, [catalog.AttributeUse("glaze")])
        await catalog.change_product(tx, mug, catalog.ProductChanges(attributes={"glaze": "Matte"}))
    await drain(db, SUBSCRIBERS)

    async with db.transaction(STAFF) as tx:
        found = await _find(tx, category_id=kitchen)
    assert _facet(found, "a.glaze").name == "Glaze"
    assert _counts(found, "a.glaze") == {"Matte": 1}


async def test_a_card_shows_the_variant_that_was_asked_for(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _wardrobe(tx)
        front, rust = await picture(tx, b"front"), await picture(tx, b"rust")
        [good_shirt] = (await _find(tx, ("brand", "hearth"), ("category", "clothes"))).cards
        await catalog.add_image(tx, good_shirt.product_id, front)
        variant = (await catalog.product(tx, good_shirt.product_id)).variants[2]
        await catalog.change_variant(tx, variant.id, catalog.VariantChanges(picture_id=rust))
        await search.rebuild(tx)

        [plain] = (await _find(tx, ("brand", "hearth"), ("category", "clothes"))).cards
        [narrowed] = (await _find(tx, ("brand", "hearth"), ("o.colour", "rust"))).cards

    assert plain.image is not None
    assert narrowed.image is not None
    assert (plain.image.media_id, narrowed.image.media_id) == (front, rust)


async def test_the_best_rated_come_first_and_one_voice_is_not_many(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen")
        for name, fives, threes in (("Lonely", 1, 0), ("Loved", 18, 2), ("Liked", 6, 14), ("Unknown", 0, 0)):
            product_id = await good(tx, warehouse, name, category_id=kitchen)
            if fives:
                await tx.sql(
                    "INSERT INTO reviews.ratings (product_id, count, stars_3, stars_5)"
                    " VALUES (:product, :count, :threes, :fives)",
                    {"product": product_id, "count": fives + threes, "threes": threes, "fives": fives},
                )
        await search.rebuild(tx)

        found = await _find(tx, category_id=kitchen, sort=search.Sort.RATING)
        well_rated = await _names(tx, ("rating", "4"), category_id=kitchen)

    assert [card.name for card in found.cards] == ["Loved", "Liked", "Lonely", "Unknown"]
    loved = found.cards[0].rating
    assert loved is not None
    assert (loved.shown, loved.count) == (Decimal("4.8"), 20)
    assert found.cards[-1].rating is None
    assert well_rated == {"Loved", "Lonely"}
