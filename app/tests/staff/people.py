"""Those who work in the shop, and browsers that they are logged in with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher

from app.factory import Shop
from app.web.testing import Browser, another_browser
from domains import accounts
from domains.accounts import totp
from domains.kit import Actor, Database

ACTOR = Actor.system("tests")
PASSWORD = "five blue kettles"
SECRET = "JBSWY3DPEHPK3PXP"  # of everybody's authenticator app, as in the demo


@cache
def password_hash() -> str:
    return PasswordHasher().hash(PASSWORD)


async def member(db: Database, role: str, *, email: str = "", enrolled: bool = True) -> UUID:
    """Who has this role, by his mail address (`role@example.com`); made where there is nobody yet."""
    address = email or f"{role}@example.com"
    async with db.transaction(ACTOR) as tx:
        found = await accounts.find_account(tx, address)
        if found is not None:
            return found
        made = await accounts.create_staff(
            tx,
            email=address,
            role=role,
            first_name=role.capitalize(),
            last_name="Example",
            password_hash=password_hash(),
        )
        if enrolled:
            await accounts.enrol_app(tx, made.id, SECRET)
        return made.id


async def enter(http: Browser, account_id: UUID, *, second_factor: bool = True) -> str:
    """Log this browser in without its typing anything; the session's token."""
    async with db_of(http.shop).transaction(ACTOR) as tx:
        token = await accounts.open_session(tx, account_id, device="Firefox on Linux")
        if second_factor:
            token = await accounts.pass_second_factor(tx, token)
    http.cookies.set("session", token, domain="127.0.0.1")
    return token


@asynccontextmanager
async def staff_in(shop: Shop, role: str, *, second_factor: bool = True) -> AsyncIterator[Browser]:
    """A browser of its own on a running shop, in which somebody of this role is logged in."""
    account_id = await member(db_of(shop), role)
    async with another_browser(shop) as http:
        await enter(http, account_id, second_factor=second_factor)
        yield http


async def code_of(db: Database, *, steps: int = 0) -> str:
    """What the authenticator app shows at the shop's time, or so many half minutes later."""
    async with db.transaction(ACTOR) as tx:
        now = int((await tx.now()).timestamp())
    return totp.code_at(SECRET, now // totp.STEP + steps)


async def grow_stale(http: Browser) -> None:
    """The password was given half an hour ago."""
    async with db_of(http.shop).transaction(ACTOR) as tx:
        await tx.sql("UPDATE accounts.sessions SET authenticated_at = kit.now() - interval '30 minutes'")


def db_of(shop: Shop) -> Database:
    db: Database = shop.litestar.state.db
    return db
