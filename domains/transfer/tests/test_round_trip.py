"""What goes out comes in again: into the same shop without a change, into an empty one as the same catalogue."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains import catalog, inventory, pricing, transfer
from domains.catalog import OptionDraft, ProductDraft, ValueDraft, VariantDraft
from domains.catalog.tests.factories import picture
from domains.kit import Database, Transaction
from domains.search.tests.factories import open_shop
from domains.transfer.tests.factories import STAFF, cells, export, facts, goods, spelled, undone, write_csv

NASTY = "=cmd|' /C calc'!A0"


async def fill(tx: Transaction, warehouse: Any) -> None:
    """A shop of everything that a product can be here and has no column for at Shopify."""
    home = await catalog.create_category(tx, name="Home")
    lamps = await catalog.create_category(tx, name="Lamps", parent_id=home)
    gifts = await catalog.create_category(tx, name="Gifts & more")
    await catalog.define_attribute(tx, code="power", name="Power", kind="number", unit="W")
    await catalog.define_attribute(tx, code="dimmable", name="Dimmable", kind="boolean")
    await catalog.define_attribute(tx, code="shade", name="Shade (outside)", kind="choice", choices=("Linen", "Steel"))
    await catalog.define_attribute(tx, code="note", name="Note", kind="text")
    await catalog.set_category_attributes(
        tx, lamps, [catalog.AttributeUse(code) for code in ("power", "dimmable", "shade", "note")]
    )
    lamp = await catalog.create_product(
        tx,
        ProductDraft(
            sku="LAMP",
            name="Tall “lamp”, brass\tpolished",
            slug="tall-lamp",
            category_id=lamps,
            other_categories=(gifts, home),
            description_html="<h3>Light</h3><ul><li>warm & soft</li></ul><p>See <a href='/pages/care'>care</a>.</p>",
            brand=NASTY,
            product_type="@lamp",
            tags=("-50% off", "brass", "'=quoted"),
            seo_title="+1 lamp",
            seo_description='A lamp; a light, "tall"\nand two lines.',
            tax_class="reduced",
            attributes={"power": 7.5, "dimmable": False, "shade": "Steel", "note": "=1+1"},
            weight_grams=1200,
            options=(
                OptionDraft("Color", (ValueDraft("Brass", "#b5a642"), ValueDraft("Iron"), ValueDraft("Unmade"))),
                OptionDraft("Height", (ValueDraft("140"), ValueDraft("160"))),
            ),
            variants=(
                VariantDraft("LAMP-I-160", {"Color": "Iron", "Height": "160"}, barcode="0042"),
                VariantDraft("LAMP-B-140", {"Color": "Brass", "Height": "140"}, weight_grams=900, is_active=False),
                VariantDraft("LAMP-B-160", {"Color": "Brass", "Height": "160"}),
            ),
        ),
    )
    view = await catalog.product(tx, lamp, include_inactive=True)
    first, _second, third = view.variants
    await catalog.make_default(tx, third.id)
    await pricing.set_price(tx, first.id, 9900, compare_at=12000)
    await pricing.set_price(tx, third.id, 9900, compare_at=5000)
    await pricing.set_costs(tx, {first.id: 4000})
    await inventory.receive(tx, variant_id=first.id, warehouse_id=warehouse, quantity=3)
    await inventory.allow_backorders(tx, {first.id: True})
    plain = await catalog.create_product(
        tx,
        ProductDraft(
            sku="BULB",
            name="Bulb",
            slug="bulb",
            category_id=home,
            description="One line\nstill the same.\n\n  Another  paragraph <b> & more.",
            tax_class="zero",
            is_active=False,
        ),
    )
    front, back = await picture(tx, b"front"), await picture(tx, b"back")
    await catalog.add_image(tx, plain, front, alt="From the front", position=4)
    await catalog.add_image(tx, plain, back, position=4)
    await catalog.change_variant(tx, first.id, catalog.VariantChanges(picture_id=back))


async def test_an_export_read_by_the_same_shop_changes_nothing(db: Database, tmp_path: Path) -> None:
    async with db.transaction(STAFF) as tx:
        await fill(tx, await open_shop(tx))
    before, told = await goods(db), await facts(db)

    path = await export(db, tmp_path / "out.csv")
    report = await transfer.flows.import_file(db, path, STAFF, base_url="https://shop.example")

    assert [(one.handle, one.outcome, one.changed, one.problems) for one in report.results] == [
        ("bulb", "unchanged", (), ()),
        ("tall-lamp", "unchanged", (), ()),
    ]
    assert report.ignored == {}
    assert await goods(db) == before
    assert await facts(db) == told


async def test_an_export_read_by_an_empty_shop_gives_the_same_catalogue(db: Database, tmp_path: Path) -> None:
    async with undone(db):
        async with db.transaction(STAFF) as tx:
            await fill(tx, await open_shop(tx))
        exported = await goods(db)
        path = await export(db, tmp_path / "out.csv")
    async with db.transaction(STAFF) as tx:
        await open_shop(tx)

    report = await transfer.flows.import_file(db, path, STAFF, base_url="https://elsewhere.example")
    imported = await goods(db)

    assert report.count(transfer.Outcome.CREATED) == 2
    lamp, bulb = imported["tall-lamp"], imported["bulb"]
    keys = [url.rpartition("/")[2] for _place, _alt, url in bulb["pictures"]]
    assert [alt for _place, alt, _url in bulb["pictures"]] == ["From the front", ""]
    assert len(set(keys)) == 2
    assert lamp["variants"]["LAMP-I-160"]["pictures"][0][2].endswith(keys[1])
    assert bulb["description"] == "One line still the same.\n\nAnother paragraph <b> & more."
    exported["bulb"]["description"] = bulb["description"]  # but for white space that no page shows
    exported["tall-lamp"]["variants"]["LAMP-B-160"]["price"]["compare_at"] = None  # which was no former price
    for shop in (exported, imported):
        for product in shop.values():
            product["alts"] = product["pictures"] = None
            for variant in product["variants"].values():
                variant["pictures"] = None
                variant["stock"].pop("backorder_allowed")
                if not variant["stock"]["available"]:
                    variant["stock"]["state"] = "out"
    assert imported == exported


async def test_no_cell_of_an_export_is_taken_for_a_formula(db: Database, tmp_path: Path) -> None:
    async with db.transaction(STAFF) as tx:
        await fill(tx, await open_shop(tx))

    rows = cells(await export(db, tmp_path / "out.csv"))

    assert not [
        text
        for row in rows
        for heading, text in row.items()
        for one in (heading, text)
        if one.startswith(tuple("=+-@\t\r"))
    ]
    lamp = next(row for row in rows if row["URL handle"] == "tall-lamp")
    assert lamp["Vendor"] == f"'{NASTY}"


names = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="=+-@'\"\n,;"), min_size=1, max_size=20
)
words = names.map(str.strip).filter(lambda text: text and not text.isspace())
amounts = st.integers(0, 10**7).map(lambda minor: f"{minor // 100}.{minor % 100:02}")


@st.composite
def products(draw: st.DrawFn, number: int = 0) -> list[dict[str, str]]:
    """The rows of a product, by our names of the columns."""
    handle = f"thing-{number}"
    sizes = draw(st.lists(words, min_size=0, max_size=4, unique_by=lambda word: " ".join(word.split())))
    pictures = draw(st.integers(0, 3))
    first = {
        "title": draw(words),
        "description": draw(st.one_of(st.just(""), words, st.just("<ul><li>a</li></ul>"))),
        "vendor": draw(st.one_of(st.just(""), words)),
        "category": draw(st.sampled_from(["", "Home", "Home > Lamps"])),
        "type": draw(st.one_of(st.just(""), st.just("Lamp"))),
        "tags": draw(st.sampled_from(["", "a", "a, b"])),
        "status": draw(st.sampled_from(["active", "draft"])),
        "seo_title": draw(st.one_of(st.just(""), words)),
        "option1_name": "Size" if sizes else "Title",
    }
    rows = []
    for place in range(max(len(sizes), pictures, 1)):
        row = {"handle": handle}
        if place == 0:
            row |= first
        if place < max(len(sizes), 1):
            row |= {
                "option1_value": sizes[place] if sizes else "Default Title",
                "sku": draw(st.sampled_from(["", f"S{number}-{place}"])),
                "price": draw(amounts),
                "compare_at": draw(st.one_of(st.just(""), amounts)),
                "quantity": draw(st.sampled_from(["", "0", "7"])),
                "policy": draw(st.sampled_from(["deny", "continue"])),
                "tracker": draw(st.sampled_from(["", "shopify"])),
                "grams": draw(st.sampled_from(["", "0", "250"])),
                "barcode": draw(st.sampled_from(["", "0123"])),
            }
        if place < pictures:
            row |= {"image": f"https://cdn.example/{number}/{place}.jpg", "image_alt": draw(words)}
        rows.append(row)
    return rows


@st.composite
def files(draw: st.DrawFn) -> tuple[int, list[dict[str, str]]]:
    count = draw(st.integers(1, 4))
    return draw(st.integers(0, 1)), [row for number in range(count) for row in draw(products(number))]


MISTAKES = {
    "price": ["free", "1,50", "-1"],
    "quantity": ["many", "1.5"],
    "policy": ["perhaps"],
    "grams": ["heavy"],
    "image": ["photo.jpg", "ftp://cdn.example/a.jpg", "https://"],
    "sku": ["S" * 51],
    "title": ["T" * 256],
    "option1_value": ["V" * 101],
}


@st.composite
def broken(draw: st.DrawFn) -> tuple[int, list[dict[str, str]], int, str]:
    """A file with one mistake somewhere; also the row it is in, and the column."""
    dialect, rows = draw(files())
    place = draw(st.integers(0, len(rows) - 1))
    fields = [field for field in MISTAKES if rows[place].get(field) or (field == "sku" and "sku" in rows[place])]
    field = draw(st.sampled_from(fields))
    rows[place] = {**rows[place], field: draw(st.sampled_from(MISTAKES[field]))}
    return dialect, rows, place + 2, field


class Bench:
    """One database of one connection for many examples, each of which is undone."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.pool = Database.connect(url, pool_size=1)
        self.folder = tempfile.TemporaryDirectory()
        self.run(self._open())

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def _open(self) -> None:
        self.connection = await self.pool.bind.connect()
        self.outer = await self.connection.begin()
        self.db = Database(self.connection)
        async with self.db.transaction(STAFF) as tx:
            await open_shop(tx)

    async def _close(self) -> None:
        await self.outer.rollback()
        await self.connection.close()
        await self.pool.dispose()

    def close(self) -> None:
        self.run(self._close())
        self.loop.close()
        self.folder.cleanup()

    def file(self, dialect: int, rows: list[dict[str, str]]) -> Path:
        return write_csv(Path(self.folder.name) / "in.csv", spelled(dialect, rows))


