"""A shop with nothing to sell, and a browser in it: enough for what is the customer's own."""

import pytest

from app.tests.account.people import ACTOR, SHOP
from app.web.testing import browser
from domains import store


@pytest.fixture
async def http(live_db, redis_url):
    async with live_db.transaction(ACTOR) as tx:
        await store.set_up(tx, SHOP)
    async with browser(live_db.url, redis_url) as client:
        yield client
