"""The overview: its figures are those of the database, and each role sees its own."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from app.tests.staff.conftest import StaffBrowser
from domains.kit import Actor, Database
from domains.orders import OrderStatus
from domains.orders.tests.factories import brought_to, placed

TESTER = Actor.system("tests")
SHOPS_ZONE = ZoneInfo("America/Los_Angeles")


def _tiles(page: str) -> dict[str, str]:
    """What each tile shows, by its label."""
    found = re.findall(r'figure__label">(.*?)</p>\s*<p class="figure__value">(.*?)</p>', page, re.S)
    return {_bare(label): _bare(value) for label, value in found}


def _bare(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup).strip()


def _before(page: str) -> list[str]:
    return [_bare(words) for words in re.findall(r'figure__before">(.*?)</p>', page)]


async def _sold(db: Database, *moments: datetime) -> None:
    """An order of 48.60 paid at each of the moments."""
    async with db.transaction(TESTER) as tx:
        for moment in moments:
            order = await brought_to(tx, OrderStatus.CONFIRMED)
            await tx.sql("UPDATE orders.orders SET confirmed_at = :at WHERE id = :id", {"at": moment, "id": order.id})


async def test_today_stands_beside_the_same_day_last_week_until_the_same_time(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    async with live_db.transaction(TESTER) as tx:
        now = (await tx.now()).astimezone(SHOPS_ZONE)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    a_week = timedelta(days=7)
    await _sold(
        live_db,
        *(midnight, now),  # today
        midnight - timedelta(seconds=1),  # yesterday by the shop's clock, though not in Greenwich
        *(midnight - a_week, now - a_week - timedelta(seconds=1)),  # last week by now
        midnight - a_week + timedelta(hours=23, minutes=59, seconds=59),  # last week, but later (or just now)
    )
    owner = await staff_browser("owner")

    page = (await owner.get("/staff")).text

    async with live_db.transaction(TESTER) as tx:
        row = (
            await tx.sql(
                "SELECT count(*) AS orders, sum(total_cents) AS sales FROM orders.orders WHERE status <> 'cancelled'"
                " AND CAST(confirmed_at AT TIME ZONE 'America/Los_Angeles' AS date)"
                " = CAST(kit.now() AT TIME ZONE 'America/Los_Angeles' AS date)"
            )
        ).one()
    tiles = _tiles(page)
    assert tiles["Orders paid today"] == str(row.orders) == "2"
    assert tiles["Sales today"] == f"${row.sales / 100:,.2f}" == "$97.20"
    assert tiles["Average order"] == "$48.60"
    assert "Last week by now: $97.20" in _before(page)
    assert "Last week by now: 2" in _before(page)


async def test_the_chart_has_a_table_that_adds_up(staff_browser: StaffBrowser, live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        now = await tx.now()
    await _sold(live_db, *(now - timedelta(days=days) for days in (0, 3, 3, 29, 31, 100)))
    owner = await staff_browser("owner")

    page = (await owner.get("/staff")).text

    table = page.partition('class="chart__table"')[2].partition("</table>")[0]
    cells = re.findall(r'<td class="number">\$([0-9.,]+)</td><td class="number">\$([0-9.,]+)</td>', table)
    assert len(cells) == 30
    assert sum(float(now) for now, _then in cells) == pytest.approx(4 * 48.60)
    assert sum(float(then) for _now, then in cells) == pytest.approx(48.60)


async def test_what_waits_is_counted_as_its_list_shows_it(staff_browser: StaffBrowser, live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        for _order in range(3):
            await placed(tx)
        await tx.sql("UPDATE inventory.stock_items SET reorder_threshold = quantity_on_hand + 1")
        low: int = (await tx.sql("SELECT count(*) FROM inventory.stock_items")).scalar_one()
    owner = await staff_browser("owner")

    page = (await owner.get("/staff")).text

    tiles = _tiles(page)
    assert tiles["Waiting for payment"] == "3"
    assert tiles["Low stock"] == str(low)
    waits = page.partition('id="waiting"')[2].partition("</section>")[0]
    links = re.findall(r'<a href="([^"]+)">(.*?)</a>.*?figure__value">(.*?)</p>', waits, re.S)
    assert len(links) >= 8
    for href, label, value in links:
        answer = await owner.get(unescape(href))
        assert answer.status_code == 200, href
        shown = re.search(r'list__count">([0-9,]+) row', answer.text)
        if shown is not None:
            assert shown[1] == _bare(value), label


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [
        ("support", {"Waiting for payment", "To pick", "Reviews to read"}, {"Sales today", "Refunds to approve"}),
        ("warehouse", {"To pick", "Low stock"}, {"Sales today", "Reviews to read", "Refunds to approve"}),
        ("finance", {"Sales today", "Refunds to approve"}, {"Reviews to read", "Mails that failed"}),
        ("marketing", {"Sales today", "Reviews to read", "Low stock"}, {"Waiting for payment", "To pick", "Returns"}),
    ],
)
async def test_each_role_sees_its_own(staff_browser: StaffBrowser, role: str, sees: set[str], misses: set[str]) -> None:
    http = await staff_browser(role)

    page = (await http.get("/staff")).text

    shown = set(_tiles(page))
    assert sees <= shown
    assert not misses & shown
    assert "Until the shop can open" not in page


async def test_the_owner_sees_what_the_shop_still_needs(staff_browser: StaffBrowser) -> None:
    owner = await staff_browser("owner")

    page = (await owner.get("/staff")).text

    done = re.findall(r'checklist__item--done">.*?checklist__label">(.*?)<', page, re.S)
    assert "Until the shop can open" in page
    assert "Every owner has a second factor" in done
    assert "A product is published" in done
    assert "The shop&#39;s address is safe" not in done
    assert "A worker is alive" not in done


async def test_figures_ask_again_and_are_told_when_nothing_is_new(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    owner = await staff_browser("owner")
    first = await owner.htmx("GET", "/staff")

    again = await owner.htmx("GET", "/staff", headers={"HX-Seen": first.headers["HX-Seen"]})
    async with live_db.transaction(TESTER) as tx:
        await placed(tx)
    then = await owner.htmx("GET", "/staff", headers={"HX-Seen": first.headers["HX-Seen"]})

    assert again.status_code == 204
    assert _tiles(then.text)["Waiting for payment"] == "1"
