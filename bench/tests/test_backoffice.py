"""Pages of the back office ask the database a fixed number of times, whatever they show."""

from pathlib import Path

import pytest

from app.factory import Shop
from app.web import testing
from app.web.testing import another_browser
from bench import backoffice
from domains.kit import Database

PRODUCTS, ORDERS = 60, 200


@pytest.mark.slow
async def test_no_page_of_the_back_office_asks_more_than_it_may(
    live_db: Database, redis_url: str, tmp_path: Path
) -> None:
    for fill in backoffice.FILLS:
        await fill(live_db, PRODUCTS, ORDERS)
    known, token = await backoffice.known(live_db), await backoffice.owner_token(live_db)
    shop = Shop(testing.test_settings(live_db.url, redis_url, tmp_path))
    broken, seen = [], 0
    async with shop.lifespan(), another_browser(shop) as http:
        http.cookies.set("session", token, domain="127.0.0.1")
        for page in backoffice.PAGES:
            answer = await http.get(page.address(known))
            if answer.status_code == 404:
                continue
            seen += 1
            queries = await backoffice.queries_of(http, page.address(known))
            if answer.status_code != 200 or queries > backoffice.MOST_QUERIES:
                broken.append(f"{page.name}: {answer.status_code}, {queries} queries")

    assert broken == []
    assert seen >= 20
