"""The shop's own pages over HTTP: alike for everybody, linked where they are needed, and a form that reaches us."""

import re

import pytest

from app.web.testing import Browser, browser
from domains import content, shipping
from domains.content import PageDraft
from domains.kit import Database
from domains.search.tests.factories import STAFF

MESSAGE = {"name": "Ana Pop", "email": "ana@example.com", "message": "Is the mug dishwasher safe?"}


@pytest.fixture(autouse=True)
async def _pages(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        await content.plant_defaults(tx)


async def test_every_page_of_the_shop_is_linked_in_the_footer_and_may_be_kept_by_caches(shop: Browser) -> None:
    home = (await shop.get("/")).text
    footer = home[home.index("<footer") :]

    for slug in ("delivery", "returns", "contact", "about", "terms", "privacy", "imprint"):
        assert f'href="/pages/{slug}"' in footer
        answer = await shop.get(f"/pages/{slug}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"].startswith("public")
        assert "set-cookie" not in answer.headers
        assert "[[" not in answer.text
        assert f'<link rel="canonical" href="http://127.0.0.1:8000/pages/{slug}">' in answer.text


async def test_a_changed_page_is_seen_in_the_next_request_and_a_withdrawn_one_no_more(
    shop: Browser, live_db: Database
) -> None:
    await shop.get("/pages/about")
    async with live_db.transaction(STAFF) as tx:
        await content.change_page(tx, "about", title="Our story", body="We began **small**.")
        await content.change_page(tx, "imprint", is_published=False)

    about = (await shop.get("/pages/about")).text
    assert "<strong>small</strong>" in about
    assert "Our story</a>" in about
    assert "/pages/imprint" not in about
    assert (await shop.get("/pages/imprint")).status_code == 404


async def test_hostile_text_of_a_page_does_nothing(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        await content.save_page(tx, PageDraft("odd", "</title><b>x", "<script>alert(1)</script> [x](javascript:alert)"))
        await tx.sql("UPDATE content.pages SET html = '<img src=x onerror=alert(1)>' || html WHERE slug = 'odd'")

    page = (await shop.get("/pages/odd")).text

    assert "&lt;/title&gt;&lt;b&gt;x" in page
    assert "<b>x" not in page
    main = page[page.index("<main") : page.index("</main")]
    assert not re.search(r"<script|<img|href=.javascript", main)


async def test_the_delivery_page_tells_what_delivery_costs(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        zone = await shipping.add_zone(tx, name="At home", regions=[shipping.RegionDraft("US")])
        bands = [
            shipping.BandDraft("USD", 590),
            shipping.BandDraft("USD", 990, weight_from=2000),
            shipping.BandDraft("USD", 0, subtotal_from=7500),
        ]
        await shipping.add_method(
            tx, zone_id=zone, code="standard", name="Standard", days_min=2, days_max=4, bands=bands
        )

    page = (await shop.get("/pages/delivery")).text

    words = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<table") : page.index("</table")]).split())
    assert "Standard 2 to 4 working days $5.90 to $9.90, by weight free from $75.00" in words


async def test_a_message_is_taken_and_its_writer_told(shop: Browser, live_db: Database) -> None:
    sent = await shop.post("/pages/contact", data={**MESSAGE, "order_number": "", "website": ""})

    assert sent.status_code == 303
    assert "Your message is on its way" in (await shop.get(sent.headers["location"])).text
    async with live_db.transaction(STAFF) as tx:
        message_id = (await tx.sql("SELECT id FROM content.messages")).scalar_one()
        assert (await content.message(tx, message_id)).body == MESSAGE["message"]


async def test_a_message_with_mistakes_keeps_what_was_written(shop: Browser, live_db: Database) -> None:
    answer = await shop.post("/pages/contact", data={**MESSAGE, "email": "ana", "message": "<b>Hello</b>"})

    assert answer.status_code == 422
    assert "Enter an email address such as" in answer.text
    assert "&lt;b&gt;Hello&lt;/b&gt;" in answer.text
    assert "<title>Error:" in answer.text


async def test_what_a_machine_writes_is_thanked_for_and_thrown_away(shop: Browser, live_db: Database) -> None:
    answer = await shop.post("/pages/contact", data={**MESSAGE, "website": "http://spam.example"})

    assert answer.status_code == 303
    async with live_db.transaction(STAFF) as tx:
        assert (await tx.sql("SELECT count(*) FROM content.messages")).scalar_one() == 0


async def test_nobody_writes_more_than_five_messages_an_hour(shop: Browser) -> None:
    answers = [(await shop.post("/pages/contact", data=MESSAGE)).status_code for _time in range(6)]

    assert answers == [303] * 5 + [429]


async def test_a_message_is_taken_while_redis_is_down(live_db: Database) -> None:
    async with browser(live_db.url, "redis://127.0.0.1:1/0") as visitor:
        answer = await visitor.post("/pages/contact", data=MESSAGE)

    assert answer.status_code == 303
    async with live_db.transaction(STAFF) as tx:
        assert (await tx.sql("SELECT count(*) FROM content.messages")).scalar_one() == 1


async def test_what_browsers_and_phones_ask_for_is_there(shop: Browser) -> None:
    icon = await shop.get("/favicon.ico")
    manifest = (await shop.get("/manifest.webmanifest")).json()

    assert icon.content[:4] == b"\x00\x00\x01\x00"
    assert manifest["name"]
    for described in manifest["icons"]:
        assert (await shop.get(described["src"])).content[:4] == b"\x89PNG"


async def test_a_shared_product_shows_its_name_and_picture(shop: Browser) -> None:
    page = (await shop.get("/products/stoneware-mug")).text

    assert '<meta property="og:title" content="Stoneware mug' in page
    assert '<meta property="og:type" content="product">' in page
    assert re.search(r'<meta property="og:image" content="http://127.0.0.1:8000/media/[0-9a-f]{64}\.\w+">', page)
