"""Moving in: a merchant brings a file from Shopify by one command, and a shopper buys from it."""

import csv
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from domains import catalog
from domains.catalog.tests.factories import png
from domains.kit import Transaction
from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

SLUG = "moved-in-teapot"


class _Pictures(BaseHTTPRequestHandler):
    """Where the old shop kept its pictures: one is there, others are not."""

    def do_GET(self) -> None:
        found = self.path == "/teapot.png"
        self.send_response(200 if found else 404)
        self.end_headers()
        if found:
            self.wfile.write(png(600, 600, (40, 110, 120)))

    def log_message(self, format: str, *_values: object) -> None:
        pass


@pytest.fixture
def old_shop() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pictures) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def products(pictures: str) -> list[dict[str, str]]:
    """A teapot in two sizes, as Shopify wrote it before 2024."""
    shared = {"Handle": SLUG, "Variant Inventory Tracker": "shopify", "Variant Inventory Policy": "deny"}
    first = {
        "Title": "Moved-in teapot",
        "Body (HTML)": "<p>Brews <b>two</b> cups.</p><ul><li>does not drip</li></ul><script>alert(1)</script>",
        "Vendor": "Old Shop",
        "Type": "Moved in",
        "Published": "true",
        "Option1 Name": "Size",
        "Option1 Value": "0.5 l",
        "Variant SKU": "TEAPOT-05",
        "Variant Inventory Qty": "3",
        "Variant Price": "30.00",
        "Image Src": f"{pictures}/teapot.png",
        "Image Alt Text": "A green teapot",
    }
    second = {
        "Option1 Value": "1 l",
        "Variant SKU": "TEAPOT-10",
        "Variant Inventory Qty": "0",
        "Variant Price": "40.00",
        "Image Src": f"{pictures}/gone.png",
    }
    return [shared | first, shared | second]


def write(path: Path, rows: list[dict[str, str]]) -> str:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def put_away(shop: Stage) -> None:
    """Take the teapot and its category out of the window again: other journeys share the shop."""

    async def work(tx: Transaction) -> None:
        for record in await catalog.product_records(tx, slugs=[SLUG]):
            await catalog.unpublish(tx, record.id)
            await catalog.change_category(tx, record.category_id, is_active=False)

    shop.operate(work)


def test_a_file_of_shopify_is_imported_by_one_command_and_bought_from(
    shop: Stage, visitor: Visit, old_shop: str, tmp_path: Path
) -> None:
    rows = products(old_shop)
    path = write(tmp_path / "products.csv", rows)
    broken = write(tmp_path / "broken.csv", [*rows, {**rows[0], "Handle": "second", "Variant Price": "cheap"}])

    refused = shop.command("import-products", broken, "--errors", str(tmp_path / "errors.csv"))
    tried = shop.command("import-products", path, "--dry-run")
    assert shop.sql("SELECT FROM catalog.products WHERE slug = $1", SLUG) == []
    done = shop.command("import-products", path)
    again = shop.command("import-products", path)

    try:
        assert refused.returncode == 1, refused.stderr
        assert "row 4, Variant Price: “cheap” is no amount of USD" in refused.stdout
        assert "Nothing was imported" in refused.stdout
        assert "cheap" in (tmp_path / "errors.csv").read_text()
        assert (tried.returncode, done.returncode, again.returncode) == (0, 0, 0), tried.stderr + done.stderr
        assert "This was a dry run" in tried.stdout
        assert f"created    {SLUG}" in done.stdout
        assert "left out of the description: <script>" in done.stdout
        assert "Nothing has changed" in again.stdout
        shop.until("the picture came", lambda: "1 are here" in shop.command("import-products", "--pictures").stdout)

        page = visitor()
        page.goto(f"/collections/all/products/{SLUG}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Moved-in teapot")
        assert page.url.endswith(f"/products/{SLUG}")
        expect(page.get_by_role("listitem").filter(has_text="does not drip")).to_be_visible()
        expect(page.get_by_role("img", name="A green teapot").first).to_be_visible()
        shop.until("the search follows", lambda: SLUG in _found(shop))
        steps.find(page, "moved-in teapot", "Moved-in teapot")
        steps.choose(page, Size="0.5 l")
        steps.add_to_cart(page)
        steps.walk_to_payment(page, "moved.in@example.com")
        steps.enter_card(page)
        steps.pay(page)
        steps.order_number(page)
        assert shop.available("TEAPOT-05") == 2
    finally:
        put_away(shop)


def _found(shop: Stage) -> set[str]:
    return {
        row["slug"]
        for row in shop.sql("SELECT p.slug FROM search.documents d JOIN catalog.products p ON p.id = d.product_id")
    }


def test_the_whole_shop_goes_out_and_comes_in_again_unchanged(shop: Stage, tmp_path: Path) -> None:
    path = str(tmp_path / "all.csv")

    out = shop.command("export-products", path)
    back = shop.command("import-products", path)

    assert (out.returncode, back.returncode) == (0, 0), out.stderr + back.stderr + back.stdout
    assert "Nothing has changed: the shop is as the file says." in back.stdout
    assert "refused    " not in back.stdout
