"""Staff put the home page together, look at it, publish it; shoppers see it, and caches notice."""

import re
from uuid import UUID

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog, content
from domains.catalog.tests.factories import png
from domains.kit import Actor, Database

BANNER = {
    "kind": "banner", "heading": "Spring sale", "text": "All <b>linen</b>.", "link": "/categories/clothes",
    "link_label": "To the linen", "picture": "none", "picture_id": "", "alt": "",
}  # fmt: skip
NEW, HOME = "/staff/home-page/sections/new", "/staff/home-page"


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main")]


async def section_ids(db: Database) -> list[str]:
    async with db.transaction(Actor.system("test")) as tx:
        return [one.id for one in (await content.home_page(tx)).present]


async def test_a_banner_is_seen_once_published_and_a_kept_page_is_noticed_to_be_old(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
) -> None:
    marketing = await staff_browser("marketing")
    before = await shop.get("/")

    made = await marketing.post(NEW, data=BANNER)
    assert made.status_code == 303
    drafted = (await section_ids(live_db))[-1]
    for _step in range(6):
        await marketing.post(f"{HOME}/sections/{drafted}/place", data={"way": "up"})
    assert (await shop.get("/", headers={"if-none-match": before.headers["etag"]})).status_code == 304
    preview = await marketing.get(f"{HOME}/preview")
    assert "All &lt;b&gt;linen&lt;/b&gt;." in main_of(preview.text)
    assert preview.headers["cache-control"] == "private, no-store"
    seen = re.search(r'name="seen" value="(\w+)"', (await marketing.get(HOME)).text)
    assert seen is not None
    await marketing.post(f"{HOME}/publication", data={"seen": seen[1]})

    after = await shop.get("/", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["cache-control"].startswith("public")
    assert main_of(after.text) == main_of(preview.text)
    assert len(re.findall("<h1", after.text)) == 1
    assert re.search(r"<h1[^>]*>Spring sale</h1>", after.text)
    assert 'href="/categories/clothes" class="button button--primary"' in after.text


async def test_every_kind_of_section_is_made_opened_and_shown(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    manager = await staff_browser("manager")
    async with live_db.transaction(Actor.system("test")) as tx:
        await content.add_section(tx, content.Words(id="x", heading="First", body="Words."))
        for section_id in [one.id for one in (await content.home_page(tx)).present][:-1]:
            await content.remove_section(tx, section_id)
    forms = {
        "category": {"category": str(shelves.kitchen), "heading": "", "text": "For cooks.", "count": "2"},
        "products": {"heading": "Chosen", "products": "LAST-MUG\n/products/stoneware-mug\n"},
        "newest": {"heading": "Just in", "count": "1"},
        "categories": {"heading": "Shelves", "count": "3"},
        "words": {"heading": "Our story", "body": "We **care**."},
        "promises": {"heading": "", "icon3": "truck", "title3": "Sent today", "text3": "See [how](/pages/delivery)."},
    }
    for kind, form in forms.items():
        assert (await manager.get(NEW, params={"kind": kind})).status_code == 200
        answer = await manager.post(NEW, data={"kind": kind, **form})
        assert answer.status_code == 303, (kind, answer.text)
    for section_id in await section_ids(live_db):
        opened = await manager.get(f"{HOME}/sections/{section_id}")
        assert opened.status_code == 200
    await manager.post(f"{HOME}/publication", data={"seen": ""})

    page = main_of((await shop.get("/")).text)
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert headings == ["First", "Kitchen", "Chosen", "Just in", "Shelves", "Our story"]
    chosen = page[page.index("Chosen</h2>") : page.index("Just in</h2>")]
    assert re.findall(r'card__link" href="/products/([\w-]+)', chosen) == ["last-mug", "stoneware-mug"]
    assert "<strong>care</strong>" in page
    assert 'href="/pages/delivery"' in page
    assert re.search(r'<h1 class="visually-hidden">', page)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "banner", "link": "//evil.example"}, "begins with one slash"),
        ({"kind": "banner", "heading": ""}, "Enter a heading"),
        ({"kind": "banner", "picture": "kept", "picture_id": "0"}, "not there any more"),
        ({"kind": "category", "category": "0"}, "Choose a category"),
        ({"kind": "products", "products": "LAST-MUG\nNO-SUCH"}, "under NO-SUCH"),
        ({"kind": "newest", "count": "many"}, "Enter a number from 1"),
        ({"kind": "promises", "heading": "", "title2": "A", "icon2": "skull"}, "values offered"),
    ],
)
async def test_what_was_typed_stays_in_a_form_that_is_refused(
    staff_browser: StaffBrowser, form: dict[str, str], words: str
) -> None:
    marketing = await staff_browser("marketing")

    answer = await marketing.post(NEW, data={**BANNER, "heading": "Kept words", **form})

    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept words" in answer.text or form.get("heading") == ""


