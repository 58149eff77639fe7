"""Every page of the back office, with something of the shop's past on each.

The pages are found by their routes (`bench.staff_pages`), so that a new one is looked at without being told of here.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from playwright.sync_api import Page, expect

from app.seed.shop import PASSWORD
from bench import staff_pages
from e2e import staff, steps
from e2e.stage import Stage
from e2e.tour.sights import Open, Sight

# These stand before a page; they are come upon on the way to one.
BEFORE_A_PAGE: Final = ("/staff/password", "/staff/second-factor", "/staff/second-factor/enrol")

# What answers no page of its own, by the end of its path, and why.
NO_PAGES: Final[Mapping[str, str]] = {
    ".csv": "a file to keep",
    ".pdf": "a paper to print",
    "/documents/{label:str}": "an invoice or a credit note, a paper to print",
    "/label.svg": "a label to stick on a parcel",
    "/staff/fulfilment/counts": "the part of the queues that is asked for again; alone it leads to them",
    "/staff/fulfilment/open": "leads to the shipment whose number was scanned",
}

_REFUSED = b"Handle,Title,Variant SKU,Variant Price\ntour-jug,Jug,TOUR-1,a lot\n"
_GOOD = (
    b"Handle,Title,Type,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty,Colour of the box\n"
    b"tour-bowl,Bowl of the tour,Other,TOUR-2,20.00,shopify,3,blue\n"
)


def desk(shop: Stage, window: Open) -> Iterator[Sight]:
    """What stands around every page of the back office, the overview, and its first list."""
    page = window()
    staff.enter(page, shop, "owner")
    for name, path in (
        ("staff", "/staff"),
        ("staff-orders", "/staff/orders"),
        ("staff-orders-filtered", "/staff/orders?status=delivered&payment=captured&total_min=20"),
        ("staff-orders-nothing-fits", "/staff/orders?q=zeppelin"),
        ("staff-search", "/staff/search?q=mug"),
        ("staff-search-nothing", "/staff/search?q=zeppelin"),
        ("staff-shortcuts", "/staff/shortcuts"),
    ):
        page.goto(path)
        yield Sight(name, page)
    page.goto("/staff/orders")
    page.locator(".filter-panel > summary").click()
    yield Sight("staff-orders-filters", page, again=False)
    page.goto("/staff/orders")
    page.locator(".pop > summary").first.click()
    yield Sight("staff-orders-views", page, again=False, whole=False)
    page.goto("/staff/orders")
    page.keyboard.press("/")
    page.locator("[data-command-input]").fill("harbor")
    expect(page.locator("#commands-found a").first).to_be_visible()
    yield Sight("staff-commands", page, again=False, whole=False)


def back_office(shop: Stage, window: Open) -> Iterator[Sight]:
    """Every page as the owner sees it, then those that stand before a page. Raises `LookupError` in the end
    for what the shop has nothing to show of, and for pages that fail."""
    page = window()
    staff.enter(page, shop, "owner")
    yield from _handed_in(page)
    _compared(shop)
    wrong = []
    for path in staff_pages.paths():
        address = address_of(shop, path)
        if address is None:
            wrong.append(f"{path} has nothing to show")
            continue
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{path} answers {answer.status if answer is not None else 'nothing'}")
            continue
        yield Sight(staff_pages.name_of(path), page)
    yield from _before_a_page(shop, window, page)
    if wrong:
        raise LookupError("; ".join(wrong))


def address_of(shop: Stage, path: str) -> str | None:
    """The path with its placeholders filled by something of the shop; nothing where there is none."""
    query = staff_pages.query_of(path)
    if query is None:
        return path
    rows = shop.sql(query)
    return staff_pages.filled(path, rows[0]) if rows else None


def _handed_in(page: Page) -> Iterator[Sight]:
    """A product file with a mistake, then one that waits for somebody to say so; the newest is what its page shows."""
    for name, content, state in (("refused", _REFUSED, "Refused"), ("good", _GOOD, "Ready to import")):
        page.goto("/staff/imports")
        page.locator("#file").set_input_files({"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Look it through").click()
        expect(page.locator("#standing > p").get_by_text(state, exact=True)).to_be_visible()
        if name == "refused":
            yield Sight("staff-imports-refused", page)


def _compared(shop: Stage) -> None:
    """What the worker does every hour: the gateway's list held against ours, for the days of it."""
    shop.work("compare")
    assert shop.sql("SELECT FROM payments.comparisons"), "no day was compared"


def _before_a_page(shop: Stage, window: Open, page: Page) -> Iterator[Sight]:
    """The password asked for again, both second steps of logging in, and a page that is not for everybody."""
    shop.sql("UPDATE accounts.sessions SET authenticated_at = authenticated_at - interval '1 hour'")
    page.goto("/staff/security/app")
    steps.at(page, "Your password, once more")
    yield Sight("staff-password", page)
    other = window()
    other.goto("/staff")
    steps.fill_log_in(other, "support@example.com", PASSWORD)
    steps.at(other, "Second step")
    yield Sight("staff-second-factor", other)
    shop.sql("UPDATE accounts.totp_secrets SET last_step = NULL")
    staff.give_code(other, staff.code(shop))
    other.goto("/staff/people")
    yield Sight("staff-refused", other, again=False)
    shop.sql(
        "DELETE FROM accounts.totp_secrets WHERE account_id ="
        " (SELECT id FROM accounts.accounts WHERE role = 'support' AND account_status = 'active' LIMIT 1)"
    )
    first = window()
    first.goto("/staff")
    steps.fill_log_in(first, "support@example.com", PASSWORD)
    steps.at(first, "Set up your second step")
    yield Sight("staff-second-factor-enrol", first)
