"""A walk through every page of the back office, with something of the demo's past on each.

The pages are found by their routes (`bench.staff_pages`), so that a new one is looked at without being told of here.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from app.seed.shop import PASSWORD
from bench import staff_pages
from e2e import staff, steps
from e2e.stage import Stage
from e2e.tour import Open, Sight

# The demo has imported nothing and compared no day yet: these two are not looked at here.
NOT_IN_THE_DEMO = ("/staff/imports/{import_id:uuid}", "/staff/reports/reconciliation/{day:str}")


def back_office(shop: Stage, window: Open) -> Iterator[Sight]:
    """Every page as the owner sees it, then those that stand before a page. Raises `LookupError` in the end
    for what the demo has nothing to show of, and for pages that fail."""
    page = window()
    staff.enter(page, shop, "owner")
    wrong = []
    for path in staff_pages.paths():
        address = address_of(shop, path)
        if address is None and path in NOT_IN_THE_DEMO:
            continue
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


def _before_a_page(shop: Stage, window: Open, page: Page) -> Iterator[Sight]:
    """The password asked for again, the second step of logging in, and a page that is not for everybody."""
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
