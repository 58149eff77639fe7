"""Every test that commits leaves a sound shop behind."""

from collections.abc import AsyncIterator

import pytest

from domains.desk.testing import assert_sound
from domains.kit import Database


@pytest.fixture
async def live_db(live_db: Database) -> AsyncIterator[Database]:
    """As everywhere, and every test leaves a sound shop behind."""
    yield live_db
    await assert_sound(live_db, quiet=False)
