"""Whose checkout it is: members who log out and in on the way, and strangers."""

import pytest

from app.tests.storefront.checkout.face import HOME, Face, text
from app.web.testing import another_browser
from domains import accounts
from domains.checkout.tests.factories import STAFF

pytestmark = pytest.mark.slow


async def test_a_member_logged_out_on_the_way_goes_on_as_a_guest_at_the_same_step(face: Face) -> None:
    async with face.db.transaction(STAFF) as tx:
        account_id = await accounts.register(tx, email="ada@example.com", password_hash=accounts.NOBODY)
        assert account_id is not None
        session = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", session)
    await face.fill_cart()
    await face.walk()
    async with face.db.transaction(STAFF) as tx:
        await accounts.end_session(tx, session)

    page = await face.http.get("/checkout/payment")
    paid = await face.pay(page)

    assert page.status_code == 200
    assert "You have been logged out" in text(page)
    assert "/account/login?next=%2Fcheckout" in page.text
    assert "350 Fifth Avenue" in page.text
    assert paid.headers["location"].startswith("/orders/")
    async with face.db.transaction(STAFF) as tx:
        owner = (await tx.sql("SELECT user_id FROM orders.orders")).scalar_one()
    assert owner is None


async def test_a_member_who_logs_in_again_goes_on_where_he_was(face: Face) -> None:
    async with face.db.transaction(STAFF) as tx:
        account_id = await accounts.register(tx, email="ada@example.com", password_hash=accounts.NOBODY)
        assert account_id is not None
        session = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", session)
    await face.fill_cart()
    await face.walk()
    async with face.db.transaction(STAFF) as tx:
        await accounts.end_session(tx, session)
        again = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", again)

    page = await face.http.get("/checkout")
    paid = await face.pay(await face.http.get(page.headers["location"]))

    assert page.headers["location"] == "/checkout/payment"
    assert paid.headers["location"].startswith("/orders/")
    async with face.db.transaction(STAFF) as tx:
        owner = (await tx.sql("SELECT user_id FROM orders.orders")).scalar_one()
    assert owner == account_id


async def test_nobody_sees_the_checkout_of_somebody_else(face: Face) -> None:
    await face.fill_cart()
    await face.walk()

    async with another_browser(face.http.shop) as stranger:
        stranger.cookies.set("checkout", "guessed" * 6)
        stranger.cookies.set("cart", "guessed" * 6)
        shown = await stranger.get("/checkout/payment")
        changed = await stranger.post("/checkout/address", data=HOME)
        came_back = await stranger.get("/checkout/return")

    assert shown.headers["location"] == "/cart"
    assert changed.status_code == 409
    assert came_back.headers["location"] == "/cart"
