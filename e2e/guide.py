"""The pictures of the staff guide (`docs/staff-guide.md`), taken in a demo shop of its own.

python -m e2e.guide [FOLDER]      `docs/pictures/staff` if none is named
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyvips
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from app.runtime import browser as chromium
from app.seed.shop import PASSWORD
from bench import staff_pages
from e2e import staff, steps
from e2e.screenshots import LOADED, TIDIED, a_shop
from e2e.stage import ROOT, Stage
from e2e.windows import PATIENCE, PHONE, Windows

WINDOW: Final[ViewportSize] = {"width": 1280, "height": 880}
WIDTH, PAST = 160, 150  # of the demo: so many orders that each list and chart shows what it is for
ACROSS, QUALITY = 960, 62  # of the pictures: small enough to be kept with the source
# The room that is kept for a scrollbar beside a dialog; a picture has no scrollbar.
WITHOUT_GUTTER: Final = "() => { document.documentElement.style.scrollbarGutter = 'auto' }"
# What a day leads to, in its order: the picture's name and the page, or the query that finds it.
DAY: Final[tuple[tuple[str, str], ...]] = (
    ("overview", "/staff"),
    ("orders", "/staff/orders"),
    ("order", "/staff/orders/{number:str}"),
    ("fulfilment", "/staff/fulfilment?queue=pick"),
    ("shipment", "/staff/fulfilment/{number:str}"),
    ("return", "/staff/returns/{number:str}"),
    ("stock", "/staff/stock?state=low"),
    ("product", "/staff/products/{product_id:uuid}"),
    ("message", "/staff/messages/{id:uuid}"),
    ("settings", "/staff/settings"),
    ("audit", "/staff/audit"),
)
# Where what is shown to who measures is not what a day begins with.
BEGINS_WITH: Final[dict[str, str]] = {
    "order": (
        "SELECT o.order_number AS number FROM orders.orders o JOIN fulfilment.shipments s ON s.order_id = o.id"
        " WHERE s.status = 'allocated' ORDER BY o.created_at LIMIT 1"
    ),
    "shipment": "SELECT number FROM fulfilment.shipments WHERE status = 'picking' ORDER BY created_at, id LIMIT 1",
    "return": "SELECT number FROM returns.returns WHERE status = 'approved' ORDER BY created_at, id LIMIT 1",
    "product": "SELECT id AS product_id FROM catalog.products WHERE slug = 'harbor-stoneware-mug'",
    "message": "SELECT id FROM content.messages WHERE order_number <> '' ORDER BY created_at DESC, id LIMIT 1",
}


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "docs/pictures/staff"
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with a_shop(width=WIDTH, orders=PAST) as shop, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.require(), args=list(chromium.ARGUMENTS))
        windows = Windows(browser, shop.url)
        for name, page in scenes(shop, windows):
            size = keep(page, folder / f"{name}.webp")
            print(f"{name}: {size // 1000} kB", flush=True)
        windows.close()
        browser.close()
    for complaint in windows.complaints:
        print(complaint, file=sys.stderr)
    return 1 if windows.complaints else 0


def scenes(shop: Stage, windows: Windows) -> Iterator[tuple[str, Page]]:
    """A day: coming in, what waits, and the pages that follow from it; at last the command bar, and a phone."""
    page = windows.open()
    page.set_viewport_size(WINDOW)
    page.goto("/staff")
    steps.fill_log_in(page, "owner@example.com", PASSWORD)
    steps.at(page, "Second step")
    yield "second-step", page
    staff.give_code(page, staff.code(shop))
    for name, path in DAY:
        page.goto(_address(shop, name, path))
        yield name, page
    page.goto("/staff")
    page.keyboard.press("/")
    page.locator("[data-command-input]").fill("harbor")
    expect(page.locator("#commands-found a").first).to_be_visible()
    page.evaluate(WITHOUT_GUTTER)
    yield "command-bar", page
    page.goto("/staff/orders")
    page.set_viewport_size(PHONE)
    yield "phone", page


def _address(shop: Stage, name: str, path: str) -> str:
    """The page with what a day begins with, or with anything where there is none of that."""
    for query in (BEGINS_WITH.get(name), staff_pages.query_of(path)):
        if query is not None and (rows := shop.sql(query)):
            return staff_pages.filled(path, rows[0])
    return path


def keep(page: Page, path: Path) -> int:
    """The window as it stands, small; how many bytes it takes."""
    page.evaluate(LOADED)
    page.evaluate(TIDIED)
    picture = pyvips.Image.new_from_buffer(page.screenshot(), "")
    if picture.width > ACROSS:
        picture = picture.thumbnail_image(ACROSS)
    picture.webpsave(str(path), Q=QUALITY, effort=6, strip=True)
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
