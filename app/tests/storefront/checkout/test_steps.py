"""The steps of checkout as browsers meet them, plain and through htmx."""

import re

import pytest

from app.tests.storefront.checkout.face import HOME, Face, text
from domains.checkout.tests.factories import assert_books_agree, sellable, statuses

pytestmark = pytest.mark.slow


async def test_a_guest_walks_through_the_steps_and_is_thanked(face: Face) -> None:
    await face.fill_cart(2)

    page = await face.walk()
    answer = await face.pay(page, notes="Leave it with the neighbour, please.")
    thanks = await face.http.get(answer.headers["location"])

    assert page.status_code == 200
    assert "Pay $48.99" in text(page)
    assert answer.status_code == 303
    assert re.match(r"/orders/ORD-\d{8}-\w{4}\?thanks=1$", answer.headers["location"])
    assert thanks.status_code == 200
    assert "Thank you" in thanks.text
    assert re.search(r"ORD-\d{8}-\w{4}", thanks.text)
    assert await statuses(face.db) == [("confirmed", None)]
    assert (await face.http.get("/checkout", follow_redirects=True)).url.path == "/cart"
    await assert_books_agree(face.db, face.sandbox)


async def test_checkout_leads_to_the_first_step_that_is_not_done(face: Face) -> None:
    await face.fill_cart()
    first = await face.http.get("/checkout")
    ahead = await face.http.get("/checkout/payment")
    await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    second = await face.http.get("/checkout")

    assert first.headers["location"] == "/checkout/contact"
    assert ahead.headers["location"] == "/checkout/contact"
    assert second.headers["location"] == "/checkout/address"


async def test_an_empty_cart_has_no_checkout(face: Face) -> None:
    shown = await face.http.get("/checkout/contact")
    sent = await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    paid = await face.http.post("/checkout/payment", data={"key": "k", "total": "1"})

    assert shown.headers["location"] == "/cart"
    assert (sent.status_code, paid.status_code) == (409, 409)
    assert await statuses(face.db) == []


async def test_reading_the_pages_holds_nothing_and_the_first_continue_does(face: Face) -> None:
    await face.fill_cart(3)
    page = await face.http.get("/checkout/contact")
    read = await sellable(face.db, face.shop.variant_id)

    await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    next_page = await face.http.get("/checkout/address")

    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "private, no-store"
    assert read == (10, 0, 0)
    assert await sellable(face.db, face.shop.variant_id) == (10, 3, 0)
    assert "keeping these things for you for another 15 minutes" in text(next_page)
    assert "I need more time" in text(next_page)


@pytest.mark.parametrize("email", ["", "ada", "ada@", "ada@example", "a da@example.com", "x" * 300 + "@example.com"])
async def test_a_mail_address_that_cannot_be_is_told_at_the_field(face: Face, email: str) -> None:
    await face.fill_cart()

    answer = await face.http.post("/checkout/contact", data={"email": email})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert 'href="#email"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{email}"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"line1": ""}, "line1"),
        ({"city": ""}, "city"),
        ({"state": ""}, "state"),
        ({"postal_code": "nonsense"}, "postal_code"),
        ({"postal_code": "94107"}, "postal_code"),
        ({"country": "FR"}, "country"),
        ({"country": "XX"}, "country"),
        ({"country": "DE", "state": "", "postal_code": "10117", "city": "Berlin"}, "country"),
        ({"phone": "12"}, "phone"),
        ({"name": "x" * 201}, "name"),
    ],
)
async def test_an_address_that_cannot_be_is_told_at_its_field_and_the_rest_is_kept(
    face: Face, wrong: dict[str, str], field: str
) -> None:
    await face.fill_cart()
    await face.walk(to="address")

    answer = await face.http.post("/checkout/address", data={**HOME, **wrong})
    later = await face.http.get("/checkout/address")

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    for kept in ("Ada Lovelace", "350 Fifth Avenue"):
        if kept not in {HOME.get(name) for name in wrong}:
            assert kept in answer.text
            assert kept in later.text
    assert (await face.http.get("/checkout/shipping")).headers["location"] == "/checkout/address"


async def test_every_wrong_field_is_told_at_once_and_through_htmx_only_the_step_is_drawn(face: Face) -> None:
    await face.fill_cart()
    await face.walk(to="address")

    answer = await face.http.htmx(
        "POST", "/checkout/address", data={**HOME, "name": "", "postal_code": "1", "billing_same": ""}
    )

    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert answer.text.lstrip().startswith("<section")
    for field in ("name", "postal_code", "billing_name", "billing_line1"):
        assert f'href="#{field}"' in answer.text


async def test_through_htmx_a_good_step_leads_on(face: Face) -> None:
    await face.fill_cart()

    answer = await face.http.htmx("POST", "/checkout/contact", data={"email": "ada@example.com"})

    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/checkout/address"


async def test_another_country_asks_for_other_fields_with_and_without_scripts(face: Face) -> None:
    await face.fill_cart()
    await face.walk(to="address")
    typed = {**HOME, "country": "CA"}

    fragment = await face.http.htmx("POST", "/checkout/address/fields", data=typed)
    plain = await face.http.post("/checkout/address/fields", data=typed)
    page = await face.http.get(plain.headers["location"])

    assert 'id="address-fields"' in fragment.text
    assert "<html" not in fragment.text
    for answer in (fragment, page):
        assert '<option value="QC"' in answer.text
        assert '<option value="NY"' not in answer.text
        assert "350 Fifth Avenue" in answer.text
    assert plain.status_code == 303


async def test_the_address_is_asked_with_the_tokens_browsers_fill_in_by(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk(to="address")

    for token in ("name", "address-line1", "address-level2", "address-level1", "postal-code", "country", "tel"):
        assert f'autocomplete="shipping {token}"' in page.text
    assert page.text.index('id="country"') < page.text.index('id="name"')


async def test_delivery_is_offered_with_price_and_date_and_a_strange_one_is_refused(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk(to="shipping")
    refused = [
        await face.http.post("/checkout/shipping", data={"method": method})
        for method in ("", "nonsense", "01900000-0000-7000-8000-000000000000")
    ]

    assert "Standard" in page.text
    assert "$5.00" in page.text
    assert re.search(r"Arrives between \w+day, \w+ \d+ and \w+day, \w+ \d+", text(page))
    assert "$15.00" in page.text
    assert [answer.status_code for answer in refused] == [422, 422, 422]


async def test_what_was_entered_stands_above_with_links_to_change_it(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk()
    back = await face.http.get("/checkout/address")

    for entered in ("ada@example.com", "350 Fifth Avenue", "Standard"):
        assert entered in page.text
    for step in ("contact", "address", "shipping"):
        assert f'href="/checkout/{step}"' in page.text
    assert 'value="350 Fifth Avenue"' in back.text


async def test_tax_delivery_and_total_are_known_before_the_payment(face: Face) -> None:
    await face.fill_cart(2)

    first = await face.http.get("/checkout/contact")
    last = await face.walk()

    assert "Depends on the address" in text(first)
    for amount in ("$40.00", "$5.00", "$3.99", "$48.99"):
        assert amount in last.text


async def test_a_field_that_the_form_does_not_have_is_refused(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    for name, value in (("amount", "1"), ("discount", "9999"), ("currency", "JPY"), ("unit_price", "1")):
        assert (await face.pay(page, **{name: value})).status_code == 422
    for total in ("1e3", "-1", "1.0", "99999999999999999999", "١"):
        assert (await face.pay(page, total=total)).status_code in (409, 422)

    assert await statuses(face.db) == []
