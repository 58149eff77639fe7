"""A small shop with goods on its shelves, and a browser in front of it.

`shop` is a browser on a shop of the test's own, `live_db` its database: filled once, then cloned for each test.
`reader` is one shop for all tests of a module that only look; they run in its loop:
`pytestmark = pytest.mark.asyncio(loop_scope="module")`. `send` sends a form with and without scripts.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
import pytest_asyncio

from app.runtime.servers import Valkey
from app.runtime.shared_servers import SharedPostgres
from app.web.testing import Browser, browser
from domains import catalog, inventory, search
from domains.catalog.tests.factories import png
from domains.kit import Database
from domains.search.tests.factories import STAFF, good, open_shop

type Send = Callable[[str, dict[str, Any]], Awaitable[httpx.Response]]


class Shelves(msgspec.Struct, frozen=True):
    """What the small shop sells."""

    kitchen: UUID
    mugs: UUID
    warehouse: UUID
    mug: UUID
    shirt: catalog.ProductView


class Stocked(msgspec.Struct, frozen=True):
    """A filled database to clone, and the folder of its pictures."""

    database: str
    media: Path
    shelves: Shelves


@pytest.fixture(scope="session")
def stocked(postgres: SharedPostgres, migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stocked]:
    url = asyncio.run(postgres.clone(migrated))
    media = tmp_path_factory.mktemp("media")
    yield Stocked(url.rpartition("/")[2], media, asyncio.run(_fill(url, media)))
    asyncio.run(postgres.drop(url))


@pytest.fixture
async def live_db(postgres: SharedPostgres, stocked: Stocked) -> AsyncIterator[Database]:
    url = await postgres.clone(stocked.database)
    database = Database.connect(url, pool_size=20, name="test")
    yield database
    await database.dispose()
    await postgres.drop(url)


@pytest.fixture
def shelves(stocked: Stocked) -> Shelves:
    return stocked.shelves


@pytest.fixture
async def shop(live_db: Database, redis_url: str, stocked: Stocked) -> AsyncIterator[Browser]:
    async with browser(live_db.url, redis_url, MEDIA_URL=stocked.media.as_uri()) as client:
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(postgres: SharedPostgres, stocked: Stocked, _valkey: Valkey) -> AsyncIterator[Browser]:
    url = await postgres.clone(stocked.database)
    async with browser(url, _valkey.url(), MEDIA_URL=stocked.media.as_uri()) as client:
        yield client
    await postgres.drop(url)


@pytest.fixture(params=["plain", "htmx"])
def send(request: pytest.FixtureRequest, shop: Browser) -> Send:
    """Send a form as a browser does, with or without scripts; the answer is what the shopper then sees."""

    async def send(path: str, form: dict[str, Any]) -> httpx.Response:
        if request.param == "htmx":
            return await shop.htmx("POST", path, data=form)
        answer = await shop.post(path, data=form)
        if answer.status_code == 303:
            return await shop.get(answer.headers["location"])
        return answer

    return send


async def variant_of(db: Database, product_id: UUID) -> UUID:
    async with db.transaction(STAFF) as tx:
        return (await catalog.product(tx, product_id)).variants[0].id


@pytest.fixture
async def mug(live_db: Database, shelves: Shelves) -> UUID:
    """The stoneware mug, $24, twenty of it."""
    return await variant_of(live_db, shelves.mug)


@pytest.fixture
async def last(live_db: Database, shelves: Shelves) -> UUID:
    """The last mug, $10, two of it."""
    async with live_db.transaction(STAFF) as tx:
        found = await catalog.variant_by_sku(tx, "LAST-MUG")
    assert found is not None
    return found.variant_id


async def _fill(url: str, media: Path) -> Shelves:
    """A plain mug, a shirt in sizes and colours, a mug that can be ordered though it is out, one sold out."""
    database = Database.connect(url, pool_size=2, name="test")
    storage = catalog.DiskStorage(media)
    front = await catalog.store_picture(database, storage, STAFF, png())
    rust = await catalog.store_picture(database, storage, STAFF, png(colour=(160, 82, 45)))
    async with database.transaction(STAFF) as tx:
        warehouse = await open_shop(tx)
        kitchen = await catalog.create_category(tx, name="Kitchen", description="For cooks.", picture_id=front)
        mugs = await catalog.create_category(tx, name="Mugs & cups", parent_id=kitchen)
        clothes = await catalog.create_category(tx, name="Clothes")
        await catalog.define_attribute(tx, code="volume", name="Volume", kind="number", unit="ml")
        await catalog.define_attribute(tx, code="oven", name="Oven safe", kind="boolean")
        uses = [catalog.AttributeUse("volume"), catalog.AttributeUse("oven")]
        await catalog.set_category_attributes(tx, kitchen, uses)
        mug = await good(
            tx,
            warehouse,
            "Stoneware mug",
            category_id=mugs,
            price=2400,
            compare_at=3000,
            brand="Hearth",
            description="Thrown by hand.\n\nHolds coffee </script><b>well</b> & warm.",
            attributes={"volume": 350, "oven": False},
        )
        await catalog.add_image(tx, mug, front, alt="A mug from the front")
        await good(tx, warehouse, "Gone mug", category_id=mugs, on_hand=0)
        later = await catalog.product(tx, await good(tx, warehouse, "Later mug", category_id=mugs, on_hand=0))
        await inventory.set_policy(tx, variant_id=later.variants[0].id, backorder_allowed=True)
        await good(tx, warehouse, "Last mug", category_id=mugs, on_hand=2)
        shirt_id = await good(
            tx,
            warehouse,
            "Linen shirt",
            category_id=clothes,
            price=8000,
            options=(
                catalog.OptionDraft("Size", (catalog.ValueDraft("S"), catalog.ValueDraft("M"))),
                catalog.OptionDraft("Colour", (catalog.ValueDraft("Sage", "#8a9a5b"), catalog.ValueDraft("Rust"))),
            ),
            variants=(
                catalog.VariantDraft("SH-S-SAG", {"Size": "S", "Colour": "Sage"}),
                catalog.VariantDraft("SH-M-SAG", {"Size": "M", "Colour": "Sage"}),
                catalog.VariantDraft("SH-M-RUS", {"Size": "M", "Colour": "Rust"}, picture_id=rust),
            ),
        )
        await catalog.add_image(tx, shirt_id, front)
        shirt = await catalog.product(tx, shirt_id)
        await inventory.adjust(
            tx,
            variant_id=shirt.variants[1].id,
            warehouse_id=warehouse,
            change=-20,
            reason=inventory.Reason.DAMAGED,
        )
        await search.rebuild(tx)
    await database.dispose()
    return Shelves(kitchen=kitchen, mugs=mugs, warehouse=warehouse, mug=mug, shirt=shirt)
