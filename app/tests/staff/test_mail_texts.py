"""The shop's mails get the merchant's words on a page of the back office."""

from app.tests.staff.conftest import StaffBrowser
from domains import notifications
from domains.kit import Actor, Database
from domains.notifications import OwnWords


async def test_a_mail_gets_other_words_and_shows_them_first(staff_browser: StaffBrowser, live_db: Database):
    marketing = await staff_browser("marketing")
    page = "/staff/settings/mails/order_shipped"

    assert "Order shipped" in (await marketing.get("/staff/settings/mails")).text
    words = {"subject": "[[number]] is under way", "opening": "Hurray!"}
    looked = await marketing.post(page, data={**words, "then": "look"})
    assert "ORD-20260101-ABCD is under way" in looked.text
    assert (await marketing.post(page, data={**words, "opening": "[[card]]", "then": "save"})).status_code == 422
    assert (await marketing.post(page, data={**words, "then": "save"})).status_code == 303

    async with live_db.transaction(Actor.system("test")) as tx:
        assert await notifications.own_texts(tx) == {"order_shipped": OwnWords(**words)}
    assert (await marketing.get("/staff/settings/mails/no_such_mail")).status_code == 404
    assert (await marketing.get("/staff/settings/shop")).status_code == 403
