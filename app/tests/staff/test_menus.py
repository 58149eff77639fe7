"""Menus of header and footer, and old addresses, as staff set them and shoppers meet them."""

import re

from app.tests.staff.conftest import StaffBrowser
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog, content
from domains.content import PageDraft
from domains.kit import Actor, Database

SYSTEM = Actor.system("test")


def footer(html: str) -> dict[str, list[tuple[str, str]]]:
    part = html[html.index("<footer") :]
    menus = re.findall(r"<h2[^>]*>([^<]+)</h2>\s*<ul>(.*?)</ul>", part, re.DOTALL)
    return {title: re.findall(r'href="([^"]+)">([^<]+)<', links) for title, links in menus}


def row(number: int, label: str, target: str, place: str = "") -> dict[str, str]:
    return {f"label{number}": label, f"target{number}": target, f"place{number}": place}


async def test_a_menu_made_by_hand_is_in_the_next_page_and_follows_what_it_leads_to(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    marketing = await staff_browser("marketing")
    async with live_db.transaction(SYSTEM) as tx:
        await content.save_page(tx, PageDraft("sizes", "Sizes", "S, M"))
    usual = footer((await shop.get("/")).text)
    assert ("/categories/kitchen", "Kitchen") in usual["Shop"]

    form = {
        "seen": "", "title": "Help",
        **row(1, "Last", "/search?reduced=1", "9"), **row(2, "", "/pages/sizes", "1"),
        **row(3, "Cook", "http://127.0.0.1:8000/categories/kitchen", "2"),
        **row(4, "Mug", "/products/stoneware-mug", "3"),
        **row(5, "", "", "4"), **row(6, "Gone", "/cart", "5"), "remove6": "on",
    }  # fmt: skip
    answer = await marketing.post("/staff/pages/menus/service", data=form)
    assert answer.status_code == 303
    assert footer((await shop.get("/")).text)["Help"] == [
        ("/pages/sizes", "Sizes"), ("/categories/kitchen", "Cook"), ("/products/stoneware-mug", "Mug"),
        ("/search?reduced=1", "Last"),
    ]  # fmt: skip

    async with live_db.transaction(SYSTEM) as tx:
        await content.change_page(tx, "sizes", slug="size-guide")
        await catalog.change_category(tx, shelves.kitchen, is_active=False)
    shown = footer((await shop.get("/")).text)["Help"]
    assert ("/pages/size-guide", "Sizes") in shown
    assert "Cook" not in [words for _url, words in shown]
    seen = re.search(r'name="seen" value="(\w+)"', (kept := (await marketing.get("/staff/pages/menus/service")).text))
    assert seen is not None
    assert 'value="/categories/kitchen"' in kept
    again = {"seen": seen[1], **row(1, "Cook", "/categories/kitchen"), **row(2, "Sizes", "/pages/size-guide")}
    assert (await marketing.post("/staff/pages/menus/service", data=again)).status_code == 303
    assert footer((await shop.get("/")).text)["Service"] == [("/pages/size-guide", "Sizes")]

    await marketing.post("/staff/pages/menus/service/own/removal")
    assert footer((await shop.get("/")).text)["Service"] == usual["Service"]


async def test_the_header_shows_what_staff_put_there(
    staff_browser: StaffBrowser, shop: Browser, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    await owner.post("/staff/pages/menus/header", data={"seen": "", **row(1, "Sale", "/search?reduced=1")})

    page = (await shop.get("/")).text
    header = page[page.index("<header") : page.index("</header")]
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', header)[0] == ("/search?reduced=1", "Sale")
    assert "/categories/" not in header
    assert ("/categories/kitchen", "Kitchen") in footer(page)["Shop"]


async def test_the_way_to_withdraw_from_a_contract_stays_whatever_staff_do(
    staff_browser: StaffBrowser, shop: Browser
) -> None:
    owner = await staff_browser("owner")
    await owner.post("/staff/pages/menus/legal", data={"seen": "", **row(1, "Find us", "/search")})

    assert [url for url, _words in footer((await shop.get("/")).text)["Legal"]] == ["/search", "/withdrawal"]


async def test_a_menu_with_mistakes_keeps_what_was_typed(staff_browser: StaffBrowser, shop: Browser) -> None:
    marketing = await staff_browser("marketing")

    answer = await marketing.post(
        "/staff/pages/menus/legal",
        data={"seen": "", **row(1, "Away", "https://evil.example"), **row(2, "Not there", "/pages/none")},
    )

    assert answer.status_code == 422
    assert "begins with one slash" in answer.text or "Shoppers find nothing" in answer.text
    assert 'value="https://evil.example"' in answer.text
    assert "evil" not in (await shop.get("/")).text
    assert (await marketing.get("/staff/pages/menus/none")).status_code == 404
    assert (await marketing.get("/staff/pages/menus")).status_code == 200
    assert (await marketing.get("/staff/pages/menus/legal")).status_code == 200


async def test_an_old_address_leads_on_with_what_it_was_asked_and_a_page_that_is_there_is_never_hidden(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
) -> None:
    marketing = await staff_browser("marketing")
    for path, words in (
        ("/search", "find something at this address"), ("/products/stoneware-mug", "find something"),
        ("/categories/kitchen", "find something"), ("/staff/x", "belongs to the shop"),
    ):  # fmt: skip
        refused = await marketing.post("/staff/pages/redirects", data={"path": path, "target": "/cart"})
        assert (refused.status_code, words in refused.text) == (422, True), path
    added = await marketing.post(
        "/staff/pages/redirects", data={"path": "/blogs/news", "target": "/categories/kitchen"}
    )
    assert added.status_code == 303
    await marketing.post(
        "/staff/pages/redirects", data={"path": "/products/old-mug", "target": "/products/stoneware-mug"}
    )

    blog = await shop.get("/blogs/news?page=2")
    assert (blog.status_code, blog.headers["location"]) == (301, "/categories/kitchen?page=2")
    assert blog.content == b""
    assert (await shop.get("/products/old-mug")).headers["location"] == "/products/stoneware-mug"
    assert (await shop.post("/blogs/news")).status_code in (404, 405)
    assert (await shop.get("/blogs/other")).status_code == 404
    listed = await marketing.get("/staff/pages/redirects")
    assert "/blogs/news" in listed.text

    async with live_db.transaction(SYSTEM) as tx:
        await content.save_page(tx, PageDraft("news", "News", "None."))
        await content.change_page(tx, "news", slug="journal")
    assert (await shop.get("/pages/news")).headers["location"] == "/pages/journal"
    assert "the page was renamed" in (await marketing.get("/staff/pages/redirects")).text
