"""Staff set what the shop is, asks and promises; what is switched off is off for the next request."""

import re
from typing import Any

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.web.testing import Browser
from domains import audit, payments, pricing, shipping, store
from domains.audit import Filter
from domains.catalog.tests.factories import png
from domains.kit import Actor, Database, new_id

SYSTEM = Actor.system("test")
SETTINGS = ("", "/shop", "/selling", "/addresses", "/taxes", "/taxes/new", "/shipping", "/shipping/zones/new",
            "/switches", "/failures")  # fmt: skip


async def test_every_page_of_the_settings_is_there(staff_browser: StaffBrowser, live_db: Database):
    manager = await staff_browser("manager")
    async with live_db.transaction(SYSTEM) as tx:
        zones = await shipping.zones(tx, currency="USD")
        rates = await pricing.every_tax_rate(tx)
    more = [f"/shipping/zones/{zone.id}" for zone in zones[:1]] + [f"/taxes/{rate.id}" for rate in rates[:1]]
    more += [f"/shipping/zones/{zone.id}/new" for zone in zones[:1]]
    more += [f"/shipping/methods/{method.id}" for zone in zones[:1] for method in zone.methods[:1]]

    for path in (*SETTINGS, *more):
        answer = await manager.get(f"/staff/settings{path}")
        assert answer.status_code == 200, path


async def test_the_shop_gets_another_name_and_the_next_page_shows_it(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
):
    owner = await staff_browser("owner")
    form = {
        "name": "Meander & Sons", "tagline": "Since today", "legal_name": "Meander LLC",
        "address": "1 Main St\nPortland",
        "country": "US", "tax_number": "", "time_zone": "America/New_York",
    }  # fmt: skip

    refused = await owner.post("/staff/settings/shop", data={**form, "name": ""})
    assert refused.status_code == 422
    done = await owner.post("/staff/settings/shop", data=form, follow_redirects=True)

    assert "Saved." in done.text
    assert "Meander &amp; Sons" in (await shop.get("/")).text
    async with live_db.transaction(SYSTEM) as tx:
        entry = (await audit.entries(tx, Filter(action="shop.changed")))[0]
        assert entry.changes["name"][1] == "Meander & Sons"
        assert (await store.shop(tx)).address == ("1 Main St", "Portland")


async def test_a_logo_stands_in_place_of_the_name_until_it_is_taken_back(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
):
    owner = await staff_browser("owner")
    name = '<a class="header__name" href="/">Meander</a>'
    assert name in (await shop.get("/")).text.replace("\n", "")

    async def take(content: bytes, **more: Any):
        return await owner.post("/staff/settings/shop/logo", files={"logo": ("logo.png", content, "image/png")}, **more)

    broken = await take(b"no picture")
    assert broken.status_code == 422
    assert "not a picture we can use" in broken.text
    assert (await take(b"")).status_code == 422
    assert "The logo is there" in (await take(png(320, 80, (0, 80, 120)), follow_redirects=True)).text
    home = (await shop.get("/")).text
    assert name not in home.replace("\n", "")
    logo = re.search(r'header__logo.*?<img src="([^"]+)" width="320" height="80" alt="Meander"', home, re.S)
    assert logo is not None
    assert (await shop.get(logo[1])).status_code == 200

    async with live_db.transaction(Actor.staff(new_id(), "owner")) as tx:
        await audit.undo(tx, (await audit.entries(tx, Filter(action="shop.changed")))[0].id)
    assert "header__logo" not in (await shop.get("/")).text


async def test_what_the_shop_asks_and_promises_is_set(staff_browser: StaffBrowser, live_db: Database):
    owner = await staff_browser("owner")
    form = {
        "currency": "USD", "countries": ["US", "DE"], "prices_include_tax": "no", "tax_rounding": "order",
        "tax_on_shipping": "on", "lowest_price_shown": "", "return_days": "45", "holiday_from": "2026-12-01",
        "holiday_until": "2026-12-24", "refund_limit": "250.50", "bank_details": "", "transfer_days": "7",
        "download_days": "30", "download_limit": "5",
    }  # fmt: skip

    wrong = await owner.post("/staff/settings/selling", data={**form, "refund_limit": "much", "holiday_from": "soon"})
    assert wrong.status_code == 422
    assert (await owner.post("/staff/settings/selling", data=form)).status_code == 303

    async with live_db.transaction(SYSTEM) as tx:
        shop = await store.shop(tx)
        entry = (await audit.entries(tx, Filter(action="shop.changed")))[0]
    told = await owner.get(f"/staff/audit/{entry.id}")
    assert re.search(r"500\.00 USD</td>\s*<td[^>]*>250\.50 USD", told.text)
    assert (shop.return_days, shop.refund_limit, shop.countries, shop.tax_rounding) == (
        45,
        25050,
        ("US", "DE"),
        "order",
    )


