"""Messages of the contact form are answered from the back office, beside the customer and the order they are about."""

import re
from uuid import UUID

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import ACTOR, password_hash
from app.web.testing import Browser
from domains import accounts, content, notifications
from domains.kit import Database, new_id
from domains.kit.deliveries import hear_now
from domains.orders import OrderHead, OrderStatus
from domains.orders.tests.factories import brought_to

ANA = "ana@example.com"


@pytest.fixture
async def order(live_db: Database) -> OrderHead:
    async with live_db.transaction(ACTOR) as tx:
        return await brought_to(tx, OrderStatus.CONFIRMED, email=ANA)


async def wrote(db: Database, *, email: str = ANA, number: str = "", body: str = "Where is <b>it</b>?") -> UUID:
    async with db.transaction(ACTOR) as tx:
        return await content.receive_message(tx, name="Ana Pop", email=email, body=body, order_number=number)


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]+)"', page))


async def test_a_message_is_answered_by_mail_once_and_told_on_the_orders_timeline(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    message_id = await wrote(live_db, number=order.number)
    support = await staff_browser("support")
    at = f"/staff/messages/{message_id}"

    page = (await support.get(at)).text
    empty = await support.post(f"{at}/answers", data={**form_of(page), "answer": " "})
    sent = [
        await support.post(f"{at}/answers", data={**form_of(page), "answer": "On its <i>way</i>."}) for _press in "ab"
    ]
    async with live_db.transaction(ACTOR) as tx:
        (subscriber,) = notifications.SUBSCRIBERS
        await hear_now(tx, subscriber)
        mails = (
            await tx.sql("SELECT order_id FROM notifications.notifications WHERE template_name = 'message_answer'")
        ).all()
    after, timeline = (await support.get(at)).text, (await support.get(f"/staff/orders/{order.number}")).text

    assert "Where is &lt;b&gt;it&lt;/b&gt;?" in page
    assert f"/staff/orders/{order.number}" in page
    assert (empty.status_code, [each.status_code for each in sent]) == (422, [303, 303])
    assert [row.order_id for row in mails] == [order.id]
    assert after.count("On its &lt;i&gt;way&lt;/i&gt;.") == 1
    assert "Support Example" in after
    for told in ("The customer wrote", "On its &lt;i&gt;way&lt;/i&gt;.", f'href="{at}"', "message answer"):
        assert told in timeline


async def test_of_two_who_answer_the_second_keeps_his_words_and_is_told(
    staff_browser: StaffBrowser, live_db: Database
) -> None:
    message_id = await wrote(live_db)
    support, owner = await staff_browser("support"), await staff_browser("owner")
    at = f"/staff/messages/{message_id}"
    first, second = form_of((await support.get(at)).text), form_of((await owner.get(at)).text)

    await support.post(f"{at}/answers", data={**first, "answer": "It is on its way."})
    refused = await owner.post(f"{at}/answers", data={**second, "answer": "It is lost."})
    again = await owner.post(f"{at}/answers", data={**form_of(refused.text), "answer": "It is not lost."})

    assert refused.status_code == 409
    assert "Somebody has answered this message meanwhile." in refused.text
    assert ">It is lost.</textarea>" in refused.text
    assert "It is on its way." in refused.text
    assert again.status_code == 303


async def test_who_names_an_order_that_is_not_his_is_not_taken_for_its_buyer(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    message_id = await wrote(live_db, email="eve@example.com", number=order.number, body="Send it elsewhere")
    support = await staff_browser("support")

    page = (await support.get(f"/staff/messages/{message_id}")).text
    timeline = (await support.get(f"/staff/orders/{order.number}")).text

    assert "That order has another mail address" in page
    assert "Send it elsewhere" not in timeline


async def test_messages_are_found_by_state_address_and_order_and_every_look_is_written_down(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    about, other = await wrote(live_db, number=order.number), await wrote(live_db, email="bo@example.com")
    support = await staff_browser("support")

    async def found(query: str) -> set[UUID]:
        page = (await support.get("/staff/messages?" + query)).text
        return {UUID(each) for each in re.findall(r'href="/staff/messages/([0-9a-f-]{36})"', page)}

    assert await found("") == {about, other}
    assert await found("q=ANA%40example.com") == {about}
    assert await found(f"q={order.number.lower()}") == {about}
    assert (await support.post(f"/staff/messages/{other}/closing")).status_code == 303
    assert await found("state=open") == {about}
    assert await found("state=closed") == {other}
    assert (await support.post(f"/staff/messages/{other}/reopening")).status_code == 303
    assert await found("state=open") == {about, other}
    assert "Messages to answer" in (await support.get("/staff")).text
    many = {"action": "close", "row": [str(about), str(other)], "confirmed": "on", "count": "2"}
    assert (await support.post("/staff/messages/bulk", data=many)).status_code == 303
    assert await found("state=open") == set()
    await support.get(f"/staff/messages/{about}")
    async with live_db.transaction(ACTOR) as tx:
        looks = await tx.sql(
            "SELECT note FROM audit.entries WHERE action = 'message.seen' AND subject_id = :id", {"id": str(about)}
        )
        assert looks.scalars().all() == ["message page"]
    assert (await support.get(f"/staff/messages/{new_id()}")).status_code == 404


async def test_what_a_customer_wrote_stands_on_his_page(staff_browser: StaffBrowser, live_db: Database) -> None:
    async with live_db.transaction(ACTOR) as tx:
        made = await accounts.register(tx, email=ANA, password_hash=password_hash(), first_name="Ana")
    message_id = await wrote(live_db, email="Ana@Example.com")
    support, finance = await staff_browser("support"), await staff_browser("finance")
    async with live_db.transaction(ACTOR) as tx:
        await content.answer_message(tx, message_id, "Next week.", answer_id=new_id(), seen=0)

    page = (await support.get(f"/staff/customers/{made}")).text

    assert "Where is &lt;b&gt;it&lt;/b&gt;?" in page
    assert "Next week." in page
    assert f'href="/staff/customers/{made}"' in (await support.get(f"/staff/messages/{message_id}")).text
    assert "Next week." not in (await finance.get(f"/staff/customers/{made}")).text


async def test_the_contact_form_pressed_twice_is_one_message(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(ACTOR) as tx:
        await content.plant_defaults(tx)
    page = (await shop.get("/pages/contact")).text
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    words = {"name": "Ana", "email": ANA, "message": "Do you engrave?", "key": found[1]}

    pressed = [await shop.post("/pages/contact", data=words) for _press in "ab"]
    other = await shop.post("/pages/contact", data={**words, "message": "And in gold?"})

    assert [each.status_code for each in (*pressed, other)] == [303, 303, 303]
    async with live_db.transaction(ACTOR) as tx:
        assert (await tx.sql("SELECT count(*) FROM content.messages")).scalar_one() == 2
