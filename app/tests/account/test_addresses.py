"""The address book on the web."""

import re
from uuid import uuid4

import pytest

from app.tests.account.people import db_of, member
from app.web.testing import another_browser
from domains import accounts
from domains.kit import Actor

HOME = {
    "country": "US", "name": "Ada Byron", "line1": "12 Pine St", "city": "Portland", "state": "OR",
    "postal_code": "97201", "label": "home",
}  # fmt: skip


async def book(http, account_id):
    async with db_of(http).transaction(Actor.guest()) as tx:
        return await accounts.addresses(tx, account_id)


async def test_addresses_are_added_changed_offered_first_and_deleted(http):
    account_id = await member(http)

    first = await http.post("/account/addresses", data=HOME)
    await http.post("/account/addresses", data={**HOME, "line1": "9 Dock Rd", "label": "work"})
    home, work = await book(http, account_id)
    await http.post(f"/account/addresses/{work.id}", data={**HOME, "line1": "10 Dock Rd", "label": "work"})
    await http.post(f"/account/addresses/{work.id}/default")

    assert first.headers["location"] == "/account/addresses?done=saved"
    assert (home.is_default, home.address.state, work.is_default) == (True, "OR", False)
    page = (await http.get("/account/addresses")).text
    assert page.index("10 Dock Rd") < page.index("12 Pine St")
    await http.post(f"/account/addresses/{work.id}/remove")
    (left,) = await book(http, account_id)
    assert (left.id, left.is_default) == (home.id, True)


async def test_name_and_phone_are_not_asked_for_again(http):
    account_id = await member(http)
    async with db_of(http).transaction(Actor.guest()) as tx:
        await accounts.change_profile(tx, account_id, first_name="Ada", last_name="Byron", phone="+15035550100")

    page = (await http.get("/account/addresses/new")).text

    assert 'value="Ada Byron"' in page
    assert 'value="+15035550100"' in page
    assert 'autocomplete="address-line1"' in page


async def test_what_is_wrong_is_told_at_the_field(http):
    account_id = await member(http)

    answer = await http.post("/account/addresses", data={**HOME, "line1": "", "postal_code": "ABC"})

    assert answer.status_code == 422
    assert {'id="line1-error"', 'id="postal_code-error"'} <= set(re.findall(r'id="\w+-error"', answer.text))
    assert await book(http, account_id) == []


async def test_another_country_asks_for_its_own_fields_and_keeps_what_was_typed(http):
    await member(http)
    typed = {**HOME, "country": "DE", "line1": "Lindenweg 4"}

    whole = await http.post("/account/addresses/country", data=typed)
    part = await http.htmx("POST", "/account/addresses/country", data=typed)

    for answer in (whole, part):
        assert answer.status_code == 200
        assert 'value="Lindenweg 4"' in answer.text
        assert 'name="state"' not in answer.text
    assert "<h1>" in whole.text
    assert part.text.strip().startswith('<div class="stack address-fields" id="address-fields">')


async def test_the_country_of_a_known_address_is_changed_and_it_stays_that_address(http):
    account_id = await member(http)
    await http.post("/account/addresses", data=HOME)
    (home,) = await book(http, account_id)

    shown = await http.post("/account/addresses/country", data={**HOME, "country": "DE", "address_id": str(home.id)})

    assert f'action="/account/addresses/{home.id}"' in shown.text


@pytest.mark.parametrize("whose", ["another's", "nobody's"])
async def test_addresses_of_others_are_as_unknown_as_those_of_nobody(http, whose):
    account_id = await member(http)
    await http.post("/account/addresses", data=HOME)
    (home,) = await book(http, account_id)
    wanted = home.id if whose == "another's" else uuid4()

    async with another_browser(http.shop) as thief:
        await member(thief, "eve@example.com")
        answers = [
            await thief.get(f"/account/addresses/{wanted}"),
            await thief.post(f"/account/addresses/{wanted}", data=HOME),
            await thief.post(f"/account/addresses/{wanted}/default"),
            await thief.post(f"/account/addresses/{wanted}/remove"),
            await thief.post("/account/addresses/country", data={**HOME, "address_id": str(wanted)}),
        ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert all("Pine" not in answer.text for answer in answers[:1])
    assert [entry.address for entry in await book(http, account_id)] == [home.address]


async def test_markup_in_an_address_is_text(http):
    await member(http)
    await http.post("/account/addresses", data={**HOME, "name": "<img src=x onerror=alert(1)>"})

    page = (await http.get("/account/addresses")).text

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
