"""A shop in which everything has happened once."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.runtime.shared_servers import SharedPostgres
from domains.desk.tests.sound_shop import sound_shop
from domains.kit import Database


@pytest.fixture(scope="module")
def sound_url(postgres: SharedPostgres) -> Iterator[str]:
    """One copy for the whole module: its tests roll back what they do."""
    with sound_shop(postgres) as url:
        yield url


@pytest.fixture
async def sound(sound_url: str) -> AsyncIterator[Database]:
    db = Database.connect(sound_url, pool_size=1, name="sound")
    yield db
    await db.dispose()