async def test_the_shop_is_closed_for_shoppers_and_open_for_staff(staff_browser: StaffBrowser, shop: Browser):
    manager = await staff_browser("manager")

    await manager.post("/staff/settings/switches", data={"name": "shop", "is_on": "off"})

    closed = await shop.get("/")
    assert closed.status_code == 503
    assert int(closed.headers["Retry-After"]) > 0
    assert closed.headers["Cache-Control"] == "private, no-store"
    assert "closed for a moment" in closed.text
    assert 'href="/cart"' not in closed.text  # nothing leads to what is closed, too
    assert (await manager.get("/")).status_code == 200
    assert (await shop.get("/account/login")).status_code == 200
    assert (await shop.get("/health/live")).status_code == 200
    await manager.post("/staff/settings/switches", data={"name": "shop", "is_on": "on"})
    assert (await shop.get("/")).status_code == 200


async def test_a_paused_checkout_keeps_the_cart_and_goes_on_where_it_was(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database
):
    manager = await staff_browser("manager")
    async with live_db.transaction(SYSTEM) as tx:
        found = await tx.sql("SELECT variant_id FROM inventory.stock_items WHERE quantity_on_hand > 9 LIMIT 1")
        variant = str(found.scalar_one())
    await shop.post("/cart/lines", data={"variant_id": variant, "quantity": "2"})

    await manager.post("/staff/settings/switches", data={"name": "checkout", "is_on": "off"})

    paused = await shop.get("/checkout/contact")
    assert paused.status_code == 503
    assert int(paused.headers["Retry-After"]) > 0
    assert "Your cart is kept." in paused.text
    assert re.search(r'<a[^>]* href="/cart"[^>]*>.*Back to cart', paused.text)
    assert 'name="quantity" value="2"' in (await shop.get("/cart")).text
    await manager.post("/staff/settings/switches", data={"name": "checkout", "is_on": "on"})
    assert (await shop.get("/checkout", follow_redirects=True)).status_code == 200


@pytest.mark.parametrize(
    ("name", "method", "path"),
    [
        ("checkout", "get", "/checkout"),
        ("registration", "get", "/account/register"),
        ("contact", "post", "/pages/contact"),
    ],
)
async def test_what_is_switched_off_says_so_and_the_rest_goes_on(
    staff_browser: StaffBrowser, shop: Browser, name: str, method: str, path: str
):
    owner = await staff_browser("owner")

    await owner.post("/staff/settings/switches", data={"name": name, "is_on": "off"})

    assert (await getattr(shop, method)(path)).status_code == 503
    assert (await shop.get("/cart")).status_code == 200
    assert (await owner.post("/staff/settings/switches", data={"name": "gravity", "is_on": "off"})).status_code == 404


async def test_tax_rates_come_from_a_file_all_or_none_and_leave_as_one(staff_browser: StaffBrowser, live_db: Database):
    owner = await staff_browser("owner")
    head = "country,state,postal_codes,class,jurisdiction,name,rate\n"

    async def send(rows: str):
        return await owner.post(
            "/staff/settings/taxes.csv", files={"file": ("t.csv", (head + rows).encode(), "text/csv")}
        )

    async def rates() -> set[tuple[str, int]]:
        async with live_db.transaction(SYSTEM) as tx:
            return {(rate.country, rate.rate_ppm) for rate in await pricing.every_tax_rate(tx)}

    before = await rates()
    broken = await send("AT,,,standard,country,VAT,20\nXX,,,standard,country,VAT,20\n")
    assert broken.status_code == 422
    assert "Line 3" in broken.text
    assert await rates() == before

    assert (await send("AT,,,standard,country,VAT,20\nCH,,,standard,country,VAT,8.1\n")).status_code == 303
    assert await rates() == {*before, ("AT", 200_000), ("CH", 81_000)}
    assert (await send("AT,,,standard,country,VAT,19\n")).status_code == 303
    assert ("AT", 190_000) in await rates()

    async with live_db.transaction(Actor.staff(new_id(), "owner")) as tx:
        for entry in (await audit.entries(tx, Filter(action="tax_rate")))[:2]:
            await audit.undo(tx, entry.id)
    assert await rates() == before
    taken = await owner.get("/staff/settings/taxes.csv")
    assert taken.text.splitlines()[0] == head.strip()


