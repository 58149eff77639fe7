"""Members of the shop and what they do, over HTTP."""

from datetime import timedelta
from functools import cache
from uuid import UUID

import httpx
from argon2 import PasswordHasher

from app.web.testing import Browser
from domains import accounts, store
from domains.kit import Actor, Database, events
from domains.kit.clock import shift

ACTOR = Actor.system("tests")
ADA, NEW = "ada@example.com", "ada@new.example"
PASSWORD, OTHER_PASSWORD = "five blue kettles", "seven green lamps"
SHOP = store.ShopDetails(
    name="Meander", legal_name="Meander Goods LLC", address=("12 Pine St", "Portland, OR 97201"), country="US",
    currency="USD", time_zone="America/Los_Angeles", prices_include_tax=False, sender_email="hello@meander.example",
    alerts_email="orders@meander.example", countries=("US", "DE"),
)  # fmt: skip


def db_of(http: Browser) -> Database:
    db: Database = http.shop.litestar.state.db
    return db


@cache
def _hash() -> str:
    return PasswordHasher().hash(PASSWORD)


async def member(http: Browser, email: str = ADA, *, logged_in: bool = True, first_name: str = "Ada") -> UUID:
    """An account with `PASSWORD`, and this browser logged in to it."""
    async with db_of(http).transaction(Actor.guest()) as tx:
        account_id = await accounts.register(
            tx, email=email, password_hash=_hash(), first_name=first_name, last_name="Byron"
        )
        assert account_id is not None
    if logged_in:
        await enter(http, account_id)
    return account_id


async def enter(http: Browser, account_id: UUID, *, device: str = "") -> str:
    """Log this browser in without its typing a password; the session's token."""
    async with db_of(http).transaction(ACTOR) as tx:
        token = await accounts.open_session(tx, account_id, device=device)
    http.cookies.set("session", token, domain="127.0.0.1")
    return token


async def log_in(http: Browser, email: str = ADA, password: str = PASSWORD) -> httpx.Response:
    return await http.post("/account/login", data={"email": email, "password": password})


async def link(http: Browser, account_id: UUID, purpose: str, *, about_change: bool = False) -> str:
    """The token of a link as the mail would carry it."""
    async with db_of(http).transaction(ACTOR) as tx:
        change = await accounts.open_email_change(tx, account_id) if about_change else None
        return await accounts.issue_token(tx, account_id, purpose, email_change_id=change.id if change else None)


async def facts(http: Browser, account_id: UUID) -> list[str]:
    async with db_of(http).transaction(ACTOR) as tx:
        return [event.type for event in await events.history(tx, "user", account_id)]


async def later(http: Browser, **after: float) -> None:
    """So much later by the shop's clock."""
    async with db_of(http).transaction(ACTOR) as tx:
        await shift(tx, timedelta(**after))


async def is_logged_in(http: Browser) -> bool:
    return (await http.get("/account")).status_code == 200
