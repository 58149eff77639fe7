"""The warehouses' pages: who may do what, and every step of the way out as a plain form."""

import re

import httpx
import pytest

from app.tests.market import text
from app.web.testing import Browser
from domains import fulfilment
from domains.checkout.tests.factories import STAFF
from domains.desk.testing import assert_sound
from domains.fulfilment import HoldReason, ParcelDraft, ShipmentStatus, ShipmentView
from domains.fulfilment.tests.factories import House, allocated, house
from domains.kit import Database


@pytest.fixture
async def two_houses(shop: Browser, live_db: Database) -> House:
    return await house(live_db)


async def _one(live_db: Database, place: House) -> ShipmentView:
    async with live_db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {place.mug: 2})
    return view


async def _now(live_db: Database, view: ShipmentView) -> ShipmentView:
    async with live_db.transaction(STAFF) as tx:
        return await fulfilment.shipment(tx, view.id)


def _path(view: ShipmentView, *further: str) -> str:
    return "/".join(("/staff/fulfilment", view.number, *further))


def _problem(answer: httpx.Response) -> str:
    assert answer.status_code in (409, 422), answer.status_code
    return text(answer)


@pytest.mark.parametrize(
    ("role", "sees", "does"),
    [
        ("owner", 200, True),
        ("manager", 200, True),
        ("support", 200, False),
        ("warehouse", 200, True),
        ("finance", 200, False),
        ("marketing", 403, False),
    ],
)
async def test_each_role_does_what_it_may(
    staff_browser, live_db: Database, two_houses: House, role: str, sees: int, does: bool
) -> None:
    view = await _one(live_db, two_houses)
    http = await staff_browser(role)

    pages = [
        (await http.get(url)).status_code for url in ("/staff/fulfilment", _path(view), "/staff/fulfilment/picking")
    ]
    picked = await http.post(_path(view, "picking"), data={"everything": "on"})

    assert pages == [sees] * 3
    assert picked.status_code == (303 if does else 403)
    assert (await _now(live_db, view)).is_picked is does
    if sees == 200 and not does:
        assert "Mark all picked" not in (await http.get(_path(view))).text


async def test_the_way_out_by_plain_forms(staff_browser, live_db: Database, two_houses: House) -> None:
    view = await _one(live_db, two_houses)
    line = view.lines[0]
    http = await staff_browser("warehouse")

    queue = await http.get("/staff/fulfilment?queue=pick")
    listed = await http.get("/staff/fulfilment/picking", params={"warehouse": str(two_houses.first)})
    found = await http.get("/staff/fulfilment/open", params={"number": view.number.lower()})
    scanned = await http.post(_path(view, "scans"), data={"code": line.sku})
    stranger = await http.post(_path(view, "scans"), data={"code": "NO-SUCH"})
    await http.post(_path(view, "scans"), data={"code": line.sku})
    short = await http.post(
        _path(view, "packing"), data={f"quantity-{line.id}": "1", "carrier": "other", "parcels": "1", "weight": "0"}
    )
    packed = await http.post(
        _path(view, "packing"), data={f"quantity-{line.id}": "2", "carrier": "other", "parcels": "2", "weight": "400"}
    )
    first, second = (await _now(live_db, view)).parcels
    unnumbered = await http.post(
        _path(view, "departure"), data={f"tracking-{first.id}": "N 1", f"tracking-{second.id}": " "}
    )
    left = await http.post(
        _path(view, "departure"), data={f"tracking-{first.id}": "N 1", f"tracking-{second.id}": "N 2"}
    )
    news = await http.post(
        _path(view, "news"), data={"parcel": str(first.id), "kind": "out_for_delivery", "place": "Athens", "words": ""}
    )
    arrived = await http.post(_path(view, "arrival"))
    page = await http.get(_path(view))

    assert view.number in queue.text
    assert line.sku in listed.text
    assert found.headers["location"].endswith(_path(view))
    assert (scanned.status_code, packed.status_code, left.status_code) == (303, 303, 303)
    assert "NO-SUCH" in _problem(stranger)
    assert f"{line.sku}: 1 of 2" in _problem(short)
    assert "tracking number" in _problem(unnumbered)
    assert (news.status_code, arrived.status_code) == (303, 303)
    assert "Out for delivery" in text(page)
    assert (await _now(live_db, view)).status is ShipmentStatus.DELIVERED
    await assert_sound(live_db, quiet=False, but=("I06", "I26", "I30"))


async def test_many_are_marked_picked_at_once_after_a_page_that_asks(
    staff_browser, live_db: Database, two_houses: House
) -> None:
    async with live_db.transaction(STAFF) as tx:
        views = [(await allocated(tx, {two_houses.mug: 1}))[0] for _order in range(3)]
    http = await staff_browser("warehouse")
    chosen = {"action": "picked", "row": [str(view.id) for view in views[:2]], "query": "queue=pick"}

    asked = await http.post("/staff/fulfilment/bulk", data=chosen)
    done = await http.post("/staff/fulfilment/bulk", data={**chosen, "confirmed": "on", "count": "2"})

    assert "2" in text(asked)
    assert done.status_code == 303
    assert [(await _now(live_db, view)).is_picked for view in views] == [True, True, False]


