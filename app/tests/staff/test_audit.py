"""Staff read who did what and take a mistake back; finance sees what moved money and no more."""

import re
from uuid import UUID

import pytest

from app.tests.staff.conftest import StaffBrowser
from domains import audit, content, store
from domains.audit import EntryRow, Filter
from domains.content import PageDraft
from domains.kit import Actor, Database, new_id

COLLEAGUE = Actor.staff(new_id(), "manager")


@pytest.fixture
async def entries(live_db: Database) -> dict[str, UUID]:
    """A setting changed, a page written and rewritten, and a refund; the newest entry of each."""
    made = {}
    async with live_db.transaction(COLLEAGUE) as tx:
        await store.change(tx, tagline="Tea & more")
        made["shop"] = (await newest(tx)).id
        await content.save_page(tx, PageDraft("wash", "Washing", "Cold.\n\nDry flat."))
        await content.change_page(tx, "wash", body="Hot.")
        made["page"] = (await newest(tx)).id
        refund = await audit.record(
            tx,
            action="refund.requested",
            subject=("refund", new_id()),
            label="ORD-1",
            changes={"amount": (None, {"amount": 1250, "currency": "USD"})},
            money=True,
        )
        assert refund is not None
        made["refund"] = refund
    return made


async def newest(tx) -> EntryRow:
    return (await audit.entries(tx, Filter(), limit=1))[0]


async def test_the_log_is_found_by_who_what_and_words(staff_browser: StaffBrowser, entries):
    owner = await staff_browser("owner")

    page = await owner.get("/staff/audit")
    assert page.status_code == 200
    for words in ("Settings changed", "Page changed", "Refund requested", "Washing"):
        assert words in page.text
    found = await owner.get("/staff/audit?q=washing")
    assert "Page changed" in found.text
    assert "Refund requested" not in rows(found.text)
    money = await owner.get("/staff/audit?money=yes")
    assert "Refund requested" in rows(money.text)
    assert "Page changed" not in rows(money.text)
    assert "Page changed" not in rows((await owner.get(f"/staff/audit?who={new_id()}&action=shop.changed")).text)


async def test_an_entry_shows_before_and_after_side_by_side(staff_browser: StaffBrowser, entries):
    owner = await staff_browser("owner")

    page = await owner.get(f"/staff/audit/{entries['page']}")

    assert re.search(r"Cold\.\n\nDry flat\.</td>\s*<td[^>]*>Hot\.", page.text)
    refund = await owner.get(f"/staff/audit/{entries['refund']}")
    assert "12.50 USD" in refund.text
    assert "cannot be undone" in refund.text


async def test_a_mistake_is_taken_back_after_a_question(staff_browser: StaffBrowser, entries, live_db: Database):
    manager = await staff_browser("manager")
    entry = f"/staff/audit/{entries['page']}"

    assert "Undo…" in (await manager.get(entry)).text
    assert "Undo it" in (await manager.get(f"{entry}/undo")).text
    done = await manager.post(f"{entry}/undo", follow_redirects=True)

    assert "Undone: everything is as it was before." in done.text
    assert "Page changed undone" in done.text
    async with live_db.transaction(COLLEAGUE) as tx:
        assert "Dry flat" in (await content.page(tx, "wash")).html
    assert "Undone by" in (await manager.get(entry)).text
    again = await manager.post(f"{entry}/undo")
    assert again.status_code == 409
    assert "This has been undone already." in again.text


async def test_what_was_changed_since_is_not_undone_and_says_by_whom(
    staff_browser: StaffBrowser, entries, live_db: Database
):
    owner = await staff_browser("owner")
    async with live_db.transaction(Actor.staff(new_id(), "marketing")) as tx:
        await content.change_page(tx, "wash", body="Never.")
        later = (await newest(tx)).id

    refused = await owner.post(f"/staff/audit/{entries['page']}/undo")

    assert refused.status_code == 409
    assert "“body” of Washing was changed again by marketing on" in refused.text
    assert f"/staff/audit/{later}" in refused.text
    async with live_db.transaction(COLLEAGUE) as tx:
        assert "Never" in (await content.page(tx, "wash")).html


async def test_finance_sees_what_moved_money_and_nothing_else(staff_browser: StaffBrowser, entries):
    finance = await staff_browser("finance")

    page = await finance.get("/staff/audit")
    assert "Refund requested" in rows(page.text)
    assert "Settings changed" not in rows(page.text)
    assert (await finance.get(f"/staff/audit/{entries['refund']}")).status_code == 200
    assert (await finance.get(f"/staff/audit/{entries['page']}")).status_code == 404
    assert (await finance.post(f"/staff/audit/{entries['page']}/undo")).status_code == 403
    csv = await finance.get("/staff/audit.csv")
    assert "Refund requested" in csv.text
    assert "Page changed" not in csv.text


async def test_taking_the_log_away_as_a_file_is_itself_on_record(staff_browser: StaffBrowser, entries):
    owner = await staff_browser("owner")

    csv = await owner.get("/staff/audit.csv?action=page.changed")

    assert csv.status_code == 200
    assert csv.text.count("Page changed") == 1
    assert (
        "List exported" in (await owner.get("/staff/audit")).text
        or "Exported" in (await owner.get("/staff/audit")).text
    )


def rows(html: str) -> str:
    """The rows of the list, without the filters beside it."""
    return html[html.index("<tbody") : html.index("</tbody>")] if "<tbody" in html else ""
