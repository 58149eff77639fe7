"""Pages of the back office ask the database a fixed number of times, whatever they show."""

from pathlib import Path

import pytest

from app.factory import Shop
from app.web import testing
from app.web.testing import another_browser
from bench import backoffice, big_shop, staff_pages
from domains.kit import Database

PRODUCTS, ORDERS = 60, 200


@pytest.mark.slow
async def test_no_page_of_the_back_office_asks_more_than_it_may(
    live_db: Database, redis_url: str, tmp_path: Path
) -> None:
    for fill in big_shop.FILLS:
        await fill(live_db, PRODUCTS, ORDERS)
    known, token = await backoffice.known(live_db), await backoffice.owner_token(live_db)
    shop = Shop(testing.test_settings(live_db.url, redis_url, tmp_path))
    broken = []
    async with shop.lifespan(), another_browser(shop) as http:
        http.cookies.set("session", token, domain="127.0.0.1")
        pages, _missing = await backoffice.every_page(live_db)
        for page in pages:
            answer = await http.get(page.address(known))
            if answer.status_code == 303:
                continue  # a way to another page
            queries = len((await backoffice.queries_of(http, page.address(known))).statements)
            if answer.status_code != 200 or queries > backoffice.MOST_QUERIES:
                broken.append(f"{page.name}: {answer.status_code}, {queries} queries")

    assert broken == []
    assert len(pages) > 100


def test_every_page_of_the_back_office_is_known_to_who_measures_and_looks() -> None:
    for path in staff_pages.paths():
        staff_pages.query_of(path)

    assert "/staff/orders" in staff_pages.paths()
