"""The checkout of a tiny shop: `face` is a browser on it, `live_db` its database."""

from collections.abc import AsyncIterator

import pytest

from app.runtime.shared_servers import SharedPostgres
from app.tests.storefront.checkout.face import Face, opened
from domains.kit import Database


@pytest.fixture
async def live_db(postgres: SharedPostgres, migrated: str) -> AsyncIterator[Database]:
    """An empty one, in which the tiny shop of checkout's tests is opened."""
    url = await postgres.clone(migrated)
    database = Database.connect(url, pool_size=20, name="test")
    yield database
    await database.dispose()
    await postgres.drop(url)


@pytest.fixture
async def face(live_db: Database, redis_url: str) -> AsyncIterator[Face]:
    async with opened(live_db, redis_url) as running:
        yield running
