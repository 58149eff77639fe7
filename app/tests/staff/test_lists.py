"""Lists of the back office over HTTP: found by one box, filtered by address, paged, kept as views, taken as files."""

import csv
import io
import re
from html import unescape
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from app import factory
from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import staff_in
from app.web.staff.lists import Bulk, Chosen, Column, StaffList
from app.web.staff.showing import list_routes
from app.web.testing import Browser, browser
from domains import orders
from domains.kit import Actor, Database, Invalid, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.orders import OrderStatus
from domains.orders.tests.factories import HOME, a_line, brought_to, placed

TESTER = Actor.system("tests")


def _numbers(page: str) -> list[str]:
    return re.findall(r'<th scope="row" role="rowheader">(?:<a [^>]*>)?(ORD-[0-9A-Z-]+)', page)


def _link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return unescape(found[1]) if found else None


async def _place(db: Database, name: str = "Ada Lovelace", **changes: Any) -> orders.OrderHead:
    address = msgspec.structs.replace(HOME, name=name, country=changes.pop("country", "US"))
    async with db.transaction(TESTER) as tx:
        return await placed(tx, shipping_address=address, billing_address=address, **changes)


async def test_one_box_finds_an_order_by_whatever_is_at_hand(staff_browser: StaffBrowser, live_db: Database) -> None:
    wanted = await _place(live_db, "Grace Brewster Hopper", email="Grace@example.com", lines=(a_line(sku="NAVY-1"),))
    other = await _place(live_db, "Ada Lovelace", email="ada@example.com")
    async with live_db.transaction(TESTER) as tx:
        shipped = await brought_to(tx, OrderStatus.SHIPPED, email="sent@example.com")
    support = await staff_browser("support")

    async def found(words: str) -> list[str]:
        return _numbers((await support.get("/staff/orders", params={"q": words})).text)

    for words in (wanted.number, wanted.number.lower(), wanted.number[-4:], "grace@example.com", "GRACE@example.com ",
                  "hopper", "Hop", "brewster grace", "navy-1"):  # fmt: skip
        assert wanted.number in await found(words), words
        assert other.number not in await found(words), words
    assert await found("1z 999") == [shipped.number]
    assert await found("grace lovelace") == []


