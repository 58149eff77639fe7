"""Every test of reviews ends with ratings that are the sum of the reviews."""

from collections.abc import AsyncIterator

import pytest

from domains.desk.testing import assert_sound
from domains.kit import Database
from domains.reviews.tests.factories import assert_ratings_add_up


@pytest.fixture
async def db(db: Database) -> AsyncIterator[Database]:
    yield db
    await assert_ratings_add_up(db)


@pytest.fixture
async def live_db(live_db: Database) -> AsyncIterator[Database]:
    """As everywhere, and every test leaves a sound shop behind, but for stock and mails: orders are made up here."""
    yield live_db
    await assert_sound(live_db, quiet=False, but=("I05", "I26"))
