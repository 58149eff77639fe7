"""Products in the back office: made, changed, sold in variants, shown in pictures, priced, put away."""

import re
from html import unescape

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.products import fields_of, made, prices_of, product_id, record_of, text, version_of
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog, inventory, pricing
from domains.catalog.tests.factories import png
from domains.kit import Database
from domains.search.tests.factories import STAFF

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


HTML_IN_GIF = b"GIF89a<html><script>alert(1)</script>"


async def test_a_product_is_made_with_options_a_picture_a_price_and_a_first_count(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    marketing = await staff_browser("marketing")
    form = await marketing.get("/staff/products/new")

    answer = await made(
        marketing,
        shelves,
        option1="Height",
        values1="Low, High",
        alt="A stool of oak",
        description="<p>Oiled.</p><script>x</script>",
    )
    page = await marketing.get(answer.headers["location"])
    shown = await shop.get("/products/oak-stool")

    assert form.status_code == 200
    assert answer.status_code == 303, text(answer)
    assert "Oak stool is made." in text(page)
    record = await record_of(live_db, await product_id(live_db, "Oak stool"))
    assert [variant.sku for variant in record.variants] == ["OAK-STOOL-LOW", "OAK-STOOL-HIGH"]
    assert [image.alt for image in record.images] == ["A stool of oak"]
    async with live_db.transaction(STAFF) as tx:
        ids = [variant.id for variant in record.variants]
        assert {price.amount.amount for price in (await pricing.prices(tx, ids, "USD")).values()} == {8900}
        assert [level.quantity_on_hand for level in await inventory.levels(tx, ids)] == [3, 3]
        told = (await tx.sql("SELECT action FROM audit.entries WHERE actor_id IS NOT NULL")).scalars().all()
    assert "product.created" in told
    assert shown.status_code == 200
    assert "$89.00" in text(shown)
    assert "<script>x" not in shown.text


async def test_what_is_wrong_with_a_new_product_is_said_and_nothing_is_made(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")

    no_price = await made(owner, shelves, price="a lot")
    taken = await made(owner, shelves, slug="stoneware-mug")
    too_many = await made(
        owner,
        shelves,
        option1="A",
        values1=",".join(map(str, range(20))),
        option2="B",
        values2=",".join(map(str, range(20))),
    )
    svg = await owner.post(
        "/staff/products/new",
        data={"name": "Oak stool", "category": str(shelves.kitchen)},
        files={"pictures": ("x.png", SVG, "image/png")},
    )

    assert [answer.status_code for answer in (no_price, taken, too_many, svg)] == [422] * 4
    assert "Enter an amount such as 12.50." in text(no_price)
    assert "Another product has this address." in text(taken)
    assert "400 variants" in text(too_many)
    assert "x.png: The file is not a picture we can use." in text(svg)
    assert 'value="Oak stool"' in svg.text
    async with live_db.transaction(STAFF) as tx:
        assert (await tx.sql("SELECT count(*) FROM catalog.products WHERE name = 'Oak stool'")).scalar_one() == 0


async def test_an_address_that_changes_leaves_a_redirect(
    staff_browser: StaffBrowser, shop: Browser, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    page = await owner.get(f"/staff/products/{shelves.mug}")

    saved = await owner.post(
        f"/staff/products/{shelves.mug}", data={**fields_of(page), "slug": "clay-mug", "seo_title": "A mug of clay"}
    )
    old = await shop.get("/products/stoneware-mug")
    new = await shop.get("/products/clay-mug")

    assert saved.status_code == 303, text(saved)
    assert (old.status_code, old.headers["location"]) == (301, "/products/clay-mug")
    assert "A mug of clay" in new.text


async def test_the_form_saves_every_field(staff_browser: StaffBrowser, live_db: Database, shelves: Shelves) -> None:
    owner = await staff_browser("owner")
    address = f"/staff/products/{shelves.mug}"
    sent = fields_of(await owner.get(address)) | {
        "name": "Tall mug",
        "sku": "TALL-MUG",
        "description": "<p>Holds <strong>half a litre</strong>.</p>",
        "brand": "Clay & Co",
        "product_type": "Tableware",
        "others": str(shelves.kitchen),
        "tags": "winter, tall",
        "tax_class": "reduced",
        "weight_grams": "512",
        "slug": "tall-mug",
        "seo_title": "Tall mug of stoneware",
        "seo_description": "A mug for long mornings.",
        "attribute.volume": "500",
    }

    saved = await owner.post(address, data=sent)
    again = fields_of(await owner.get(address))

    assert saved.status_code == 303, text(saved)
    record = await record_of(live_db, shelves.mug)
    assert (record.name, record.sku, record.brand, record.product_type) == (
        "Tall mug", "TALL-MUG", "Clay & Co", "Tableware",
    )  # fmt: skip
    assert record.description_html == "<p>Holds <strong>half a litre</strong>.</p>"
    assert (record.other_categories, record.tags) == ((shelves.kitchen,), ("winter", "tall"))
    assert (record.tax_class, record.weight_grams, record.slug) == ("reduced", 512, "tall-mug")
    assert (record.seo_title, record.seo_description) == ("Tall mug of stoneware", "A mug for long mornings.")
    assert record.attributes["volume"] == 500
    del sent["others"], sent["version"], again["version"]
    assert sent == {name: value for name, value in again.items() if name in sent}


async def test_properties_are_those_of_the_category_and_required_ones_are_asked_for(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    async with live_db.transaction(STAFF) as tx:
        await catalog.set_category_attributes(
            tx, shelves.kitchen, [catalog.AttributeUse("volume", is_required=True), catalog.AttributeUse("oven")]
        )
    page = await owner.get(f"/staff/products/{shelves.mug}")
    fields = fields_of(page)

    empty = await owner.post(f"/staff/products/{shelves.mug}", data={**fields, "attribute.volume": ""})
    word = await owner.post(f"/staff/products/{shelves.mug}", data={**fields, "attribute.volume": "much"})
    right = await owner.post(
        f"/staff/products/{shelves.mug}", data={**fields, "attribute.volume": "400", "attribute.oven": "yes"}
    )

    assert 'name="attribute.volume"' in page.text
    assert "Enter the Volume." in text(empty)
    assert "Enter a number" in text(word)
    assert right.status_code == 303, text(right)
    assert dict((await record_of(live_db, shelves.mug)).attributes) == {"volume": 400, "oven": True}


async def test_the_table_of_variants_is_saved_as_a_whole_or_not_at_all(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    page = await owner.get(f"/staff/products/{shelves.shirt.id}/variants")
    cells = dict(re.findall(r'name="([0-9a-f-]{36}\.\w+)" value="([^"]*)"', page.text))
    for name in list(cells):
        if name.endswith(".is_active"):
            cells[name] = "on"
    first, second = (variant.id for variant in shelves.shirt.variants[:2])
    sent = {**cells, "version": version_of(page), "prices": prices_of(page)}

    wrong = await owner.post(
        f"/staff/products/{shelves.shirt.id}/variants",
        data={**sent, f"{first}.sku": "SH-1", f"{second}.sku": "LAST-MUG", f"{second}.price": "x"},
    )
    right = await owner.post(
        f"/staff/products/{shelves.shirt.id}/variants",
        data={**sent, f"{first}.sku": "SH-1", f"{second}.price": "75", f"{second}.compare_at": "80.00"},
    )

    assert wrong.status_code == 422, text(wrong)
    assert "Enter an amount such as 12.50." in text(wrong)
    assert right.status_code == 303, text(right)
    async with live_db.transaction(STAFF) as tx:
        assert await catalog.variant_by_sku(tx, "SH-1") is not None
        price = (await pricing.prices(tx, [second], "USD"))[second]
    assert (price.amount.amount, price.compare_at and price.compare_at.amount) == (7500, 8000)


async def test_further_values_become_variants_with_price_and_count(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    page = await owner.get(f"/staff/products/{shelves.shirt.id}/variants")

    added = await owner.post(
        f"/staff/products/{shelves.shirt.id}/values",
        data={"option": "Size", "values": "L", "on_hand": "4", "version": version_of(page)},
    )
    again = await owner.get(f"/staff/products/{shelves.shirt.id}/variants")
    made_up = await owner.post(
        f"/staff/products/{shelves.shirt.id}/missing", data={"missing": "0", "version": version_of(again)}
    )

    assert "S, Rust" in text(page)
    assert (added.status_code, made_up.status_code) == (303, 303), text(added)
    record = await record_of(live_db, shelves.shirt.id)
    assert {tuple(variant.values.values()) for variant in record.variants} >= {
        ("L", "Sage"),
        ("L", "Rust"),
        ("S", "Rust"),
    }
    large = [variant.id for variant in record.variants if variant.values["Size"] == "L"]
    async with live_db.transaction(STAFF) as tx:
        assert {price.amount.amount for price in (await pricing.prices(tx, large, "USD")).values()} == {8000}
        assert {level.quantity_on_hand for level in await inventory.levels(tx, large)} == {4}


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.svg", SVG), ("x.html", b"<html></html>"), ("x.gif", HTML_IN_GIF), ("x.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50)],
)
async def test_what_is_no_picture_is_refused_in_words(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves, name: str, content: bytes
) -> None:
    owner = await staff_browser("owner")

    answer = await owner.post(
        f"/staff/products/{shelves.mug}/pictures", files={"pictures": (name, content, "image/png")}
    )

    assert answer.status_code == 422
    assert f"{name}: The" in text(answer)
    assert len((await record_of(live_db, shelves.mug)).images) == 1


async def test_pictures_are_described_put_in_order_and_taken_off(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    blue = png(colour=(10, 20, 200))

    added = await owner.post(
        f"/staff/products/{shelves.mug}/pictures",
        files=[("pictures", ("a.png", blue, "image/png")), ("pictures", ("b.png", png(colour=(9, 9, 9)), "image/png"))],
    )
    before = [str(image.media_id) for image in (await record_of(live_db, shelves.mug)).images]
    saved = await owner.post(
        f"/staff/products/{shelves.mug}/pictures/order",
        data={
            "version": version_of(await owner.get(f"/staff/products/{shelves.mug}/pictures")),
            f"{before[1]}.alt": "Blue",
            f"{before[1]}.place": "1",
            f"{before[0]}.place": "2",
            "remove": before[2],
        },
    )

    assert (added.status_code, saved.status_code) == (303, 303)
    after = (await record_of(live_db, shelves.mug)).images
    assert [str(image.media_id) for image in after] == [before[1], before[0]]
    assert after[0].alt == "Blue"


async def test_a_price_is_planned_and_the_plan_withdrawn(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")

    planned = await owner.post(
        f"/staff/products/{shelves.mug}/prices",
        data={"price": "20", "compare_at": "24", "valid_from": "2031-01-01T00:00"},
    )
    past = await owner.post(
        f"/staff/products/{shelves.mug}/prices", data={"price": "20", "valid_from": "2001-01-01T00:00"}
    )
    page = await owner.get(f"/staff/products/{shelves.mug}/prices")
    hidden = dict(re.findall(r'name="(variant|valid_from)" value="([^"]+)"', page.text))
    withdrawn = await owner.post(
        f"/staff/products/{shelves.mug}/prices/withdrawals",
        data={name: unescape(value) for name, value in hidden.items()},
    )
    after = await owner.get(f"/staff/products/{shelves.mug}/prices")

    assert planned.status_code == 303, text(planned)
    assert past.status_code == 422
    assert "planned" in text(page)
    assert withdrawn.status_code == 303, text(withdrawn)
    assert "planned" not in text(after).replace("is planned", "")


async def test_hidden_published_archived_and_never_deleted_once_it_is_in_the_books(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    at = f"/staff/products/{shelves.mug}"

    await owner.post(f"{at}/hiding")
    hidden = await shop.get("/products/stoneware-mug")
    await owner.post(f"{at}/publication")
    shown = await shop.get("/products/stoneware-mug")
    deleted = await owner.post(f"{at}/deletion")
    refused = await owner.get(deleted.headers["location"])
    await owner.post(f"{at}/archiving")
    listed = await owner.get("/staff/products?q=mug")
    archived = await owner.get("/staff/products?state=archived")
    await owner.post(f"{at}/return")
    back = await owner.get("/staff/products?q=Stoneware")

    assert (hidden.status_code, shown.status_code) == (410, 200)
    assert "cannot be deleted" in text(refused)
    assert "Stoneware mug" not in text(listed)
    assert "Stoneware mug" in text(archived)
    assert "Stoneware mug" in text(back)


async def test_what_left_no_trace_is_deleted(staff_browser: StaffBrowser, live_db: Database, shelves: Shelves) -> None:
    owner = await staff_browser("owner")
    await owner.post("/staff/products/new", data={"name": "A mistake", "category": str(shelves.kitchen)})
    mistake = await product_id(live_db, "A mistake")

    deleted = await owner.post(f"/staff/products/{mistake}/deletion")

    assert deleted.headers["location"] == "/staff/products"
    assert (await owner.get(f"/staff/products/{mistake}")).status_code == 404


async def test_a_customer_and_a_warehouse_hand_change_nothing(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    warehouse = await staff_browser("warehouse")

    looked = await warehouse.get(f"/staff/products/{shelves.mug}")
    saved = await warehouse.post(f"/staff/products/{shelves.mug}", data={"name": "Mine", "category": "x"})
    priced = await warehouse.get(f"/staff/products/{shelves.mug}/prices")
    guest = await shop.get("/staff/products")

    assert looked.status_code == 200
    assert "Save" not in text(looked)
    assert (saved.status_code, priced.status_code) == (403, 403)
    assert guest.status_code == 303
    assert (await record_of(live_db, shelves.mug)).name == "Stoneware mug"
