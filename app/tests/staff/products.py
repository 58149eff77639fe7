"""The forms of a product as a page shows them, and the product as it is saved."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import httpx

from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog
from domains.catalog.tests.factories import png
from domains.kit import Database
from domains.search.tests.factories import STAFF


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def version_of(page: httpx.Response) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found, text(page)
    return found[1]


def prices_of(page: httpx.Response) -> str:
    """What the table of variants says of the prices it showed."""
    found = re.search(r'name="prices" value="(\w+)"', page.text)
    assert found, text(page)
    return found[1]


def fields_of(page: httpx.Response) -> dict[str, str]:
    """What the form of details would send as it stands."""
    values: dict[str, str] = {"version": version_of(page)}
    for name, value in re.findall(r'<input class="input"[^>]*? name="([\w.]+)" value="([^"]*)"', page.text):
        values[name] = unescape(value)
    for name, value in re.findall(r'<textarea class="input"[^>]*? name="(\w+)"[^>]*>([^<]*)</textarea>', page.text):
        values[name] = unescape(value)
    for name, options in re.findall(
        r'<select class="input" id="\w+" name="([\w.]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        if name != "others":
            values[name] = chosen[1] if chosen else ""
    return values


async def product_id(db: Database, name: str) -> UUID:
    async with db.transaction(STAFF) as tx:
        found: UUID = (await tx.sql("SELECT id FROM catalog.products WHERE name = :name", {"name": name})).scalar_one()
    return found


async def record_of(db: Database, product: UUID) -> catalog.ProductRecord:
    async with db.transaction(STAFF) as tx:
        return (await catalog.product_records(tx, ids=[product]))[0]


async def made(owner: Browser, shelves: Shelves, **fields: Any) -> httpx.Response:
    form = {
        "name": "Oak stool",
        "category": str(shelves.kitchen),
        "price": "89.00",
        "on_hand": "3",
        "publish": "on",
        **fields,
    }
    return await owner.post("/staff/products/new", data=form, files={"pictures": ("stool.png", png(), "image/png")})