@pytest.fixture
def bench(database_url: str) -> Any:
    made = Bench(database_url)
    yield made
    made.close()


ANY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@ANY
@given(file=files())
def test_any_good_file_is_taken_in_once_and_its_export_gives_the_same_shop(bench: Bench, file: Any) -> None:
    async def work() -> None:
        db, path = bench.db, bench.file(*file)
        async with undone(db):
            first = await transfer.flows.import_file(db, path, STAFF)
            assert not first.refused, first
            shop, told = await goods(db), await facts(db)
            again = await transfer.flows.import_file(db, path, STAFF)
            assert again.is_idle, again.results
            out = await export(db, path.with_name("out.csv"))
            back = await transfer.flows.import_file(db, out, STAFF)
            assert back.is_idle, back.results
            assert (await goods(db), await facts(db)) == (shop, told)
        async with undone(db):
            moved = await transfer.flows.import_file(db, out, STAFF)
            assert not moved.refused, moved
            assert await goods(db) == shop

    bench.run(work())


@ANY
@given(file=broken())
def test_one_mistake_anywhere_leaves_the_shop_as_it_was_and_is_named_by_its_row(bench: Bench, file: Any) -> None:
    dialect, rows, row, field = file

    async def work() -> None:
        db, path = bench.db, bench.file(dialect, rows)
        async with undone(db):
            told = await facts(db)
            report = await transfer.flows.import_file(db, path, STAFF)
            assert report.refused
            named = [(one.row, one.column) for result in report.results for one in result.problems]
            heading = spelled(dialect, [{field: ""}])[0]
            assert (row, next(iter(heading))) in named
            assert await goods(db) == {}
            assert await facts(db) == told

    bench.run(work())
