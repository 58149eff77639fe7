"""Who may see and do what about returns and refunds, and what staff enter themselves."""

import pytest

from app.tests.market import text
from app.tests.test_returns_and_refunds import asked_back, key_of
from app.web.testing import Browser
from domains import returns
from domains.checkout.tests.factories import STAFF
from domains.kit import Database
from domains.returns import ReturnStatus
from domains.returns.tests.factories import sold


@pytest.mark.parametrize(
    ("role", "sees_returns", "does_returns", "sees_refunds"),
    [
        ("owner", 200, True, 200),
        ("manager", 200, True, 200),
        ("support", 200, False, 403),
        ("warehouse", 200, True, 403),
        ("finance", 200, False, 200),
        ("marketing", 403, False, 403),
    ],
)
async def test_each_role_does_what_it_may(
    staff_browser, live_db, role: str, sees_returns: int, does_returns: bool, sees_refunds: int
) -> None:
    async with live_db.transaction(STAFF) as tx:
        order = await sold(tx)
    back = await asked_back(live_db, order, 1)
    http = await staff_browser(role)

    pages = [(await http.get(url)).status_code for url in ("/staff/returns", f"/staff/returns/{back.number}")]
    rejected = await http.post(f"/staff/returns/{back.number}/rejection", data={"answer": "No."})
    refunds = await http.get("/staff/refunds")
    form = await http.get(f"/staff/orders/{order.number}/refund")

    assert pages == [sees_returns] * 2
    assert rejected.status_code == (303 if does_returns else 403)
    assert (refunds.status_code, form.status_code) == (sees_refunds, sees_refunds)


async def test_nobody_without_a_log_in_sees_or_does_anything(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        order = await sold(tx)
    back = await asked_back(live_db, order, 1)

    for url in ("/staff/returns", "/staff/refunds", f"/staff/orders/{order.number}/refund"):
        answer = await shop.get(url)
        assert answer.status_code == 303
        assert "/account/login" in answer.headers["location"]
    await shop.post(f"/staff/returns/{back.number}/approval", data={})

    async with live_db.transaction(STAFF) as tx:
        assert (await returns.return_(tx, back.id)).status is ReturnStatus.REQUESTED


async def test_staff_make_a_return_and_give_more_time(staff_browser, live_db) -> None:
    async with live_db.transaction(STAFF) as tx:
        order = await sold(tx)
    http = await staff_browser("warehouse")
    form = await http.get(f"/staff/orders/{order.number}/returns")
    line = order.lines[0].id

    nothing = await http.post(f"/staff/orders/{order.number}/returns", data={"key": key_of(form)})
    made = await http.post(
        f"/staff/orders/{order.number}/returns",
        data={
            "key": key_of(form),
            f"quantity-{line}": "1",
            f"reason-{line}": "wrong_item",
            "note": "Said on the phone.",
        },
    )
    page = await http.get(made.headers["location"])
    extended = await http.post(
        f"/staff/orders/{order.number}/return-window",
        data={"until": "2099-01-01", "reason": "ill", "back": made.headers["location"].rpartition("/")[2]},
    )
    after = await http.get(extended.headers["location"])

    assert (nothing.status_code, made.status_code, extended.status_code) == (422, 303, 303)
    assert "Said on the phone." in text(page)
    assert "2099" in text(after)
