"""Who works here comes in by two steps, and by nothing less."""

from app.tests.staff.people import PASSWORD, code_of, member
from app.web.testing import another_browser


async def test_staff_browser_is_let_in(staff_browser):
    owner = await staff_browser("owner")

    assert (await owner.get("/staff/password")).status_code == 303


async def test_a_log_in_takes_the_password_and_then_the_code(shop, live_db):
    await member(live_db, "manager")

    first = await shop.post("/account/login", data={"email": "manager@example.com", "password": PASSWORD})
    asked = await shop.get(first.headers["location"])
    code = await code_of(live_db)
    second = await shop.post("/staff/second-factor", data={"code": code, "next": "/staff"})

    assert first.headers["location"] == "/staff/second-factor?next=%2Fstaff"
    assert "authenticator app" in asked.text
    assert (second.status_code, second.headers["location"]) == (303, "/staff")
    assert (await shop.get("/staff/password")).headers["location"] == "/staff"
    async with another_browser(shop.shop) as other:
        await other.post("/account/login", data={"email": "manager@example.com", "password": PASSWORD})
        again = await other.post("/staff/second-factor", data={"code": code})
        assert again.status_code == 422
        assert "used already" in again.text
