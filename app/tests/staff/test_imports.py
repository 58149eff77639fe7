"""Files handed in by the browser: looked through, refused with a report, imported, taken back."""

import re
from html import unescape

import httpx

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import db_of
from app.web.testing import Browser
from domains import transfer

GOOD = (
    "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n"
    "bowl,Bowl,BOWL,20.00,shopify,3\n"
)
BAD = "Handle,Title,Variant SKU,Variant Price\nbowl,Bowl,BOWL,a lot\n=cmd,Plate,PLATE,5.00\n"


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def handed_in(http: Browser, content: str) -> str:
    answer = await http.post("/staff/imports", files={"file": ("autumn.csv", content.encode(), "text/csv")})
    assert answer.status_code == 303, text(answer)
    return answer.headers["location"]


async def work(http: Browser) -> None:
    """What the worker does."""
    await transfer.flows.work_on_imports(db_of(http.shop), http.shop.litestar.state.files)


async def test_a_bad_file_is_refused_with_the_row_and_a_report(staff_browser: StaffBrowser, shop: Browser) -> None:
    owner = await staff_browser("owner")

    at = await handed_in(owner, BAD)
    waiting = await owner.get(at)
    await work(owner)
    refused = await owner.get(at)
    report = await owner.get(f"{at}/report.csv")
    started = await owner.post(f"{at}/start")

    assert "Waits to be looked through" in text(waiting)
    assert "Variant Price" in text(refused)
    assert "Nothing was imported." in text(refused)
    assert "bowl,refused,Variant Price" in report.text
    assert "\n=" not in report.text
    assert started.status_code == 409
    assert (await shop.get("/products/bowl")).status_code == 404


async def test_a_good_file_is_imported_when_somebody_says_so_and_taken_back(
    staff_browser: StaffBrowser, shop: Browser
) -> None:
    marketing = await staff_browser("marketing")

    at = await handed_in(marketing, GOOD)
    await work(marketing)
    checked = await marketing.get(at)
    before = await shop.get("/products/bowl")
    await marketing.post(f"{at}/start")
    await work(marketing)
    done = await marketing.get(at)
    there = await shop.get("/products/bowl")
    await marketing.post(f"{at}/undoing")
    await work(marketing)
    undone = await marketing.get(at)
    gone = await shop.get("/products/bowl")
    listed = await marketing.get("/staff/imports")

    assert "Ready to import" in text(checked)
    assert "Import it" in text(checked)
    assert (before.status_code, there.status_code, gone.status_code) == (404, 200, 410)
    assert "Take the import back" in text(done)
    assert "Taken back" in text(undone)
    assert "autumn.csv" in text(listed)


async def test_an_empty_file_and_none_at_all_are_refused_and_warehouse_hands_are_turned_away(
    staff_browser: StaffBrowser,
) -> None:
    owner, warehouse = await staff_browser("owner"), await staff_browser("warehouse")

    none = await owner.post("/staff/imports", files={"set_stock": (None, "on")})
    empty = await owner.post("/staff/imports", files={"file": ("x.csv", b"", "text/csv")})
    page = await warehouse.get("/staff/imports")
    sent = await warehouse.post("/staff/imports", files={"file": ("x.csv", b"a", "text/csv")})

    assert "Choose a file." in text(none)
    assert "The file is empty." in text(empty)
    assert (page.status_code, sent.status_code) == (403, 403)
