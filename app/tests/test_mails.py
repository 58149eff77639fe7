"""Every mail of the shop, made from a shop in which everything has happened once."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from app.runtime.mail import MailRenderer
from app.runtime.shared_servers import SharedPostgres
from app.web.shell import Shell
from app.web.testing import Browser, browser
from domains import accounts, catalog, content, notifications, store
from domains.catalog import Encoded, ProductDraft
from domains.desk.tests.sound_shop import sound_shop
from domains.kit import Actor, Database, Transaction
from domains.kit.clock import mark_environment
from domains.kit.deliveries import drain, subscribe
from domains.orders import OrderStatus
from domains.orders.tests.factories import a_line, brought_to
from workers.subscriptions import SUBSCRIBERS

pytestmark = pytest.mark.asyncio(loop_scope="module")
STAFF = Actor.system("test")
HOSTILE = '<b>Ana</b> "&'
BASE = "https://shop.example"

UNLOADED = re.compile(r"None\b|Undefined|Money\(|\{\{|\{%|%\(\w+\)s|datetime\.|UUID\(|<built-in")


@pytest.fixture(scope="module")
def url(postgres: SharedPostgres) -> Iterator[str]:
    with sound_shop(postgres) as url:
        asyncio.run(_add(url))
        yield url


async def _add(url: str) -> None:
    """A customer with an awkward name, the shop's pages, and an order of a file."""
    db = Database.connect(url, pool_size=2, name="test")
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
        await content.plant_defaults(tx)
        password_hash = await accounts.hash_password("long walks by the river")
        await accounts.register(
            tx, email="ana@example.com", password_hash=password_hash, first_name=HOSTILE, last_name="Pop"
        )
        await _order_of_a_file(tx)
    await drain(db, SUBSCRIBERS)
    await db.dispose()


async def _order_of_a_file(tx: Transaction) -> None:
    home = await catalog.create_category(tx, name="Files")
    product_id = await catalog.create_product(tx, ProductDraft(sku="FILE", name="A file", category_id=home))
    (variant_id,) = (await catalog.variant_ids_of(tx, [product_id]))[product_id]
    file_id = await catalog.add_file(
        tx, key="a.sold", name="a.pdf", content_type="application/pdf", size=3, sha256="0" * 64
    )
    await catalog.make_digital(tx, variant_id, file_id)
    line = a_line(variant_id=variant_id, product_id=product_id, is_digital=True)
    await brought_to(tx, OrderStatus.CONFIRMED, lines=(line,))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def db(url: str) -> AsyncIterator[Database]:
    database = Database.connect(url, pool_size=2, name="test")
    yield database
    await database.dispose()


@pytest.mark.parametrize("name", sorted(notifications.templates()))
async def test_every_mail_says_what_it_is_about_in_both_parts_and_nothing_raw(db: Database, name: str) -> None:
    composed = await notifications.preview(db, name, base_url=BASE)
    mail = MailRenderer(regional=lambda: Shell(name="Meander"))(composed.template, composed.context)

    assert composed.recipient.count("@") == 1
    assert composed.reply_to.count("@") == 1
    assert 10 <= len(mail.subject) <= 150
    for part in (mail.subject, mail.text, mail.html):
        assert not UNLOADED.search(part)
    assert "<b>Ana" not in mail.html
    assert "<mj-" not in mail.html
    assert "&lt;" not in mail.text
    assert not re.search(r"\n{4,}", mail.text)
    for part in (mail.text, mail.html):
        for link in re.findall(r'https?://[^\s"<>)]+', part):
            assert link.startswith((BASE, "https://www.ups.com/", "http://www.w3.org", "https://www.w3.org")), link
    assert "src=" not in mail.html


async def test_looking_at_a_mail_leaves_nothing_behind(db: Database) -> None:
    counted = (
        "SELECT (SELECT count(*) FROM orders.access_tokens) + (SELECT count(*) FROM accounts.tokens)"
        " + (SELECT count(*) FROM kit.events) + (SELECT count(*) FROM content.messages)"
    )
    async with db.transaction(STAFF) as tx:
        before = (await tx.sql(counted)).scalar_one()

    for name in notifications.templates():
        await notifications.preview(db, name, base_url=BASE)

    async with db.transaction(STAFF) as tx:
        assert (await tx.sql(counted)).scalar_one() == before


async def test_the_demo_shows_every_mail_and_a_real_shop_none(db: Database, url: str, redis_url: str) -> None:
    async with browser(url, redis_url) as http:
        assert await _status(http, "/demo/mails") == 200
        page = (await http.get("/demo/mails")).text
        for name in notifications.templates():
            assert f'href="/demo/mails/{name}"' in page
        shown = await http.get("/demo/mails/order_shipped")
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert (await http.get("/demo/mails/order_shipped.txt")).headers["content-type"].startswith("text/plain")
        assert await _status(http, "/demo/mails/nonsense") == 404

        async with db.transaction(STAFF) as tx:
            await tx.sql("UPDATE kit.environment SET clock_offset = interval '0'")
            await mark_environment(tx, "production")
        try:
            assert await _status(http, "/demo/mails") == 404
            assert await _status(http, "/demo/mails/order_shipped") == 404
        finally:
            async with db.transaction(STAFF) as tx:
                await mark_environment(tx, "test")


async def _status(http: Browser, path: str) -> int:
    return (await http.get(path)).status_code


async def test_a_mail_shows_the_logo_with_the_name_for_those_who_do_not_see_it(db: Database) -> None:
    key = f"{'a' * 64}.webp"
    async with db.transaction(STAFF) as tx:
        logo = await catalog.add_media(tx, Encoded("webp", 600, 100, b"picture"))
        await tx.sql("UPDATE catalog.media SET key = :key WHERE id = :id", {"key": key, "id": logo})
        await store.change(tx, logo_id=logo)
        name = (await store.shop(tx)).name

    composed = await notifications.preview(db, "welcome", base_url=BASE)
    mail = MailRenderer(regional=lambda: Shell(name="Meander"))(composed.template, composed.context)
    async with db.transaction(STAFF) as tx:
        await store.change(tx, logo_id=None)

    [picture] = re.findall(r"<img[^>]*>", mail.html)
    assert f'src="{BASE}/media/{key}"' in picture
    assert f'alt="{name}"' in picture
    assert 'width="200"' in picture