async def test_the_lengths_of_the_queues_are_told_to_the_page_that_asks_again(
    staff_browser, live_db: Database, two_houses: House
) -> None:
    http = await staff_browser("support")
    before = await http.htmx("GET", "/staff/fulfilment/counts")

    await _one(live_db, two_houses)
    after = await http.htmx("GET", "/staff/fulfilment/counts")
    nothing_new = await http.htmx("GET", "/staff/fulfilment/counts", headers={"HX-Seen": after.headers["hx-seen"]})

    def to_pick(answer: httpx.Response) -> int:
        found = re.search(r"To pick (\d+)", text(answer))
        assert found is not None, text(answer)
        return int(found[1])

    assert to_pick(after) == to_pick(before) + 1
    assert nothing_new.status_code == 204


async def test_a_shipment_is_split_and_held_and_sent_from_elsewhere(
    staff_browser, live_db: Database, two_houses: House
) -> None:
    view = await _one(live_db, two_houses)
    http = await staff_browser("warehouse")

    split = await http.post(_path(view, "division"), data={f"quantity-{view.lines[0].id}": "1"})
    all_of_it = await http.post(_path(view, "division"), data={f"quantity-{view.lines[0].id}": "1"})
    held = await http.post(_path(view, "hold"), data={"reason": "missing", "note": "The shelf is empty"})
    shown = await http.get(_path(view))
    moved = await http.post(
        _path(view, "warehouse"), data={"warehouse": str(two_houses.second), "write_off": "correction"}
    )
    gone = await http.post(_path(view, "cancelled-lines"), data={"key": "k"})

    assert (split.status_code, held.status_code, moved.status_code) == (303, 303, 303)
    assert "Choose how many" in _problem(all_of_it)
    assert "The shelf is empty" in text(shown)
    assert gone.status_code == 403
    now = await _now(live_db, view)
    assert (now.count, now.warehouse_id, now.status) == (1, two_houses.second, ShipmentStatus.ALLOCATED)


async def test_who_was_slower_sees_how_it_stands(staff_browser, live_db: Database, two_houses: House) -> None:
    view = await _one(live_db, two_houses)
    http = await staff_browser("warehouse")
    async with live_db.transaction(STAFF) as tx:
        await fulfilment.hold(tx, view.id, reason=HoldReason.ADDRESS)

    late = await http.post(_path(view, "picking"), data={"everything": "on"})

    assert "not in a state in which this is possible" in _problem(late)
    assert "On hold" in text(late)


async def test_owners_keep_the_carriers_and_the_warehouse_does_not(
    staff_browser, live_db: Database, two_houses: House
) -> None:
    owner, warehouse = await staff_browser("owner"), await staff_browser("warehouse")

    refused = await warehouse.get("/staff/fulfilment/carriers")
    wrong = await owner.post("/staff/fulfilment/carriers", data={"name": "Nordpost", "tracking_page": "nowhere"})
    added = await owner.post(
        "/staff/fulfilment/carriers", data={"name": "Nordpost", "tracking_page": "https://post.example/{number}"}
    )
    page = await owner.get("/staff/fulfilment/carriers")

    assert refused.status_code == 403
    assert "{number}" in _problem(wrong)
    assert added.status_code == 303
    assert "Nordpost" in page.text


async def test_a_label_is_shown_to_who_fulfils_and_the_look_at_the_address_is_kept(
    staff_browser, live_db: Database, two_houses: House
) -> None:
    view = await _one(live_db, two_houses)
    async with live_db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        picked = await fulfilment.pick(tx, view.id)
        counts = {line.id: line.quantity for line in picked.lines}
        await fulfilment.pack(tx, view.id, parcels=[ParcelDraft(code)], counts=counts)
    await fulfilment.flows.make_labels(live_db, fulfilment.carriers_of("secret"))
    http = await staff_browser("warehouse")

    label = await http.get(_path(view, "parcels", "1", "label.svg"))
    none = await http.get(_path(view, "parcels", "2", "label.svg"))

    assert label.headers["content-type"].startswith("image/svg+xml")
    assert "Ada Lovelace" in label.text
    assert none.status_code == 404
    async with live_db.transaction(STAFF) as tx:
        seen = await tx.sql("SELECT count(*) FROM audit.entries WHERE subject_kind = 'order' AND note LIKE '%label%'")
        assert seen.scalar_one() == 1


async def test_a_carriers_notice_is_taken_when_it_is_signed(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
    secret = shop.shop.litestar.state.settings.secret_key
    signature = fulfilment.SimulatedCarrier(secret).sign(b"[]")
    path = f"/webhooks/carriers/{code}"

    answers = [
        await shop.post(path, content=b"[]", headers={"X-Carrier-Signature": signature}),
        await shop.post(path, content=b"[]", headers={"X-Carrier-Signature": "0" * 64}),
        await shop.post("/webhooks/carriers/nobody", content=b"[]", headers={"X-Carrier-Signature": signature}),
    ]

    assert [answer.status_code for answer in answers] == [200, 400, 400]
