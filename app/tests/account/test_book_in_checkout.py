"""Whoever has an account fills the checkout's fields from his book, and puts a new address into it on the way."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.tests.account.people import enter, member
from app.tests.market import HOME, Market, Shopper, open_market, text
from app.web.address_fields import typed_of
from domains import accounts
from domains.accounts.tests.factories import HOME as PORTLAND
from domains.checkout import ADDRESS_FIELDS
from domains.checkout.tests.factories import STAFF
from domains.kit import Address, Database

pytestmark = pytest.mark.slow

NEW_YORK = Address(
    name="Ada Byron", line1="350 Fifth Avenue", city="New York", postal_code="10118", country="US", state="NY"
)
BERLIN = Address(name="Ada Byron", line1="Lindenweg 4", city="Berlin", postal_code="10115", country="DE")


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def a_member(market: Market, *addresses: Address) -> tuple[Shopper, list[UUID]]:
    """A shopper who is logged in, with a full cart, before the address step."""
    shopper = await market.shopper()
    account_id = await member(shopper.http, shopper.email)
    async with market.db.transaction(STAFF) as tx:
        ids = [(await accounts.save_address(tx, account_id, address)).id for address in addresses]
    await shopper.add()
    assert (await shopper.contact()).status_code == 303
    return shopper, ids


async def enter_address(shopper: Shopper, **fields: Any) -> httpx.Response:
    return await shopper.post("/checkout/address", **{"billing_same": "on", **fields})


async def address_page(shopper: Shopper) -> httpx.Response:
    page = await shopper.http.get("/checkout/address")
    assert page.status_code == 200
    return page


def standing(page: httpx.Response, prefix: str = "") -> dict[str, str]:
    """What the fields hold: the truth of the page, and what a browser sends with Continue."""
    inputs = re.findall(rf'<input class="input"[^>]* name="{prefix}(\w+)" value="([^"]*)"', page.text)
    selects = re.findall(rf'<select class="input"[^>]* name="{prefix}(\w+)"(.*?)</select>', page.text, re.DOTALL)
    chosen = [(name, value) for name, options in selects for value in re.findall(r'value="([^"]*)" selected', options)]
    return {name: value for name, value in [*inputs, *chosen] if name in ADDRESS_FIELDS}


def marked(page: httpx.Response, prefix: str = "") -> list[str]:
    """The buttons of the book that say that theirs is the address in the fields."""
    buttons = re.findall(rf'name="{prefix}saved_address" value="([^"]*)"[^>]*aria-pressed="(\w+)"', page.text)
    return [value for value, pressed in buttons if pressed == "true"]


async def press(shopper: Shopper, address_id: UUID, prefix: str = "", **fields: Any) -> httpx.Response:
    """Press a button of the book without scripts: the form goes along, and the page is loaded anew."""
    sent = {"billing_same": "on", **fields, f"{prefix}saved_address": str(address_id)}
    answer = await shopper.post("/checkout/address/fields", **sent)
    assert answer.status_code == 303
    return await shopper.http.get(answer.headers["location"])


async def lines_of(market: Market) -> list[str]:
    async with market.db.transaction(STAFF) as tx:
        rows = await tx.sql("SELECT id FROM accounts.accounts ORDER BY created_at")
        return [
            entry.address.line1
            for account_id in list(rows.scalars())
            for entry in await accounts.addresses(tx, account_id)
        ]


async def test_a_member_with_a_default_address_just_goes_on(market: Market) -> None:
    shopper, (portland, _new_york) = await a_member(market, PORTLAND, NEW_YORK)

    page = await address_page(shopper)
    answer = await enter_address(shopper, **standing(page))

    assert marked(page) == [str(portland)]
    assert standing(page) == typed_of(PORTLAND)
    assert answer.headers["location"] == "/checkout/shipping"


async def test_prices_follow_the_address_that_was_pressed(market: Market) -> None:
    shopper, ids = await a_member(market, PORTLAND, NEW_YORK)

    taxes = []
    for address_id in ids:
        page = await press(shopper, address_id)
        assert marked(page) == [str(address_id)]
        assert (await enter_address(shopper, **standing(page))).status_code == 303
        await shopper.post("/checkout/shipping", method=str(market.goods.standard))
        taxes.append(re.findall(r"Tax \$([\d.]+)", text(await shopper.http.get("/checkout/payment"))))
        assert marked(await address_page(shopper)) == [str(address_id)]

    assert taxes == [["0.00"], ["2.22"]]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_pressed_address_fills_its_fields_and_nothing_else_is_lost(market: Market, scripts: bool) -> None:
    shopper, (_portland, new_york) = await a_member(market, PORTLAND, NEW_YORK)
    typed = {"country": "US", "name": "Ida", "line1": "4 Pine Street", "postal_code": "not yet", "save": "on"}
    sent = {**typed, "billing_country": "DE", "billing_name": "Mara", "billing_saved_address": str(new_york)}

    answer = await shopper.http.htmx("POST", "/checkout/address/fields", data=sent) if scripts else None
    page = answer or await press(shopper, new_york, "billing_", **{**sent, "billing_same": ""})

    assert ("<html" in page.text) is not scripts
    assert ("Ada Byron, 350 Fifth Avenue is filled in." in text(page)) is scripts
    assert (marked(page), marked(page, "billing_")) == ([], [str(new_york)])
    assert standing(page, "billing_").items() <= typed_of(NEW_YORK).items()
    assert {name: value for name, value in standing(page).items() if value} == {
        name: value for name, value in typed.items() if name != "save"
    }
    assert re.search(r'name="save" value="on" checked', page.text)
    assert not re.search(r'name="billing_same" value="on" checked', page.text)
    assert "There is a problem" not in page.text
    assert await lines_of(market) == ["12 Pine St", "350 Fifth Avenue"]


async def test_another_address_is_typed_over_it_and_kept_if_it_is_wished(market: Market) -> None:
    shopper, _ids = await a_member(market, PORTLAND)

    wrong = await enter_address(shopper, **{**HOME, "save": "on", "postal_code": "ABC"})
    assert (wrong.status_code, marked(wrong)) == (422, [])
    assert re.search(r'name="save" value="on" checked', wrong.text)
    assert await lines_of(market) == ["12 Pine St"]
    await enter_address(shopper, **HOME)
    assert await lines_of(market) == ["12 Pine St"]
    assert marked(await address_page(shopper)) == []
    for _twice in range(2):
        done = await enter_address(shopper, **{**HOME, "save": "on"})

    assert done.headers["location"] == "/checkout/shipping"
    assert await lines_of(market) == ["12 Pine St", "350 Fifth Avenue"]
    assert len(marked(await address_page(shopper))) == 1


async def test_the_first_address_of_a_member_is_kept_unless_he_says_no(market: Market) -> None:
    shopper, _none = await a_member(market)

    page = await address_page(shopper)

    assert "From your address book" not in page.text
    assert standing(page)["name"] == "Ada Byron"
    assert re.search(r'name="save" value="on" checked', page.text)
    await enter_address(shopper, **HOME, save="on")
    assert await lines_of(market) == ["350 Fifth Avenue"]


async def test_guests_are_offered_no_book_and_keep_nothing(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.add()
    await shopper.contact()

    page = await address_page(shopper)
    assert 'name="save' not in page.text
    assert "address book" not in page.text
    assert (await enter_address(shopper, **HOME, save="on")).status_code == 303
    assert await lines_of(market) == []
    assert (await shopper.post("/checkout/address/fields", saved_address=str(uuid4()))).status_code == 404


@pytest.mark.parametrize("prefix", ["", "billing_"])
async def test_an_address_of_somebody_else_cannot_be_chosen(market: Market, prefix: str) -> None:
    owner, (address_id,) = await a_member(market, PORTLAND)
    thief, _own = await a_member(market, NEW_YORK)
    typed = {**HOME, f"{prefix}line1": "4 Pine Street"}

    answers = [
        await thief.post("/checkout/address/fields", **typed, **{f"{prefix}saved_address": wanted})
        for wanted in (str(address_id), str(uuid4()), "nonsense")
    ]
    page = await address_page(thief)

    assert [answer.status_code for answer in answers] == [404] * 3
    assert not any("12 Pine St" in answer.text for answer in (*answers, page))
    assert standing(page) == typed_of(NEW_YORK)
    assert owner.http is not thief.http


async def test_a_saved_address_is_no_field_of_what_goes_on(market: Market) -> None:
    shopper, (portland,) = await a_member(market, PORTLAND)

    answer = await enter_address(shopper, **HOME, saved_address=str(portland))

    assert answer.status_code == 422
    assert (await shopper.http.get("/checkout")).headers["location"] == "/checkout/address"


async def test_an_address_that_cannot_be_reached_is_shown_as_such_and_not_offered(market: Market) -> None:
    shopper, (berlin, portland) = await a_member(market, BERLIN, PORTLAND)

    page = await address_page(shopper)

    assert standing(page) == typed_of(PORTLAND)
    assert marked(page) == [str(portland)]
    assert re.search(rf'name="saved_address" value="{berlin}"[^>]* disabled', page.text)
    assert "Berlin, Germany – we do not deliver there" in text(page)
    assert not re.search(rf'name="billing_saved_address" value="{berlin}"[^>]* disabled', page.text)


async def test_the_bill_goes_to_another_address_of_the_book(market: Market) -> None:
    shopper, (portland, berlin) = await a_member(market, PORTLAND, BERLIN)

    filled = await press(shopper, berlin, "billing_", **typed_of(PORTLAND), billing_same="")
    bill = {f"billing_{field}": value for field, value in standing(filled, "billing_").items()}
    answer = await enter_address(shopper, **standing(filled), **bill, billing_same="")
    await shopper.post("/checkout/shipping", method=str(market.goods.standard))
    page = await shopper.http.get("/checkout/payment")

    assert answer.headers["location"] == "/checkout/shipping"
    assert "Deliver to Ada Byron 12 Pine St" in text(page)
    assert "Bill to Ada Byron Lindenweg 4" in text(page)
    again = await address_page(shopper)
    assert (marked(again), marked(again, "billing_")) == ([str(portland)], [str(berlin)])


async def test_a_deleted_address_does_not_change_what_was_entered_with_it(market: Market) -> None:
    shopper, (portland,) = await a_member(market, PORTLAND)
    await enter_address(shopper, **standing(await address_page(shopper)))

    await shopper.post(f"/account/addresses/{portland}/remove")

    assert (await shopper.http.get("/checkout")).headers["location"] == "/checkout/shipping"
    assert 'value="12 Pine St"' in (await address_page(shopper)).text


async def test_a_second_device_goes_on_with_the_same_cart_and_checkout(market: Market) -> None:
    shopper, _ids = await a_member(market, PORTLAND)
    await enter_address(shopper, **standing(await address_page(shopper)))
    phone = await market.shopper()
    async with market.db.transaction(STAFF) as tx:
        account_id = await accounts.find_account(tx, shopper.email)
        assert account_id is not None
    await enter(phone.http, account_id)

    assert (await phone.http.get("/checkout")).headers["location"] == "/checkout/shipping"
    page = await phone.http.get("/checkout/shipping")

    assert "12 Pine St" in page.text
