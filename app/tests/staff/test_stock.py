"""Stock in the back office: set, moved between warehouses, ordered, counted, taken out as a file and in again."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import httpx
import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog, inventory
from domains.inventory.tests.factories import hold
from domains.inventory.tests.test_backorders import bought, owed
from domains.kit import Database
from domains.search.tests.factories import STAFF


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def at(db: Database, variant_id: UUID, warehouse_id: UUID) -> inventory.StockLevel:
    async with db.transaction(STAFF) as tx:
        return next(level for level in await inventory.levels(tx, [variant_id]) if level.warehouse_id == warehouse_id)


async def sku_of(db: Database, variant_id: UUID) -> str:
    async with db.transaction(STAFF) as tx:
        return (await catalog.variants(tx, [variant_id]))[variant_id].sku


async def second_house(db: Database) -> UUID:
    async with db.transaction(STAFF) as tx:
        return await inventory.add_warehouse(tx, code="FAR", name="Far away", country="NL", priority=5)


def place_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, text(answer)
    return answer.headers["location"]


async def test_the_list_finds_what_lies_where(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper, sku = await staff_browser("warehouse"), await sku_of(live_db, mug)

    everything = await keeper.get("/staff/stock")
    found = await keeper.get("/staff/stock", params={"q": sku})
    none = await keeper.get("/staff/stock", params={"q": sku, "state": "out"})

    assert everything.status_code == 200
    assert sku in text(found)
    assert sku not in text(none).split("Nothing")[-1]
    assert f"/staff/stock/{mug}" in found.text


async def test_a_quantity_is_set_with_a_reason_and_stands_in_the_ledger_with_who_did_it(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper = await staff_browser("warehouse")
    before = await at(live_db, mug, shelves.warehouse)
    form = {"warehouse": str(shelves.warehouse), "how": "set", "number": "7", "reason": "damaged", "note": "wet",
            "seen": str(before.quantity_on_hand)}  # fmt: skip

    answer = await keeper.post(f"/staff/stock/{mug}/quantity", data=form)

    assert place_of(answer).endswith(f"/staff/stock/{mug}")
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 7
    page = text(await keeper.get(f"/staff/stock/{mug}"))
    assert "Damaged" in page
    assert "wet" in page
    assert "Warehouse Example" in page
    again = await keeper.post(f"/staff/stock/{mug}/quantity", data={**form, "number": "9"})
    assert again.status_code == 409
    assert "something moved since you looked" in text(again)


async def test_what_shoppers_hold_is_not_taken_away(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper = await staff_browser("warehouse")
    await hold(live_db, {mug: 5})

    answer = await keeper.post(
        f"/staff/stock/{mug}/quantity",
        data={"warehouse": str(shelves.warehouse), "how": "set", "number": "2", "reason": "count", "seen": "20"},
    )

    assert answer.status_code == 409
    assert "5 of the 20 on hand are held" in text(answer)


async def test_many_rows_change_at_once_after_a_question(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper, sku = await staff_browser("warehouse"), await sku_of(live_db, mug)
    form = {"action": "adjust", "all": "on", "query": f"q={sku}"}
    before = (await at(live_db, mug, shelves.warehouse)).quantity_on_hand

    asked = await keeper.post("/staff/stock/bulk", data=form)
    count = re.search(r'name="count" value="(\d+)"', asked.text)
    assert count
    done = await keeper.post(
        "/staff/stock/bulk",
        data={**form, "confirmed": "on", "count": count[1], "how": "by", "number": "-2", "reason": "theft"},
    )

    assert place_of(done).startswith("/staff/stock") or "/staff/stock" in place_of(done)
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == before - 2


async def test_a_transfer_is_counted_while_it_travels_and_received_in_parts(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper, sku, far = await staff_browser("warehouse"), await sku_of(live_db, mug), await second_house(live_db)
    form = {"source": str(shelves.warehouse), "destination": str(far), "add": f"{sku} 6"}

    transfer = place_of(await keeper.post("/staff/stock/transfers/new", data=form))
    await keeper.post(f"{transfer}/sending")

    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 14
    async with live_db.transaction(STAFF) as tx:
        assert (await inventory.incoming(tx, [mug]))[mug, far].travelling == 6

    await keeper.post(f"{transfer}/receipt", data={f"received.{mug}": "4", f"seen.{mug}": "0"})
    late = await keeper.post(f"{transfer}/receipt", data={f"received.{mug}": "4", f"seen.{mug}": "0"})
    assert "since you looked" in text(await keeper.get(place_of(late)))
    await keeper.post(f"{transfer}/receipt", data={f"returned.{mug}": "1", f"lost.{mug}": "1", f"seen.{mug}": "4"})

    assert (await at(live_db, mug, far)).quantity_on_hand == 4
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 15
    page = text(await keeper.get(transfer))
    assert "Received" in page


async def test_a_purchase_order_dates_and_fills_what_is_owed_the_oldest_first(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper, sku = await staff_browser("warehouse"), await sku_of(live_db, mug)
    async with live_db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True)
        day = (await tx.now()).date() + timedelta(days=9)
    first = await bought(live_db, {mug: 21})
    second = await bought(live_db, {mug: 2})

    purchase = place_of(
        await keeper.post(
            "/staff/stock/purchases/new",
            data={"supplier": "Potter & Sons", "warehouse": str(shelves.warehouse), "expected_on": day.isoformat(),
                  "add": f"{sku} 10"},
        )
    )  # fmt: skip
    await keeper.post(f"{purchase}/ordering")

    product = text(await shop.get(f"/products/{await slug_of(live_db, mug)}"))
    assert f"{day:%B}" in product
    assert str(day.day) in product

    await keeper.post(f"{purchase}/receipt", data={f"received.{mug}": "2", f"seen.{mug}": "0"})

    assert (await owed(live_db, first), await owed(live_db, second)) == ({}, {mug: 1})
    too_many = await keeper.post(f"{purchase}/receipt", data={f"received.{mug}": "9", f"seen.{mug}": "2"})
    assert "Only 8 of these are still expected" in text(await keeper.get(place_of(too_many)))
    await keeper.post(f"{purchase}/receipt", data={f"received.{mug}": "8", f"seen.{mug}": "2"})
    assert await owed(live_db, second) == {}
    assert "Closed" in text(await keeper.get(purchase))


async def slug_of(db: Database, variant_id: UUID) -> str:
    async with db.transaction(STAFF) as tx:
        return (await catalog.variants(tx, [variant_id]))[variant_id].slug


async def test_a_blind_count_is_entered_looked_at_and_approved(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper = await staff_browser("warehouse")
    count = place_of(
        await keeper.post("/staff/stock/counts/new", data={"warehouse": str(shelves.warehouse), "place": ""})
    )

    counting = await keeper.get(count)
    assert "In the books" not in text(counting)
    await keeper.post(count, data={f"counted.{mug}": "17"})
    unfinished = await keeper.post(f"{count}/end")
    assert unfinished.status_code == 409
    await keeper.post(f"{count}/end", data={"rest": "leave_out"})

    looked = text(await keeper.get(count))
    assert "In the books" in looked
    assert "-3" in looked
    await keeper.post(f"{count}/approval")

    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 17
    overview = text(await keeper.get("/staff"))
    assert "Stock found as in the books 85.0 % Counts of 90 days: 1. The aim is 99.5 %" in overview
    late = await keeper.post(f"{count}/approval")
    assert "gone further since you looked" in text(await keeper.get(place_of(late)))
    async with live_db.transaction(STAFF) as tx:
        assert (await inventory.accuracy(tx)).share == pytest.approx(17 / 20)
    assert (await keeper.get(f"{count}/sheet")).status_code == 200
    rows = list(csv.reader(io.StringIO((await keeper.get(f"{count}/sheet.csv")).text.lstrip("\ufeff"))))
    assert rows[0] == ["SKU", "Name", "Place", "Expected", "Counted"]


async def test_a_file_goes_out_and_in_again_and_what_moved_meanwhile_is_a_conflict(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    keeper, sku = await staff_browser("warehouse"), await sku_of(live_db, mug)
    rows = list(csv.DictReader(io.StringIO((await keeper.get("/staff/stock/files/levels.csv")).text)))
    mine = next(row for row in rows if row["SKU"] == sku)
    assert (mine["On hand (current)"], mine["Available (not editable)"]) == ("20", "20")

    async def hand_in(new: str, current: str = "20", **form: str) -> httpx.Response:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(mine))
        writer.writeheader()
        writer.writerow({**mine, "On hand (current)": current, "On hand (new)": new})
        return await keeper.post(
            "/staff/stock/files", data=form, files={"file": ("inventory.csv", out.getvalue().encode(), "text/csv")}
        )

    looked = await hand_in("12", do="look")
    assert looked.status_code == 200
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 20
    assert (await hand_in("12", do="set")).status_code == 200
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 12
    stale = await hand_in("30", do="set")
    assert stale.status_code == 409
    assert "something moved since the file was made" in text(stale)
    wrong = await hand_in("many", current="12", do="set")
    assert wrong.status_code == 409
    assert "no whole number" in text(wrong)
    whole = await hand_in("12", current="12", do="look", report="on")
    assert "unchanged" in whole.text
    assert (await keeper.post("/staff/stock/files", data={"do": "look"})).status_code == 422
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 12


async def test_warehouses_are_added_renamed_and_closed(staff_browser: StaffBrowser, live_db: Database) -> None:
    manager = await staff_browser("manager")
    wrong = await manager.post("/staff/stock/warehouses/new", data={"code": "no good", "name": "", "country": "US"})
    assert wrong.status_code == 422

    await manager.post("/staff/stock/warehouses/new", data={"code": "attic", "name": "Attic", "country": "US",
                                                            "priority": "3"})  # fmt: skip
    async with live_db.transaction(STAFF) as tx:
        house = next(one for one in await inventory.warehouses(tx) if one.code == "ATTIC")
    page = f"/staff/stock/warehouses/{house.id}"
    await manager.post(page, data={"name": "Loft", "country": "US", "priority": "4"})
    await manager.post(f"{page}/opening", data={"open": ""})

    assert "Loft" in text(await manager.get("/staff/stock/warehouses"))
    async with live_db.transaction(STAFF) as tx:
        changed = await inventory.warehouse(tx, house.id)
    assert changed is not None
    assert (changed.name, changed.priority, changed.is_active) == ("Loft", 4, False)


@pytest.mark.parametrize("role", ["support", "finance", "marketing"])
async def test_who_may_only_look_looks(
    role: str, staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, mug: UUID
) -> None:
    looker = await staff_browser(role)

    for page in ("", "/ledger", "/transfers", "/purchases", "/counts", "/warehouses", "/files", f"/{mug}"):
        assert (await looker.get(f"/staff/stock{page}")).status_code == 200, page
    refused = await looker.post(
        f"/staff/stock/{mug}/quantity",
        data={"warehouse": str(shelves.warehouse), "how": "set", "number": "1", "reason": "count"},
    )

    assert refused.status_code == 403
    assert "Change a quantity" not in text(await looker.get(f"/staff/stock/{mug}"))
    assert (await at(live_db, mug, shelves.warehouse)).quantity_on_hand == 20
