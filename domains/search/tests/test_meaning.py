"""What a search takes a query to mean: slips, beginnings, words joined and parted, and what a thing should lack."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains import catalog, search
from domains.kit import Database, Transaction
from domains.search.tests.factories import STAFF, good, names, open_shop

_SIGNS = "lamp without -desk :* \\ & | ! <-> t t-shirt makita planner ' \" ( ) % _ ﬁ ½ 日本 🙂"


async def _workshop(tx: Transaction) -> None:
    warehouse = await open_shop(tx)
    tools = await catalog.create_category(tx, name="Tools")
    light = await catalog.create_category(tx, name="Lighting")
    clothes = await catalog.create_category(tx, name="Clothes")
    food = await catalog.create_category(tx, name="Pantry")
    for name, category, more in (
        ("Makita wood planer", tools, {"brand": "Makita"}),
        ("Weekly planner", tools, {}),
        ("Brass desk lamp", light, {}),
        ("Lampshade, linen", light, {}),
        ("Fire TV stick", light, {}),
        ("Wi-Fi plug", light, {}),
        ("Notebook, ruled", tools, {}),
        ("Striped T-shirt", clothes, {}),
        ("Running shoes with laces", clothes, {"description": "Laces of cotton, laces that hold."}),
        ("Slip-on shoes", clothes, {"description": "For the beach; no laces."}),
        ("Gummy bears with gelatin", food, {}),
        ("Gummy worms", food, {"description": "Gelatin-free and sweet."}),
        ("Hidden lantern", light, {"is_active": False}),
    ):
        await good(tx, warehouse, name, category_id=category, **more)
    await search.rebuild(tx)


async def _asked(tx: Transaction, q: str, **more: Any) -> tuple[list[str], str]:
    page = await search.listing(tx, q=q, currency="USD", **more)
    return [card.name for card in page.cards], page.corrected


async def test_a_typo_finds_what_was_meant_and_says_so(db: Database) -> None:
    meant = {
        "desk lmap": ("desk lamp", "Brass desk lamp"),
        "lampshde": ("lampshade", "Lampshade, linen"),
        "lammpshaed": ("lampshade", "Lampshade, linen"),
        "MAKTIA planer": ("makita planer", "Makita wood planer"),
        "firestick": ("fire stick", "Fire TV stick"),
        "wood planner makita": ("wood planer makita", "Makita wood planer"),
        "striepd shirt": ("striped shirt", "Striped T-shirt"),
    }
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        answered = {typed: await _asked(tx, typed) for typed in meant}

    assert {typed: (corrected, found[0]) for typed, (found, corrected) in answered.items()} == meant


async def test_what_was_typed_can_be_asked_for_to_the_letter(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        slip, corrected = await _asked(tx, "lampshde", literal=True)
        misread, _ = await _asked(tx, "wood planner makita", literal=True)

    assert (slip, corrected) == ([], "")
    assert set(misread) == {"Makita wood planer", "Weekly planner"}


async def test_words_that_are_known_are_left_as_they_are(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        for typed in ("planner", "wood planer", "lamp", "xyzzy", "shoes", "T-shirt", "makita"):
            _, corrected = await _asked(tx, typed)
            assert (typed, corrected) == (typed, "")


async def test_the_beginning_of_a_word_finds_the_word(db: Database) -> None:
    begun = {"lampsh": "Lampshade, linen", "brass des": "Brass desk lamp", "noteb": "Notebook, ruled"}
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        assert {typed: (await names(tx, typed))[0] for typed in begun} == begun


async def test_words_joined_or_parted_find_the_same(db: Database) -> None:
    written = {
        "desklamp": "Brass desk lamp",
        "note book": "Notebook, ruled",
        "wifi": "Wi-Fi plug",
        "wi fi plug": "Wi-Fi plug",
        "tshirt": "Striped T-shirt",
        "t shirts": "Striped T-shirt",
        "lamp shade": "Lampshade, linen",
    }
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        answered = {typed: await _asked(tx, typed) for typed in written}

    assert {typed: found[0] for typed, (found, _) in answered.items()} == written
    assert not any(corrected for _, corrected in answered.values())


async def test_what_a_thing_should_be_without_does_not_lift_what_has_it(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        shoes = await names(tx, "shoes without laces")
        sweets = await names(tx, "gummy without gelatin")
        only = await names(tx, "without laces")

    assert shoes == ["Slip-on shoes", "Running shoes with laces"]
    assert sweets == ["Gummy worms", "Gummy bears with gelatin"]
    assert "Running shoes with laces" in only


async def test_products_with_every_word_stand_above_those_with_some(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        home = await catalog.create_category(tx, name="Home")
        await good(tx, warehouse, "Oak table", category_id=home, description="oak " * 40)
        await good(tx, warehouse, "Steel bench", category_id=home, description="For the garden, from oak and steel.")
        await good(tx, warehouse, "Oak bench", category_id=home)
        await good(tx, warehouse, "Bench", category_id=home)
        await search.rebuild(tx)

        found = await names(tx, "oak bench")

    assert found[:2] == ["Oak bench", "Steel bench"]
    assert set(found[2:]) == {"Oak table", "Bench"}


async def test_one_thing_and_several_of_it_are_found_alike(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        home = await catalog.create_category(tx, name="Home")
        for name in ("Box", "Three boxes", "Shelf", "Lamp"):
            await good(tx, warehouse, name, category_id=home)
        await search.rebuild(tx)

        assert set(await names(tx, "box")) == set(await names(tx, "boxes")) == {"Box", "Three boxes"}


async def test_the_thing_itself_stands_above_what_is_made_for_it(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        home = await catalog.create_category(tx, name="Electronics")
        await good(tx, warehouse, "Leather case for Aster phone 3", category_id=home, description="Aster phone 3 " * 5)
        await good(tx, warehouse, "Screen film compatible with Aster phone 3", category_id=home)
        await good(tx, warehouse, "Aster phone 3", category_id=home)
        await search.rebuild(tx)

        assert (await names(tx, "aster phone 3"))[0] == "Aster phone 3"


async def test_a_barcode_finds_its_product(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        home = await catalog.create_category(tx, name="Home")
        await good(
            tx,
            warehouse,
            "Bowl",
            category_id=home,
            sku="BOWL",
            variants=(catalog.VariantDraft("BOWL-1", barcode="4006381333931"),),
        )
        await good(tx, warehouse, "Plate 4006381333931", category_id=home)
        await search.rebuild(tx)

        assert (await names(tx, "4006381333931"))[0] == "Bowl"


async def test_documents_of_an_older_form_are_made_anew(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)
        await tx.sql("UPDATE search.documents SET form = 0, words = CAST('lamp' AS tsvector), vocabulary = '{}'")
        await tx.sql("DELETE FROM search.terms")

        renewed = await search.renew(tx)
        again = await search.renew(tx)
        found, corrected = await _asked(tx, "lampshde")

    assert (renewed, again) == (12, 0)
    assert (found[0], corrected) == ("Lampshade, linen", "lampshade")


async def test_terms_are_counted_and_go_with_their_last_document(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        home = await catalog.create_category(tx, name="Home")
        oak, red = [await good(tx, warehouse, name, category_id=home) for name in ("Oak bench", "Red bench")]
        await search.rebuild(tx)
        counted = "SELECT word, documents FROM search.terms ORDER BY word"
        first = [tuple(row) for row in await tx.sql(counted)]

        await catalog.change_product(tx, oak, catalog.ProductChanges(name="Oak stool"))
        await catalog.unpublish(tx, red)
        await search.refresh(tx, [oak, red])
        await search.refresh(tx, [oak])
        then = [tuple(row) for row in await tx.sql(counted)]

    assert first == [("bench", 2), ("home", 2), ("oak", 2 - 1), ("red", 1)]
    assert ("home", 1) in then
    assert ("stool", 1) in then
    assert "red" not in dict(then)


async def test_inactive_products_are_never_found_nor_suggested(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await _workshop(tx)

        for typed in ("hidden lantern", "hiden lantern", "HIDDEN-LANTERN", "lantern"):
            assert "Hidden lantern" not in await names(tx, typed)
            offered = await search.suggest(tx, typed, currency="USD")
            assert "Hidden lantern" not in [product.name for product in offered.products]
            assert not [query for query in offered.queries if "lantern" in query]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_SIGNS.split()), max_size=9).map(" ".join)))
async def test_nothing_that_can_be_typed_breaks_a_search(db: Database, text: str) -> None:
    async with db.transaction(STAFF) as tx:
        if not (await tx.sql("SELECT EXISTS (SELECT FROM search.documents)")).scalar_one():
            await _workshop(tx)

        page = await search.listing(tx, q=text, currency="USD")
        literal = await search.listing(tx, q=text, currency="USD", literal=True)
        offered = await search.suggest(tx, text, currency="USD")

    assert page.total >= len(page.cards)
    assert literal.corrected == ""
    assert len(offered.queries) <= 8
