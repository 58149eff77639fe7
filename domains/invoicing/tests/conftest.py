"""A shop with an open till."""

import pytest

from domains.kit import Database
from domains.orders.tests.factories import TESTER, open_shop


@pytest.fixture
async def shop(db: Database) -> Database:
    async with db.transaction(TESTER) as tx:
        await open_shop(tx)
    return db


@pytest.fixture
async def live_shop(live_db: Database) -> Database:
    async with live_db.transaction(TESTER) as tx:
        await open_shop(tx)
    return live_db
