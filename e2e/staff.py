"""How those who work in the shop come in, through its pages."""

from datetime import datetime

from playwright.sync_api import Page, expect

from app.seed.shop import PASSWORD, STAFF_CODES
from domains.accounts import totp
from e2e import steps
from e2e.stage import Stage


def code(shop: Stage, secret: str = STAFF_CODES) -> str:
    """What the authenticator app shows now, by the shop's clock."""
    moment: datetime = shop.sql("SELECT kit.now() AS now")[0]["now"]
    return totp.code_at(secret, int(moment.timestamp()) // totp.STEP)


def enter(page: Page, shop: Stage, role: str, *, to: str = "/staff") -> None:
    """Log in as the demo's person of this role, by password and code, on the way to a page."""
    # A journey is quicker than a person: the code of this half minute may have served the one before.
    shop.sql(
        "UPDATE accounts.totp_secrets SET last_step = NULL WHERE account_id ="
        " (SELECT id FROM accounts.accounts WHERE role = $1 AND account_status = 'active' ORDER BY created_at LIMIT 1)",
        role,
    )
    page.goto(to)
    steps.fill_log_in(page, f"{role}@example.com", PASSWORD)
    give_code(page, code(shop))
    expect(page.get_by_role("heading", level=1, name="Second step")).to_have_count(0)


def come_back(page: Page, shop: Stage, role: str, session: str, *, to: str) -> bool:
    """Go on with the log-in of an earlier window as if it were made now; false where it counts no more."""
    shop.sql(
        "UPDATE accounts.sessions SET authenticated_at = kit.now(), last_seen_at = kit.now(), acting_as = NULL"
        " WHERE account_id IN (SELECT id FROM accounts.accounts WHERE role = $1)",
        role,
    )
    page.context.add_cookies([{"name": "session", "value": session, "url": shop.url}])
    page.goto(to)
    return "/account/login" not in page.url and "/second-factor" not in page.url


def session_of(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session")


def give_code(page: Page, words: str) -> None:
    steps.at(page, "Second step")
    page.get_by_role("textbox", name="Code").fill(words)
    page.get_by_role("button", name="Go on").click()
