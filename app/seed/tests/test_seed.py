"""The demo shop in a database: made once, whole, through the operations."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from app.runtime.shared_servers import SharedPostgres
from app.sandbox.stripe_server.history import DATABASE, plant, plant_refunds
from app.sandbox.stripe_server.store import Store
from app.seed import NotADemo, fill
from app.seed.catalogue import CATEGORIES, PRODUCTS
from app.seed.past import Gateway, History
from app.seed.shop import DETAILS, PASSWORD, SHOPPER, SHOPPER_ADDRESS, STAFF
from domains import accounts, catalog, desk, inventory, notifications, orders, pricing, reviews, search, shipping, store
from domains.accounts import EmailTaken
from domains.catalog import DiskStorage
from domains.kit import Actor, Address, Database, Money, Transaction
from domains.kit.clock import mark_environment
from domains.kit.deliveries import drain, subscribe

SMALL = 80  # pixels; the pictures' size matters to none of these tests
TESTER = Actor.system("test")


class Seeded(msgspec.Struct, frozen=True):
    url: str
    storage: DiskStorage


async def filled(url: str, storage: DiskStorage) -> None:
    db = Database.connect(url, pool_size=1)
    await fill(db, storage, width=SMALL)
    await db.dispose()


async def rows_of_every_table(db: Database) -> dict[str, int]:
    async with db.transaction(TESTER) as tx:
        tables = await tx.sql(
            "SELECT schemaname || '.' || tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        )
        return {table: (await tx.sql(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables.scalars()}


@pytest.fixture(scope="module")
def meander(postgres: SharedPostgres, migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """The seeded shop, once for all tests that only read it."""
    seeded = Seeded(asyncio.run(postgres.clone(migrated)), DiskStorage(tmp_path_factory.mktemp("media")))
    asyncio.run(filled(seeded.url, seeded.storage))
    yield seeded
    asyncio.run(postgres.drop(seeded.url))


@pytest.fixture
async def shop(meander: Seeded) -> AsyncIterator[Database]:
    db = Database.connect(meander.url, pool_size=1)
    yield db
    await db.dispose()


@pytest.fixture
async def tx(shop: Database) -> AsyncIterator[Transaction]:
    async with shop.transaction(TESTER) as transaction:
        yield transaction


async def product_of(tx: Transaction, slug: str) -> catalog.ProductView:
    return await catalog.product_by_slug(tx, slug)


async def test_the_shop_is_meander_of_portland(tx: Transaction) -> None:
    shop = await store.shop(tx)

    assert (shop.name, shop.currency, shop.time_zone) == ("Meander", "USD", "America/Los_Angeles")
    assert shop.countries == ("US", "CA", "DE", "GB")


async def test_the_shelves_are_a_tree_and_each_has_a_picture(tx: Transaction) -> None:
    top = await catalog.tree(tx)

    assert len(top) == sum(not category.parent for category in CATEGORIES)
    assert [child.slug for child in top[0].children] == ["coffee-and-tea"]
    assert all(node.picture is not None for shelf in top for node in (shelf, *shelf.children))
    assert sum(1 + len(shelf.children) for shelf in top) == len(CATEGORIES)


async def test_every_product_has_pictures_that_are_stored_and_described(meander: Seeded, tx: Transaction) -> None:
    for product in PRODUCTS:
        view = await product_of(tx, product.slug)

        assert len(view.images) == len(product.colors()) + 2
        assert all(image.alt and "{" not in image.alt for image in view.images)
        for image in view.images:
            assert await meander.storage.get(image.key)


async def test_every_variant_is_shown_in_its_own_color(tx: Transaction) -> None:
    mug = await product_of(tx, "harbor-stoneware-mug")

    pictures = {variant.sku[8:11]: variant.picture.key for variant in mug.variants if variant.picture}

    assert len(set(pictures.values())) == len(pictures) == 3


async def test_everything_has_a_price_and_a_place_in_both_warehouses(tx: Transaction) -> None:
    for product in PRODUCTS:
        ids = {variant.sku: variant.id for variant in (await product_of(tx, product.slug)).variants}

        prices = await pricing.prices(tx, list(ids.values()), DETAILS.currency)
        levels = await inventory.levels(tx, list(ids.values()))

        for variant in product.variants:
            assert prices[ids[variant.sku]].amount == Money(variant.amount, "USD")
            there = {level.warehouse_code: level for level in levels if level.variant_id == ids[variant.sku]}
            assert there["PDX"].quantity_on_hand == variant.portland
            assert there["RTM"].quantity_on_hand == variant.rotterdam
            assert all(level.warehouse_location for level in there.values())


async def test_each_state_of_availability_can_be_seen(tx: Transaction) -> None:
    states = set()
    for product in PRODUCTS:
        variants = (await product_of(tx, product.slug)).variants
        found = await inventory.availability(tx, [variant.id for variant in variants])
        states |= {one.state for one in found.values()}
        assert all(one.backorder_date for one in found.values() if one.state == "backorder")

    assert states == {"in_stock", "low", "out", "backorder"}


async def test_listings_and_search_are_ready(tx: Transaction) -> None:
    kettles = await search.listing(tx, q="kettle", currency="USD")
    newest = await search.newest(tx, 8, currency="USD")

    assert "larch-gooseneck-kettle" in [card.slug for card in kettles.cards]
    assert len(newest) == 8
    assert len({card.brand for card in newest}) > 2


@pytest.mark.parametrize("email", [person.email for person in (SHOPPER, *STAFF)])
async def test_everybody_logs_in_with_the_demo_password(shop: Database, email: str) -> None:
    async with shop.transaction(TESTER) as tx:
        known = await accounts.credentials(tx, email)

    assert known is not None
    assert known.may_log_in
    assert await accounts.verify_password(known.password_hash, PASSWORD)


async def test_the_shopper_is_verified_and_has_an_address(tx: Transaction) -> None:
    known = await accounts.credentials(tx, SHOPPER.email)
    assert known is not None

    shopper = await accounts.account(tx, known.account_id)
    book = await accounts.addresses(tx, known.account_id)

    assert shopper.email_verified
    assert shopper.role == "customer"
    assert [(entry.address, entry.is_default) for entry in book] == [(SHOPPER_ADDRESS, True)]


async def test_there_is_one_account_for_each_role_of_staff(tx: Transaction) -> None:
    roles = (await tx.sql("SELECT role FROM accounts.accounts WHERE role <> 'customer' ORDER BY role")).scalars()

    assert sorted(roles) == sorted(accounts.STAFF_ROLES)


@pytest.mark.parametrize(
    ("country", "state", "postal_code", "goods", "books"),
    [
        ("US", "OR", "97202", 0, 0),
        ("US", "WA", "98122", 103_500, 103_500),
        ("US", "WA", "99201", 65_000, 65_000),
        ("US", "NY", "10013", 88_750, 88_750),
        ("CA", "ON", "M5V 2T6", 130_000, 50_000),
        ("CA", "BC", "V6B 1A1", 120_000, 50_000),
        ("CA", "QC", "H2X 1Y4", 149_750, 50_000),
        ("CA", "AB", "T2P 1J9", 50_000, 50_000),
        ("DE", "", "10115", 190_000, 70_000),
        ("GB", "", "SW1A 1AA", 200_000, 0),
    ],
)
async def test_tax_is_set_up_where_it_is_collected(
    tx: Transaction, country: str, state: str, postal_code: str, goods: int, books: int
) -> None:
    table = await pricing.tax_rates(tx, Address("", "", "", postal_code, country, state))

    assert sum(rate.rate_ppm for rate in table.of("standard")) == goods
    assert sum(rate.rate_ppm for rate in table.of("reduced")) == books


@pytest.mark.parametrize(
    ("country", "state", "postal_code"),
    [
        ("US", "OR", "97202"),
        ("US", "HI", "96813"),
        ("CA", "ON", "M5V 2T6"),
        ("DE", "", "10115"),
        ("GB", "", "SW1A 1AA"),
    ],
)
async def test_there_are_two_ways_to_every_country(tx: Transaction, country: str, state: str, postal_code: str) -> None:
    async def to(weight_grams: int, subtotal: int) -> list[shipping.ShippingOption]:
        return await shipping.options(
            tx,
            country=country,
            state=state,
            postal_code=postal_code,
            weight_grams=weight_grams,
            subtotal=Money(subtotal, "USD"),
        )

    light, heavy, dear = await to(500, 2_000), await to(7_000, 2_000), await to(500, 40_000)

    assert [option.name for option in light if not option.is_pick_up] == ["Standard", "Express"]
    assert light[1].latest < light[0].latest
    assert light[0].amount.amount < heavy[0].amount.amount
    assert dear[0].amount.amount == 0
    assert dear[1].amount.amount > 0


async def test_the_clock_shows_the_real_time_again(tx: Transaction) -> None:
    assert (await tx.sql("SELECT kit.now() = now()")).scalar_one()


async def test_the_doctor_finds_nothing(shop: Database) -> None:
    async with shop.transaction(TESTER, snapshot=True) as tx:
        findings = await desk.examine(tx, quiet=False)

    assert [str(finding) for finding in findings if finding.violations] == []


async def test_seeding_twice_gives_the_same(meander: Seeded, shop: Database) -> None:
    before = await rows_of_every_table(shop)

    await fill(shop, meander.storage, width=SMALL)

    assert await rows_of_every_table(shop) == before


@pytest.mark.slow
async def test_a_seeding_that_broke_off_leaves_nothing_and_can_be_done_again(live_db: Database, tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    empty = await rows_of_every_table(live_db)
    async with live_db.transaction(TESTER) as tx:
        await accounts.create_staff(tx, email="marketing@example.com", role="marketing")
    before = await rows_of_every_table(live_db)

    with pytest.raises(EmailTaken):
        await fill(live_db, storage, width=SMALL)

    assert await rows_of_every_table(live_db) == before
    async with live_db.transaction(TESTER) as tx:
        for table in ("accounts.account_words", "accounts.tokens", "accounts.accounts"):
            await tx.session.execute(text(f"DELETE FROM {table}"))
    await fill(live_db, storage, width=SMALL)
    after = await rows_of_every_table(live_db)
    assert after["catalog.products"] == len(PRODUCTS)
    assert after["store.shop"] == 1
    assert empty["store.shop"] == 0


async def test_a_real_shop_is_left_alone(live_db: Database, tmp_path: Path) -> None:
    async with live_db.transaction(TESTER) as tx:
        await mark_environment(tx, "production")
    before = await rows_of_every_table(live_db)

    with pytest.raises(NotADemo):
        await fill(live_db, DiskStorage(tmp_path), width=SMALL)

    assert await rows_of_every_table(live_db) == before
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


@pytest.mark.slow
async def test_the_past_is_sound_and_the_worker_takes_in_what_it_reports_and_mails_nobody(
    live_db: Database, tmp_path: Path
) -> None:
    subscribers = (*orders.SUBSCRIBERS, *reviews.SUBSCRIBERS, *search.SUBSCRIBERS, *notifications.SUBSCRIBERS)
    async with live_db.transaction(TESTER) as tx:
        await subscribe(tx, subscribers)
    gateway = Gateway(partial(plant, tmp_path), partial(plant_refunds, tmp_path))

    await fill(live_db, DiskStorage(tmp_path), width=SMALL, history=History(40, gateway))
    await drain(live_db, subscribers)

    async with live_db.transaction(TESTER) as tx:
        mails = (
            "SELECT count(*) FILTER (WHERE status = 'sent') AS sent, count(*) AS made FROM notifications.notifications"
        )
        counted = (await tx.sql(mails)).one()
        assert counted.made == counted.sent > 60
        states = dict((await tx.sql("SELECT status, count(*) FROM orders.orders GROUP BY status")).all())
        assert sum(states.values()) == 40
        assert states["delivered"] > 20
        assert (await tx.sql("SELECT count(*) FROM reviews.reviews WHERE status = 'published'")).scalar_one() > 10
        back = set((await tx.sql("SELECT DISTINCT status FROM returns.returns")).scalars())
        assert back >= {"requested", "approved", "received", "rejected", "closed"}
        gone = "SELECT count(*) FROM payments.refunds WHERE status = 'processed'"
        refunds = (await tx.sql(gone)).scalar_one()
        assert (await tx.sql("SELECT count(*) FROM kit.outbox")).scalar_one() == 0
        late = await tx.sql("SELECT max(created_at) < kit.now() FROM orders.orders")
        assert late.scalar_one()
    async with live_db.transaction(TESTER, snapshot=True) as tx:
        assert [str(finding) for finding in await desk.examine(tx) if finding.violations] == []
    with closing(Store(tmp_path / DATABASE)) as known:
        assert len(known.find("payment_intent")) == 40
        assert len(known.find("refund")) == refunds
