"""Reports in the browser: figures as the database has them, as page and as file, by role."""

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.storefront.conftest import Shelves
from domains import catalog, desk, inventory, payments, pricing
from domains.kit import Actor, Database
from domains.orders import OrderStatus
from domains.orders.tests.factories import a_line, brought_to
from domains.payments.gateway import Intent

TESTER = Actor.system("tests")
ZONE = ZoneInfo("America/Los_Angeles")
SALES = ("", "/products", "/categories", "/countries")


def _bare(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup)).strip()


def _tiles(page: str) -> dict[str, str]:
    found = re.findall(r'figure__label">(.*?)</p>\s*<p class="figure__value">(.*?)</p>', page, re.S)
    return {_bare(label): _bare(value) for label, value in found}


def _tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of each table of figures under its title, the sum last."""
    return {
        _bare(title): [
            [_bare(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
            for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
        ]
        for title, body in re.findall(
            r'rows--report">\s*<caption[^>]*>(.*?)</caption>.*?<tbody>(.*?)</table>', page, re.S
        )
    }


def _file(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def _sold(db: Database, *moments: datetime, **changes: Any) -> None:
    """An order of 48.60 paid at each of the moments."""
    async with db.transaction(TESTER) as tx:
        for moment in moments:
            order = await brought_to(tx, OrderStatus.CONFIRMED, **changes)
            await tx.sql("UPDATE orders.orders SET confirmed_at = :at WHERE id = :id", {"at": moment, "id": order.id})


async def _now(db: Database) -> datetime:
    async with db.transaction(TESTER) as tx:
        return (await tx.now()).astimezone(ZONE)


async def test_sales_of_the_last_thirty_days_by_the_shops_clock(staff_browser: StaffBrowser, live_db: Database) -> None:
    now = await _now(live_db)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    await _sold(live_db, midnight, midnight - timedelta(seconds=1), midnight - timedelta(days=29, seconds=1))
    owner = await staff_browser("owner")

    page = (await owner.get("/staff/reports")).text

    tiles, rows = _tiles(page), _tables(page)["Sales by day"]
    assert (tiles["Orders"], tiles["Paid"], tiles["Left"]) == ("2", "$97.20", "$97.20")
    assert len(rows) == 31
    assert [row[1] for row in rows[:3]] == ["1", "1", "0"]
    assert rows[-1] == ["All together", "2", "$80.00", "$0.00", "$10.00", "$7.20", "$97.20", "$0.00", "$97.20"]
    assert "Days are those of America/Los Angeles." in page
    assert "Tax comes on top" in page


async def test_a_span_is_told_by_day_week_and_month_with_the_same_sum(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    at = datetime(2026, 3, 8, 12, tzinfo=ZONE)
    await _sold(live_db, *(at + timedelta(days=days) for days in (0, 0, 1, 30)))
    owner = await staff_browser("owner")

    sums = {}
    for step, rows in (("day", 61), ("week", 10), ("month", 2)):
        page = (await owner.get(f"/staff/reports?from=2026-03-01&to=2026-04-30&by={step}")).text
        table = _tables(page)[f"Sales by {step}"]
        assert len(table) == rows + 1
        sums[step] = table[-1][1:]

    assert sums["day"] == sums["week"] == sums["month"]
    assert sums["day"][0] == "4"


async def test_what_is_no_date_is_the_last_thirty_days_and_ends_that_are_crossed_are_turned(
    staff_browser: StaffBrowser,
) -> None:
    owner = await staff_browser("owner")

    crossed = (await owner.get("/staff/reports?from=2026-04-30&to=2026-04-01")).text
    broken = await owner.get("/staff/reports?from=yesterday&to=%00&by=hour&currency=dollars&page=-3&sort=';")
    long = (await owner.get("/staff/reports?from=2016-11-21&to=2026-11-20&by=day")).text

    assert 'name="from" value="2026-04-01"' in crossed
    assert 'name="to" value="2026-04-30"' in crossed
    assert broken.status_code == 200
    assert "told in longer steps" in long
    assert '<option value="month" selected>' in long


async def test_by_product_category_and_country(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(TESTER) as tx:
        mug = await catalog.product(tx, shelves.mug)
    line = a_line(product_id=mug.id, variant_id=mug.variants[0].id, sku=mug.variants[0].sku, tax=320)
    await _sold(live_db, await _now(live_db), lines=(line,))
    await _sold(live_db, await _now(live_db), lines=(a_line(product_name="=cmd()", sku="GONE", tax=320),))
    owner = await staff_browser("owner")

    products = _tables((await owner.get("/staff/reports/products")).text)["Sales by product"]
    categories = _tables((await owner.get("/staff/reports/categories")).text)["Sales by category"]
    countries = _tables((await owner.get("/staff/reports/countries")).text)["Sales by country"]
    file = _file(await owner.get("/staff/reports/products.csv"))

    assert {row[0]: (row[1], row[6]) for row in products[:-1]} == {
        f"Stoneware mug {mug.sku}": ("2", "$43.20"),
        "=cmd() GONE": ("2", "$43.20"),
        "Delivery, and refunds of no product": ("0", "$10.80"),
    }
    assert products[-1][0] == "All together"
    assert products[-1][-1] == categories[-1][-1] == countries[-1][-1] == "$97.20"
    assert {row[0] for row in categories[:-1]} == {
        "Kitchen › Mugs &amp; cups",
        "No longer in the catalogue",
        "Delivery, and refunds of no product",
    }
    assert countries[0][:2] == ["United States", "2"]
    assert {row["Product"] for row in file} >= {"'=cmd()"}
    assert sum(float(row["Paid"]) for row in file) == pytest.approx(97.20)


async def test_payments_and_tax_have_their_pages_and_files(staff_browser: StaffBrowser, live_db: Database) -> None:
    await _sold(live_db, await _now(live_db))
    finance = await staff_browser("finance")

    payments = (await finance.get("/staff/reports/payments")).text
    tax = await finance.get("/staff/reports/tax")
    file = _file(await finance.get("/staff/reports/payments.csv"))

    assert _tiles(payments)["Taken"] == "$48.60"
    assert _tables(payments)["By method"][0][:3] == ["Credit card", "1", "$48.60"]
    assert tax.status_code == 200
    assert "Nothing in these days" in tax.text  # the paper comes with its event, which no worker has brought here
    assert sum(float(row["Taken"]) for row in file) == pytest.approx(48.60)
    assert len(file) == 30


async def test_the_stock_is_worth_what_it_cost(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(TESTER) as tx:
        mug = (await catalog.product(tx, shelves.mug)).variants[0].id
        await pricing.set_costs(tx, {mug: 350})
        worth = (
            await tx.sql("SELECT sum(quantity_on_hand + quantity_allocated) * 350 FROM inventory.stock_items"
                         " WHERE variant_id = :id", {"id": mug})
        ).scalar_one()  # fmt: skip
        units = (await tx.sql("SELECT sum(quantity_on_hand) FROM inventory.stock_items")).scalar_one()
    clerk = await staff_browser("warehouse")

    at_once = (await clerk.get("/staff/reports/stock")).text
    async with live_db.transaction(TESTER) as tx:
        await desk.keep_stock(tx)
        await inventory.adjust(tx, variant_id=mug, warehouse_id=shelves.warehouse, change=5,
                               reason=inventory.Reason.CORRECTION)  # fmt: skip
        await desk.keep_stock(tx)
    later = (await clerk.get("/staff/reports/stock")).text
    before = (await clerk.get("/staff/reports/stock?from=2020-01-01&to=2020-01-31")).text
    products = (await clerk.get("/staff/reports/stock/products")).text

    assert _tiles(at_once)["Worth"] == f"${worth / 100:,.2f}"
    assert _tiles(at_once)["On hand"] == f"{units:,}"
    assert _tiles(later)["Worth"] == f"${(worth + 5 * 350) / 100:,.2f}"
    assert [row[-1] for row in _tables(later)["By category"]].count(_tiles(later)["Worth"]) == 2  # its row and the sum
    assert "Nothing in these days" in before
    assert "$3.50" in products


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("finance", {"Sales", "Products", "Categories", "Countries", "Tax", "Payments", "Stock", "Reconciliation"}),
        ("marketing", {"Sales", "Products", "Categories", "Countries"}),
    ],
)
async def test_each_role_sees_its_reports(staff_browser: StaffBrowser, role: str, sees: set[str]) -> None:
    http = await staff_browser(role)

    page = (await http.get("/staff/reports")).text

    tabs = page.partition('class="report__tabs"')[2].partition("</nav>")[0]
    assert {_bare(tab) for tab in re.findall(r"<a[^>]*>(.*?)</a>", tabs)} == sees


async def test_a_file_is_on_record(staff_browser: StaffBrowser, live_db: Database) -> None:
    marketing = await staff_browser("marketing")

    for tail in ("", *SALES[1:]):
        answer = await marketing.get(f"/staff/reports{tail}.csv")
        assert answer.headers["content-type"].startswith("text/csv")

    async with live_db.transaction(TESTER) as tx:
        taken = await tx.sql("SELECT count(*) FROM audit.entries WHERE action = 'exported'")
    assert taken.scalar_one() == 4


async def test_what_differs_from_the_payment_service_is_shown_looked_at_and_gone(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    now = await _now(live_db)
    stranger = Intent(
        id="pi_stranger", status="succeeded", amount=1999, amount_capturable=0, amount_received=1999,
        amount_refunded=0, currency="USD", metadata={}, customer=None, livemode=False, created=now, charge=None,
        method=None, authorization_code=None, method_type=None, card_brand=None, card_last4=None, card_funding=None,
        wallet=None, redirect_url=None, error=None, response={},
    )  # fmt: skip
    since = now.replace(hour=0, minute=0, second=0, microsecond=0)
    finance = await staff_browser("finance")
    nothing = (await finance.get("/staff/reports/reconciliation")).text
    async with live_db.transaction(TESTER) as tx:
        await payments.keep_comparison(
            tx, payments.Listed(since, now, (stranger,)), zone="America/Los_Angeles", currency="USD"
        )

    page = (await finance.get("/staff/reports/reconciliation")).text
    action = re.findall(r'action="(/staff/reports/reconciliation/findings/[^"]+)"', page)
    sent = await finance.post(action[0], data={"note": "the till in the shop"})
    after = (await finance.get("/staff/reports/reconciliation")).text
    day = (await finance.get(f"/staff/reports/reconciliation/{now.date()}")).text

    assert "Nothing was compared yet" in nothing
    assert "A payment that belongs to no order here" in page
    assert "pi_stranger" in page
    assert "1 to look at" in page
    assert "What to do:" in page
    assert sent.status_code == 303
    assert "Nothing differs that was not looked at." in after
    assert "Differs, looked at" in after
    assert "the till in the shop" in day
    for gone in ("2019-01-01", "yesterday"):
        assert (await finance.get(f"/staff/reports/reconciliation/{gone}")).status_code == 404
