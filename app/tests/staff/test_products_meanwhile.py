"""Two who edit one product at once: what each has typed is kept, and where both have, the second is told and asked."""

import re
from html import unescape
from typing import Any

import httpx

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.products import fields_of, prices_of, record_of, text, version_of
from app.tests.storefront.conftest import Shelves
from domains import pricing
from domains.kit import Database
from domains.search.tests.factories import STAFF


def sheet_of(page: httpx.Response, columns: list[str]) -> dict[str, Any]:
    """What the table would send as it stands."""
    sent: dict[str, Any] = {"column": columns, "product": re.findall(r'name="product" value="([0-9a-f-]+)"', page.text)}
    for tag in re.findall(r"<input [^>]+>", page.text):
        found = re.search(r'name="([0-9a-f-]{36}\.\w+)" value="([^"]*)"', tag)
        if found and ("checkbox" not in tag or " checked" in tag):
            sent[found[1]] = unescape(found[2])
    return sent


async def test_of_two_who_edit_a_table_each_keeps_what_only_he_has_typed_and_one_cell_of_both_is_asked_about(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    columns = ["name", "brand", "price"]
    address = "/staff/products/bulk?q=mug&" + "&".join(f"column={one}" for one in columns)
    theirs, mine = [sheet_of(await browser.get(address), columns) for browser in (owner, manager)]
    mug = (await record_of(live_db, shelves.mug)).variants[0].id

    first = await owner.post(
        "/staff/products/bulk/cells", data={**theirs, f"{mug}.name": "Owner's mug", f"{mug}.price": "23"}
    )
    apart = await manager.post("/staff/products/bulk/cells", data={**mine, f"{mug}.brand": "Clay & Co"})
    kept = await record_of(live_db, shelves.mug)
    typed = {**mine, f"{mug}.name": "Manager's mug", f"{mug}.brand": "Clay"}
    clash = await manager.post("/staff/products/bulk/cells", data=typed)
    between = await record_of(live_db, shelves.mug)
    insisted = await manager.post("/staff/products/bulk/cells", data=sheet_of(clash, columns))

    assert (first.status_code, apart.status_code) == (303, 303)
    assert (kept.name, kept.brand) == ("Owner's mug", "Clay & Co")
    assert clash.status_code == 409
    assert "Saved meanwhile: “Owner's mug”" in text(clash)
    assert sheet_of(clash, columns)[f"{mug}.name"] == "Manager's mug"
    assert sheet_of(clash, columns)[f"{mug}.price"] == "23.00"
    assert between == kept
    assert insisted.status_code == 303, text(insisted)
    last = await record_of(live_db, shelves.mug)
    assert (last.name, last.brand) == ("Manager's mug", "Clay")
    async with live_db.transaction(STAFF) as tx:
        assert (await pricing.prices(tx, [mug], "USD"))[mug].amount.amount == 2300


async def test_of_two_who_save_one_wins_and_the_other_sees_both_versions(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    theirs = fields_of(await owner.get(f"/staff/products/{shelves.mug}"))
    mine = fields_of(await manager.get(f"/staff/products/{shelves.mug}"))

    first = await owner.post(f"/staff/products/{shelves.mug}", data={**theirs, "name": "Owner's mug"})
    second = await manager.post(f"/staff/products/{shelves.mug}", data={**mine, "name": "Manager's mug"})
    between = (await record_of(live_db, shelves.mug)).name
    insisted = await manager.post(
        f"/staff/products/{shelves.mug}", data={**mine, "name": "Manager's mug", "version": version_of(second)}
    )

    assert first.status_code == 303
    assert second.status_code == 409
    assert "Owner's mug" in text(second)
    assert "Manager's mug" in text(second)
    assert between == "Owner's mug"
    assert insisted.status_code == 303
    assert (await record_of(live_db, shelves.mug)).name == "Manager's mug"


async def test_a_table_of_variants_does_not_take_back_a_price_that_was_set_meanwhile(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    page = await manager.get(f"/staff/products/{shelves.mug}/variants")
    variant = (await record_of(live_db, shelves.mug)).variants[0].id
    sent = {**dict(re.findall(r'name="([0-9a-f-]{36}\.\w+)" value="([^"]*)"', page.text)), f"{variant}.barcode": "7"}
    sent |= {f"{variant}.is_active": "on", "version": version_of(page), "prices": prices_of(page)}

    await owner.post(f"/staff/products/{shelves.mug}/prices", data={"price": "19"})
    clash = await manager.post(f"/staff/products/{shelves.mug}/variants", data=sent)
    insisted = await manager.post(
        f"/staff/products/{shelves.mug}/variants",
        data={**sent, "version": version_of(clash), "prices": prices_of(clash), f"{variant}.price": "19"},
    )

    assert clash.status_code == 409
    assert "19.00" in text(clash)
    assert insisted.status_code == 303, text(insisted)
    async with live_db.transaction(STAFF) as tx:
        assert (await pricing.prices(tx, [variant], "USD"))[variant].amount.amount == 1900
    assert (await record_of(live_db, shelves.mug)).variants[0].barcode == "7"


async def test_values_that_were_typed_are_kept_where_the_product_changed_meanwhile(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    address = f"/staff/products/{shelves.shirt.id}"
    theirs, mine = await owner.get(address), await manager.get(f"{address}/variants")
    typed = {"option": "Size", "values": "XL, XXL", "on_hand": "4"}

    await owner.post(address, data={**fields_of(theirs), "name": "Owner's shirt"})
    told = await manager.post(f"{address}/values", data={**typed, "version": version_of(mine)})
    again = await manager.post(f"{address}/values", data={**typed, "version": version_of(told)})

    assert told.status_code == 409
    assert "Somebody else has changed this product" in text(told)
    assert 'value="XL, XXL"' in told.text
    assert again.status_code == 303, text(again)


async def test_of_two_who_describe_pictures_the_second_is_told_and_keeps_his_words(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    address = f"/staff/products/{shelves.mug}/pictures"
    version = version_of(await owner.get(address))
    picture = (await record_of(live_db, shelves.mug)).images[0].media_id

    first = await owner.post(f"{address}/order", data={f"{picture}.alt": "Owner's words", "version": version})
    second = await manager.post(f"{address}/order", data={f"{picture}.alt": "Manager's words", "version": version})
    between = (await record_of(live_db, shelves.mug)).images[0].alt
    again = await manager.post(
        f"{address}/order", data={f"{picture}.alt": "Manager's words", "version": version_of(second)}
    )

    assert (first.status_code, second.status_code, between) == (303, 409, "Owner's words")
    assert "Somebody else has changed this product" in text(second)
    assert 'value="Manager&#39;s words"' in second.text
    assert again.status_code == 303
    assert (await record_of(live_db, shelves.mug)).images[0].alt == "Manager's words"