async def test_filters_stand_in_the_address_and_as_chips_that_take_them_away(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    german = await _place(live_db, country="DE")
    american = await _place(live_db)
    support = await staff_browser("support")

    page = (await support.get("/staff/orders?country=DE&total_min=40&status=pending&status=nonsense&total_max=x")).text

    assert _numbers(page) == [german.number]
    assert "Country: Germany" in page
    assert "nonsense" not in page
    without = unescape(re.findall(r'class="chip" href="([^"]+)">Country: Germany', page)[0])
    assert "total_min=40" in without
    assert set(_numbers((await support.get(without)).text)) == {german.number, american.number}
    assert _numbers((await support.get("/staff/orders?total_max=10")).text) == []


async def test_days_are_days_of_the_shop(staff_browser: StaffBrowser, live_db: Database) -> None:
    late = await _place(live_db)
    async with live_db.transaction(TESTER) as tx:  # half past eleven at night in Los Angeles
        await tx.sql("UPDATE orders.orders SET created_at = '2026-03-03 07:30+00' WHERE id = :id", {"id": late.id})
    support = await staff_browser("support")

    async def found(day: str) -> list[str]:
        return _numbers((await support.get(f"/staff/orders?placed_from={day}&placed_to={day}")).text)

    assert await found("2026-03-02") == [late.number]
    assert await found("2026-03-03") == []


async def test_pages_lead_there_and_back_and_a_torn_place_begins_anew(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    async with live_db.transaction(TESTER) as tx:
        for _order in range(53):
            await placed(tx)
    support = await staff_browser("support")
    first = (await support.get("/staff/orders?sort=number")).text

    second = (await support.get(_link(first, "next") or "")).text
    back = (await support.get(_link(second, "prev") or "")).text

    assert len(_numbers(first)) == 50
    assert len(_numbers(second)) == 3
    assert _numbers(first) + _numbers(second) == sorted(_numbers(first) + _numbers(second))
    assert _numbers(back) == _numbers(first)
    assert _link(back, "prev") is None
    assert _link(second, "next") is None
    torn = await support.get("/staff/orders?after=WyJ4IiwieCJd")  # ["x", "x"]
    assert torn.headers["location"] == "/staff/orders"


async def test_a_file_holds_the_whole_view_and_nothing_that_a_spreadsheet_would_run(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    bad = await _place(live_db, '=HYPERLINK("http://evil")')
    await _place(live_db, country="DE")
    finance = await staff_browser("finance")

    answer = await finance.get("/staff/orders.csv?country=US&columns=customer,total")

    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows == [["Order", "Customer", "Total"], [bad.number, '\'=HYPERLINK("http://evil")', "48.60"]]
    async with live_db.transaction(TESTER) as tx:
        told = (await tx.sql("SELECT changes FROM audit.entries WHERE action = 'exported'")).scalars().all()
    assert "evil" not in str(told)
    assert len(told) == 1


async def test_who_may_not_take_exports_gets_neither_link_nor_file(staff_browser: StaffBrowser) -> None:
    support = await staff_browser("support")

    page, file = await support.get("/staff/orders"), await support.get("/staff/orders.csv")

    assert "orders.csv" not in page.text
    assert file.status_code == 403


async def test_a_view_is_ones_own_or_everybodys(staff_browser: StaffBrowser) -> None:
    support, owner = await staff_browser("support"), await staff_browser("owner")
    kept = {"list": "orders", "back": "/staff/orders", "query": "status=pending"}

    saved = await support.post("/staff/views", data={**kept, "name": "Mine"})
    await support.post("/staff/views", data={**kept, "name": "Ours", "is_shared": "on"})

    seen = (await support.get(saved.headers["location"])).text
    assert "The view is kept." in seen
    assert "The view is kept." not in (await support.get("/staff/orders")).text
    assert {"Mine", "Ours"} <= set(re.findall(r"Mine|Ours", seen))
    theirs = (await owner.get("/staff/orders")).text
    assert "Ours" in theirs
    assert "Mine" not in theirs
    mine = re.search(r"view=([0-9a-f-]{36})", saved.headers["location"])
    assert mine is not None
    refused = await owner.post(f"/staff/views/{mine[1]}/removal", data={"back": "/staff/orders"})
    assert refused.status_code == 404


async def test_a_view_leads_back_into_the_back_office_only(staff_browser: StaffBrowser) -> None:
    support = await staff_browser("support")

    answers = [
        await support.post("/staff/views", data={"list": "orders", "name": "Mine", "query": "", "back": back})
        for back in ("https://evil.example", "//evil.example/staff/", "/staff\\evil", "/account")
    ]

    assert {answer.headers["location"].partition("?")[0] for answer in answers} == {"/staff"}


async def test_columns_are_chosen_once_and_stay(staff_browser: StaffBrowser, live_db: Database) -> None:
    await _place(live_db)
    support = await staff_browser("support")

    await support.post("/staff/columns", data={"list": "orders", "back": "/staff/orders", "columns": ["country"]})

    def heads(page: str) -> list[str]:
        return [
            re.sub(r"<[^>]+>|[↑↓↕]", "", head).strip()
            for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page, re.S)
        ]

    assert heads((await support.get("/staff/orders")).text) == ["Order", "Country"]
    await support.post("/staff/columns", data={"list": "orders", "back": "/staff/orders", "reset": "on"})
    assert "Payment" in heads((await support.get("/staff/orders")).text)


async def test_a_list_that_asks_again_is_told_when_nothing_is_new(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    support = await staff_browser("support")
    first = await support.htmx("GET", "/staff/orders")

    again = await support.htmx("GET", "/staff/orders", headers={"HX-Seen": first.headers["HX-Seen"]})
    order = await _place(live_db)
    then = await support.htmx("GET", "/staff/orders", headers={"HX-Seen": first.headers["HX-Seen"]})

    assert again.status_code == 204
    assert order.number in then.text
    assert "<html" not in then.text


async def test_orders_of_earlier_releases_become_findable(staff_browser: StaffBrowser, live_db: Database) -> None:
    old = await _place(live_db, "Grace Hopper", country="DE")
    async with live_db.transaction(TESTER) as tx:
        await tx.sql("UPDATE orders.orders SET name_words = NULL, ship_country = NULL")
    support = await staff_browser("support")
    assert _numbers((await support.get("/staff/orders?q=hopper")).text) == []

    async with live_db.transaction(TESTER) as tx:
        assert await orders.index_names(tx) == 1

    assert _numbers((await support.get("/staff/orders?q=hopper&country=DE")).text) == [old.number]


THINGS = Source(select="w.id, w.code, w.name", tables="inventory.warehouses w", key="w.id",
                orders={"code": OrderBy("w.code")})  # fmt: skip


async def find_things(tx: Transaction, asked: Asked) -> Slice[Any]:
    return await slice_of(tx, THINGS, Where(), asked)


async def rename(db: Database, actor: Actor, chosen: Chosen) -> str:
    if not chosen.form.get("name"):
        raise Invalid({"name": "Enter a name."})
    async with db.transaction(actor) as tx:
        await tx.session.execute(
            text("UPDATE inventory.warehouses SET name = :name WHERE id = ANY(:ids)"),
            {"name": chosen.form["name"], "ids": list(chosen.ids)},
        )
    return f"{len(chosen.ids)} renamed."


SHEDS = StaffList(
    key="sheds", title="Sheds", route="staff.sheds", permission="stock.see", sort="code",
    columns=(Column("code", "Code", sort="code"), Column("name", "Name")),
    bulk=(Bulk(key="rename", label="Rename", permission="stock.do", question="Rename {count} sheds?", apply=rename),),
)  # fmt: skip


@pytest.fixture
async def sheds(live_db: Database, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(factory, "ROUTES", [*factory.ROUTES, *list_routes(SHEDS, find_things)])
    async with browser(live_db.url, redis_url) as client:
        yield client


async def _names(db: Database) -> list[str]:
    async with db.transaction(TESTER) as tx:
        return list((await tx.sql("SELECT name FROM inventory.warehouses ORDER BY code")).scalars())


async def test_many_are_changed_after_a_page_that_asks(sheds: Browser, live_db: Database) -> None:
    async with staff_in(sheds.shop, "warehouse") as http:
        asked = await http.post("/staff/sheds/bulk", data={"action": "rename", "all": "on", "query": ""})
        unnamed = await http.post(
            "/staff/sheds/bulk", data={"action": "rename", "all": "on", "confirmed": "on", "count": "1"}
        )
        done = await http.post(
            "/staff/sheds/bulk",
            data={"action": "rename", "all": "on", "confirmed": "on", "count": "1", "name": "Shed"},
        )

        assert "Rename 1 sheds?" in asked.text
        assert unnamed.status_code == 422
        assert "Enter a name." in unnamed.text
        assert "1 renamed." in (await http.get(done.headers["location"])).text
    assert await _names(live_db) == ["Shed"]


async def test_a_view_that_changed_meanwhile_is_asked_about_anew(sheds: Browser, live_db: Database) -> None:
    before = await _names(live_db)
    async with staff_in(sheds.shop, "warehouse") as http:
        answer = await http.post(
            "/staff/sheds/bulk",
            data={"action": "rename", "all": "on", "confirmed": "on", "count": "7", "name": "Shed"},
        )

    assert answer.status_code == 409
    assert await _names(live_db) == before


async def test_a_bulk_action_needs_its_own_permission(sheds: Browser, live_db: Database) -> None:
    before = await _names(live_db)
    async with staff_in(sheds.shop, "finance") as http:
        page = (await http.get("/staff/sheds")).text
        refused = await http.post(
            "/staff/sheds/bulk",
            data={"action": "rename", "all": "on", "confirmed": "on", "count": "1", "name": "Shed"},
        )

    assert "Rename" not in page
    assert refused.status_code == 403
    assert await _names(live_db) == before
