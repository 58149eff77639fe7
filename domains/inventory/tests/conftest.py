"""Every test that commits leaves a sound shop behind."""

from collections.abc import AsyncIterator

import pytest

from domains.desk.testing import assert_sound
from domains.kit import Database


@pytest.fixture
async def live_db(live_db: Database) -> AsyncIterator[Database]:
    """As everywhere; every test leaves a sound shop behind. The orders of holds are made up here, so I05 is out."""
    yield live_db
    await assert_sound(live_db, quiet=False, but=("I05",))