async def test_a_picture_is_checked_drawn_anew_and_shown_with_its_size_and_words(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
) -> None:
    marketing = await staff_browser("marketing")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    refused = await marketing.post(NEW, data=BANNER, files={"file": ("a.png", drawing, "image/png")})
    without_words = await marketing.post(NEW, data=BANNER, files={"file": ("a.png", png(), "image/png")})
    picture_id = re.search(r'name="picture_id" value="([\w-]+)"', without_words.text)
    assert (refused.status_code, without_words.status_code) == (422, 422)
    assert "not a picture we can use" in refused.text
    assert picture_id is not None
    kept = {**BANNER, "picture": "kept", "picture_id": picture_id[1], "alt": "Linen in the sun"}
    assert (await marketing.post(NEW, data=kept)).status_code == 303
    await marketing.post(f"{HOME}/publication", data={"seen": ""})

    async with live_db.transaction(Actor.system("test")) as tx:
        [picture] = (await catalog.pictures_of(tx, [content_id(await content.home(tx))])).values()
    page = (await shop.get("/")).text
    assert (
        f'src="/media/{picture.key}" width="{picture.width}" height="{picture.height}" alt="Linen in the sun"' in page
    )
    assert (await shop.get(f"/media/{picture.key}")).headers["content-type"] == "image/webp"


def content_id(sections: content.Sections) -> UUID:
    return next(one.picture_id for one in sections if isinstance(one, content.Banner) and one.picture_id)


async def test_goods_that_are_gone_leave_no_hole_in_the_home_page(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    marketing = await staff_browser("marketing")
    await marketing.post(NEW, data={"kind": "products", "heading": "Only mugs", "products": "LAST-MUG"})
    await marketing.post(
        NEW, data={"kind": "category", "category": str(shelves.kitchen), "heading": "Pots", "count": "1"}
    )
    await marketing.post(f"{HOME}/publication", data={"seen": ""})
    assert "Only mugs" in (await shop.get("/")).text

    async with live_db.transaction(Actor.system("test")) as tx:
        await tx.sql("DELETE FROM search.documents WHERE card ->> 'slug' = 'last-mug'")
        await catalog.change_category(tx, shelves.kitchen, is_active=False)

    page = await shop.get("/")
    assert page.status_code == 200
    assert "Only mugs" not in page.text
    assert "Pots" not in page.text


async def test_a_draft_that_a_colleague_changed_is_not_published_unseen(
    staff_browser: StaffBrowser, shop: Browser
) -> None:
    owner = await staff_browser("owner")
    await owner.post(NEW, data=BANNER)
    answer = await owner.post(f"{HOME}/publication", data={"seen": "what-was-there-before"})

    assert "Somebody has changed this meanwhile" in (await owner.get(answer.headers["location"])).text
    assert "Spring sale" not in (await shop.get("/")).text


async def test_the_draft_is_dropped_and_the_usual_page_comes_back(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    owner = await staff_browser("owner")
    await owner.post(NEW, data=BANNER)
    await owner.post(f"{HOME}/draft/removal")
    assert len(await section_ids(live_db)) == 6

    await owner.post(f"{HOME}/sections/story/removal")
    await owner.post(f"{HOME}/publication", data={"seen": ""})
    await owner.post(f"{HOME}/beginning")
    assert "story" in await section_ids(live_db)


async def test_an_empty_shop_has_a_home_page_that_promises_nothing_it_has_not(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(Actor.system("test")) as tx:
        await tx.sql("DELETE FROM search.documents")
        await tx.sql("UPDATE catalog.categories SET is_active = false")

    page = main_of((await shop.get("/")).text)

    assert len(re.findall("<h1", page)) == 1
    assert "#new" not in page
    assert "Just" not in page
    assert "/pages/" not in page
    assert "No account needed" in page
