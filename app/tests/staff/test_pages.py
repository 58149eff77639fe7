"""The shop's pages are written as drafts, looked at, published, hidden; and what was published is taken back."""

from app.tests.staff.conftest import StaffBrowser
from app.web.testing import Browser
from domains import audit, content
from domains.audit import Filter
from domains.kit import Actor, Database, new_id

FORM = {
    "title": "Care", "slug": "care", "description": "", "body": "Wash **cold**.", "kind": "text", "menu": "service",
    "position": "9",
}  # fmt: skip


async def test_a_page_is_seen_by_shoppers_once_it_is_published(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
):
    marketing = await staff_browser("marketing")

    made = await marketing.post("/staff/pages/new", data={**FORM, "then": "draft"})
    where = made.headers["location"]
    assert (await shop.get("/pages/care")).status_code == 404
    assert "<strong>cold</strong>" in (await marketing.get(f"{where}/preview")).text
    assert (await marketing.post("/staff/pages/new", data=FORM)).status_code == 422

    await marketing.post(where, data={**FORM, "then": "publish"})
    seen = await shop.get("/pages/care")
    assert "<strong>cold</strong>" in seen.text
    assert "Care" in (await shop.get("/")).text

    await marketing.post(where, data={**FORM, "body": "Wash **hot**.", "then": "draft"})
    assert "cold" in (await shop.get("/pages/care")).text
    assert "hot" in (await marketing.get(where)).text
    await marketing.post(where, data={**FORM, "body": "Wash **hot**.", "then": "publish"})
    assert "hot" in (await shop.get("/pages/care")).text

    async with live_db.transaction(Actor.staff(new_id(), "owner")) as tx:
        await audit.undo(tx, (await audit.entries(tx, Filter(action="page.changed")))[0].id)
    assert "cold" in (await shop.get("/pages/care")).text
    await marketing.post(f"{where}/hiding")
    assert (await shop.get("/pages/care")).status_code == 404
    assert "Care" in (await marketing.get("/staff/pages")).text
    async with live_db.transaction(Actor.system("test")) as tx:
        assert all(page.draft is None for page in await content.every_page(tx))
