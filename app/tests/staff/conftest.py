"""A shop with goods on its shelves, and browsers of those who work in it.

`shop` is a guest's browser on a shop of the test's own (`live_db` its database, `shelves` what it sells; see the
storefront's conftest). `staff_browser` opens a browser in which somebody of a role is logged in, his second factor
passed: `owner = await staff_browser("owner")`. Several roles in one test are several browsers on one shop. A test with
a market (`open_market`) opens them there: `async with staff_in(market.http.shop, "owner") as owner:`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from app.tests.staff.people import staff_in
from app.tests.storefront.conftest import live_db, mug, shelves, shop, stocked
from app.web.testing import Browser

__all__ = ["live_db", "mug", "shelves", "shop", "stocked"]

type StaffBrowser = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def staff_browser(shop: Browser) -> AsyncIterator[StaffBrowser]:
    async with AsyncExitStack() as open_browsers:

        async def open_one(role: str, *, second_factor: bool = True) -> Browser:
            return await open_browsers.enter_async_context(staff_in(shop.shop, role, second_factor=second_factor))

        yield open_one