async def test_a_zone_and_a_way_to_deliver_are_made_and_changed(staff_browser: StaffBrowser, live_db: Database):
    owner = await staff_browser("owner")
    zones = "/staff/settings/shipping/zones"

    assert (
        await owner.post(f"{zones}/new", data={"name": "North", "regions": "NO\nSE 1*\nnowhere"})
    ).status_code == 422
    assert (
        await owner.post(f"{zones}/new", data={"name": "North", "regions": "NO\nSE 10000-19999"})
    ).status_code == 303
    async with live_db.transaction(SYSTEM) as tx:
        north = next(zone for zone in await shipping.zones(tx, currency="USD") if zone.name == "North")
    assert [(place.country, place.postal_pattern) for place in north.regions] == [("NO", ""), ("SE", "10000-19999")]
    form = {
        "name": "Post", "description": "", "days_min": "2", "days_max": "5", "cutoff_hour": "12", "sort_order": "0",
        "is_active": "on", "amount": ["7.90", "0", ""], "subtotal_from": ["", "100", ""], "subtotal_to": ["", "", ""],
        "weight_from": ["", "", ""], "weight_to": ["2000", "", ""],
    }  # fmt: skip
    assert (await owner.post(f"{zones}/{north.id}/new", data={**form, "amount": ["", "", ""]})).status_code == 422
    assert (await owner.post(f"{zones}/{north.id}/new", data=form)).status_code == 303

    async with live_db.transaction(SYSTEM) as tx:
        (post,) = next(zone for zone in await shipping.zones(tx, currency="USD") if zone.id == north.id).methods
    assert [(band.amount, band.subtotal_from, band.weight_to) for band in post.bands] == [
        (790, 0, 2000),
        (0, 10000, None),
    ]
    dearer = {**form, "amount": ["9.90", "", ""], "subtotal_from": ["", "", ""]}
    changed = await owner.post(f"/staff/settings/shipping/methods/{post.id}", data=dearer)
    assert changed.status_code == 303
    async with live_db.transaction(Actor.staff(new_id(), "owner")) as tx:
        entry = (await audit.entries(tx, Filter(action="method.changed")))[0]
        assert len(entry.changes["bands"][1]) == 1
        told = await owner.get(f"/staff/audit/{entry.id}")
        assert "7.90 USD" in told.text
        assert "subtotal from: 100.00 USD" in told.text
        await audit.undo(tx, entry.id)
        (post,) = next(zone for zone in await shipping.zones(tx, currency="USD") if zone.id == north.id).methods
        assert len(post.bands) == 2


async def test_what_was_given_up_is_tried_again(staff_browser: StaffBrowser, live_db: Database):
    owner = await staff_browser("owner")
    async with live_db.transaction(SYSTEM) as tx:
        event = (await tx.sql("SELECT id, stream, stream_id, version FROM kit.events LIMIT 1")).one()
        await tx.sql(
            "INSERT INTO kit.deliveries (subscriber, event_id, stream, stream_id, version, state, attempts, last_error)"
            " VALUES ('search', :id, :stream, :stream_id, :version, 'dead', 8, 'KeyError: shelf')"
            " ON CONFLICT (subscriber, event_id) DO UPDATE SET state = 'dead', last_error = excluded.last_error",
            dict(event._mapping),
        )

    page = await owner.get("/staff/settings/failures")
    assert "KeyError: shelf" in page.text
    done = await owner.post(
        "/staff/settings/failures", data={"kind": "delivery", "id": str(event.id), "subscriber": "search"},
        follow_redirects=True,
    )  # fmt: skip

    assert "It is tried again within seconds." in done.text
    async with live_db.transaction(SYSTEM) as tx:
        state = await tx.sql(
            "SELECT state FROM kit.deliveries WHERE event_id = :id AND subscriber = 'search'", {"id": event.id}
        )
        assert state.scalar_one() in {"pending", "done"}
        assert await payments.hurry_webhooks(tx, tried=3) == 0


async def test_finance_sees_taxes_and_changes_nothing(staff_browser: StaffBrowser):
    finance = await staff_browser("finance")

    assert (await finance.get("/staff/settings/taxes")).status_code == 200
    assert (await finance.get("/staff/settings/shop")).status_code == 403
    assert (await finance.post("/staff/settings/taxes/new", data={"name": "x"})).status_code == 403
