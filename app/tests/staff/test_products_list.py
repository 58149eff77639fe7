"""The list of products: found, filtered, changed many at once, edited as a table."""

import re
from html import unescape
from typing import Any

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.products import record_of, text
from app.tests.storefront.conftest import Shelves
from domains import pricing
from domains.kit import Database
from domains.search.tests.factories import STAFF


async def test_many_are_changed_at_once_after_a_question(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    view = {"query": "q=mug", "all": "on"}

    asked = await owner.post("/staff/products/bulk", data={**view, "action": "price"})
    count = re.search(r'name="count" value="(\d+)"', asked.text)
    assert count, text(asked)
    confirmed = {**view, "confirmed": "on", "count": count[1]}
    cut = await owner.post(
        "/staff/products/bulk", data={**confirmed, "action": "price", "percent": "-50", "show_cut": "on"}
    )
    tagged = await owner.post("/staff/products/bulk", data={**confirmed, "action": "tags", "add": "winter, clay"})
    hidden = await owner.post("/staff/products/bulk", data={**confirmed, "action": "unpublish"})

    assert asked.status_code == 200
    assert (cut.status_code, tagged.status_code, hidden.status_code) == (303, 303, 303), text(cut)
    record = await record_of(live_db, shelves.mug)
    async with live_db.transaction(STAFF) as tx:
        price = (await pricing.prices(tx, [record.variants[0].id], "USD"))[record.variants[0].id]
    assert (price.amount.amount, price.compare_at and price.compare_at.amount) == (1200, 3000)
    assert (record.tags, record.is_active) == (("winter", "clay"), False)


async def test_a_view_is_edited_as_a_table_all_or_nothing(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    page = await owner.get("/staff/products/bulk?q=mug&column=name&column=price&column=is_published")
    sent: dict[str, Any] = {"column": ["name", "price", "is_published"], "view": "q=mug"}
    sent["product"] = re.findall(r'name="product" value="([0-9a-f-]+)"', page.text)
    for name, value in re.findall(r'name="([0-9a-f-]{36}\.\w+)" value="([^"]*)"', page.text):
        sent[name] = unescape(value)
    mug = (await record_of(live_db, shelves.mug)).variants[0].id

    wrong = await owner.post(
        "/staff/products/bulk/cells", data={**sent, f"{mug}.name": "New mug", f"{mug}.price": "cheap"}
    )
    between = (await record_of(live_db, shelves.mug)).name
    right = await owner.post(
        "/staff/products/bulk/cells", data={**sent, f"{mug}.name": "New mug", f"{mug}.price": "25"}
    )

    assert page.status_code == 200
    assert wrong.status_code == 422
    assert f'id="{mug}.price-error"' in wrong.text
    assert between == "Stoneware mug"
    assert right.status_code == 303, text(right)
    assert "1 products were changed" in text(await owner.get(right.headers["location"]))
    assert (await record_of(live_db, shelves.mug)).name == "New mug"


async def test_the_list_finds_and_filters(staff_browser: StaffBrowser, shelves: Shelves) -> None:
    warehouse = await staff_browser("warehouse")

    found = [
        text(await warehouse.get(f"/staff/products?{query}"))
        for query in ("q=LAST-MUG", "stock=out", "price_min=50", f"category={shelves.kitchen}", "state=hidden")
    ]

    assert "Last mug" in found[0]
    assert "Stoneware" not in found[0]
    assert "Gone mug" in found[1]
    assert "Stoneware" not in found[1]
    assert "Linen shirt" in found[2]
    assert "Stoneware" not in found[2]
    assert "Stoneware mug" in found[3]
    assert "Linen shirt" not in found[3]
    assert "Nothing fits" in found[4]
