"""The tree of categories in the back office, and the properties that products have in them."""

import re
from html import unescape
from uuid import UUID

import httpx

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.products import version_of
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog
from domains.catalog import CategoryLine
from domains.kit import Database
from domains.search.tests.factories import STAFF


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def lines(db: Database) -> list[CategoryLine]:
    async with db.transaction(STAFF) as tx:
        return await catalog.category_lines(tx)


async def named(db: Database, name: str) -> UUID:
    return next(line.id for line in await lines(db) if line.name == name)


async def test_a_category_is_made_moved_and_ordered_and_never_stands_below_itself(
    staff_browser: StaffBrowser, shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")

    made = await owner.post(
        "/staff/categories/new", data={"name": "Garden", "parent": str(shelves.kitchen), "is_active": "on"}
    )
    garden = await named(live_db, "Garden")
    form = {"name": "Garden", "slug": "outside", "is_active": "on"}
    seen = version_of(await owner.get(f"/staff/categories/{garden}"))
    moved = await owner.post(f"/staff/categories/{garden}", data={**form, "parent": "", "version": seen})
    kitchen = {"name": "Kitchen", "slug": "kitchen", "is_active": "on", "parent": str(shelves.mugs)}
    seen = version_of(await owner.get(f"/staff/categories/{shelves.kitchen}"))
    below = await owner.post(f"/staff/categories/{shelves.kitchen}", data={**kitchen, "version": seen})
    up = await owner.post(f"/staff/categories/{garden}/place", data={"way": "up"})
    old = await shop.get("/categories/garden")

    assert (made.status_code, moved.status_code, up.status_code) == (303, 303, 303), text(moved)
    assert below.status_code == 422
    assert "cannot stand below itself" in text(below)
    assert (old.status_code, old.headers["location"]) == (301, "/categories/outside")
    top = [line.name for line in await lines(live_db) if line.level == 0]
    assert top.index("Garden") < len(top) - 1


async def test_only_an_empty_category_is_taken_away(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner = await staff_browser("owner")
    await owner.post("/staff/categories/new", data={"name": "Empty"})

    full = await owner.post(f"/staff/categories/{shelves.mugs}/removal")
    told = await owner.get(full.headers["location"])
    empty = await owner.post(f"/staff/categories/{await named(live_db, 'Empty')}/removal")

    assert "still something in this category" in text(told)
    assert empty.headers["location"] == "/staff/categories"
    assert "Empty" not in {line.name for line in await lines(live_db)}


async def test_properties_are_defined_asked_for_and_keep_the_choices_that_products_have(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    marketing = await staff_browser("marketing")

    defined = await marketing.post(
        "/staff/categories/properties", data={"name": "Clay", "kind": "choice", "choices": "Stoneware\nPorcelain"}
    )
    seen = version_of(await marketing.get(f"/staff/categories/{shelves.mugs}"))
    asked = await marketing.post(
        f"/staff/categories/{shelves.mugs}/properties",
        data={"code": "clay", "required": "clay", "place.clay": "1", "version": seen},
    )
    async with live_db.transaction(STAFF) as tx:
        await catalog.change_product(
            tx, shelves.mug, catalog.ProductChanges(attributes={"volume": 350, "clay": "Stoneware"})
        )
    taken = await marketing.post("/staff/categories/properties/clay", data={"name": "Clay", "choices": "Porcelain"})
    refused = await marketing.get(taken.headers["location"])
    removed = await marketing.post("/staff/categories/properties/clay/removal")
    kept = await marketing.get(removed.headers["location"])

    assert (defined.status_code, asked.status_code) == (303, 303), text(defined)
    assert "There are products that have this." in text(refused)
    assert "Clay" in text(kept)
    async with live_db.transaction(STAFF) as tx:
        assert (await catalog.attribute_definitions(tx))["clay"].choices == ("Stoneware", "Porcelain")


async def test_of_two_who_change_a_category_the_second_is_told_and_asked(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    address = f"/staff/categories/{shelves.mugs}"
    seen = version_of(await owner.get(address))
    form = {"slug": "mugs-cups", "parent": str(shelves.kitchen), "is_active": "on", "version": seen}

    first = await owner.post(address, data={**form, "name": "Cups", "description": "The owner's words"})
    clash = await manager.post(address, data={**form, "name": "Mugs", "description": "The manager's words"})
    between = {line.name for line in await lines(live_db)}
    insisted = await manager.post(address, data={**form, "name": "Mugs", "version": version_of(clash)})

    assert (first.status_code, clash.status_code, insisted.status_code) == (303, 409, 303), text(insisted)
    assert "Somebody else has changed this category since you opened it. What you entered is still here" in text(clash)
    assert 'value="Mugs"' in clash.text
    assert "The manager's words" in text(clash)
    assert "Cups" in between
    assert "Mugs" in {line.name for line in await lines(live_db)}


async def test_of_two_who_tick_properties_the_second_is_told_and_asked(
    staff_browser: StaffBrowser, live_db: Database, shelves: Shelves
) -> None:
    owner, manager = await staff_browser("owner"), await staff_browser("manager")
    for name in ("Clay", "Glaze"):
        await owner.post("/staff/categories/properties", data={"name": name, "kind": "text"})
    address = f"/staff/categories/{shelves.mugs}"
    seen = version_of(await owner.get(address))

    first = await owner.post(f"{address}/properties", data={"code": "clay", "version": seen})
    clash = await manager.post(f"{address}/properties", data={"code": "glaze", "required": "glaze", "version": seen})
    async with live_db.transaction(STAFF) as tx:
        between = (await catalog.category(tx, shelves.mugs)).attributes
    again = {"code": "glaze", "required": "glaze", "version": version_of(clash)}
    insisted = await manager.post(f"{address}/properties", data=again)

    assert (first.status_code, clash.status_code, insisted.status_code) == (303, 409, 303)
    assert "Somebody else has changed this category" in text(clash)
    ticked = re.findall(r'name="(code|required)" value="(\w+)" checked', clash.text)
    assert ticked == [("code", "glaze"), ("required", "glaze")]
    assert between == (("clay", False),)
    async with live_db.transaction(STAFF) as tx:
        assert (await catalog.category(tx, shelves.mugs)).attributes == (("glaze", True),)


async def test_support_looks_and_changes_nothing(staff_browser: StaffBrowser, shelves: Shelves) -> None:
    support = await staff_browser("support")

    tree = await support.get("/staff/categories")
    page = await support.get(f"/staff/categories/{shelves.kitchen}")
    saved = await support.post(f"/staff/categories/{shelves.kitchen}", data={"name": "Mine"})

    assert (tree.status_code, page.status_code, saved.status_code) == (200, 200, 403)
    assert "Mugs & cups" in text(tree)
