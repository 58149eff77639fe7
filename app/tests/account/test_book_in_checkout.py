"""Whoever has an account chooses among his addresses at the checkout, and puts a new one into his book on the way."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.tests.account.people import enter, member
from app.tests.market import HOME, Market, Shopper, open_market, text
from domains import accounts
from domains.accounts.tests.factories import HOME as PORTLAND
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


def chosen(page: httpx.Response, name: str = "saved_address") -> list[str]:
    radios = re.findall(
        rf'<input class="choice__input" type="radio"[^>]* name="{name}" value="([^"]*)"( checked)?', page.text
    )
    return [value for value, checked in radios if checked]


async def lines_of(market: Market) -> list[str]:
    async with market.db.transaction(STAFF) as tx:
        rows = await tx.sql("SELECT id FROM accounts.accounts ORDER BY created_at")
        return [
            entry.address.line1
            for account_id in list(rows.scalars())
            for entry in await accounts.addresses(tx, account_id)
        ]


async def test_a_saved_address_is_chosen_and_prices_follow_it(market: Market) -> None:
    shopper, (portland, new_york) = await a_member(market, PORTLAND, NEW_YORK)

    page = await address_page(shopper)
    assert chosen(page) == [str(portland)]
    assert "Another address" in text(page)
    taxes = []
    for address_id in (portland, new_york):
        answer = await enter_address(shopper, saved_address=str(address_id))
        assert answer.status_code == 303
        await shopper.post("/checkout/shipping", method=str(market.goods.standard))
        taxes.append(re.findall(r"Tax \$([\d.]+)", text(await shopper.http.get("/checkout/payment"))))
        assert chosen(await address_page(shopper)) == [str(address_id)]

    assert taxes == [["0.00"], ["2.22"]]


async def test_another_address_is_typed_and_kept_if_it_is_wished(market: Market) -> None:
    shopper, _ids = await a_member(market, PORTLAND)

    wrong = await enter_address(shopper, **{**HOME, "saved_address": "new", "save": "on", "postal_code": "ABC"})
    assert (wrong.status_code, chosen(wrong)) == (422, ["new"])
    assert re.search(r'name="save" value="on" checked', wrong.text)
    assert await lines_of(market) == ["12 Pine St"]
    await enter_address(shopper, **{**HOME, "saved_address": "new"})
    assert await lines_of(market) == ["12 Pine St"]
    assert chosen(await address_page(shopper)) == ["new"]
    for _twice in range(2):
        done = await enter_address(shopper, **{**HOME, "saved_address": "new", "save": "on"})

    assert done.headers["location"] == "/checkout/shipping"
    assert await lines_of(market) == ["12 Pine St", "350 Fifth Avenue"]
    assert chosen(await address_page(shopper)) != ["new"]


async def test_the_first_address_of_a_member_is_kept_unless_he_says_no(market: Market) -> None:
    shopper, _none = await a_member(market)

    page = await address_page(shopper)

    assert chosen(page) == []
    assert 'value="Ada Byron"' in page.text
    assert re.search(r'name="save" value="on" checked', page.text)
    await enter_address(shopper, **HOME, save="on")
    assert await lines_of(market) == ["350 Fifth Avenue"]


async def test_guests_are_offered_no_book_and_keep_nothing(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.add()
    await shopper.contact()

    assert 'name="save' not in (await address_page(shopper)).text
    assert (await enter_address(shopper, **HOME, save="on")).status_code == 303
    assert await lines_of(market) == []
    assert (await enter_address(shopper, saved_address=str(uuid4()))).status_code == 404


@pytest.mark.parametrize("prefix", ["", "billing_"])
async def test_an_address_of_somebody_else_cannot_be_chosen(market: Market, prefix: str) -> None:
    owner, (address_id,) = await a_member(market, PORTLAND)
    thief, _own = await a_member(market, NEW_YORK)

    fields = {**HOME, f"{prefix}saved_address": str(address_id), "billing_same": "" if prefix else "on"}
    answers = [
        await thief.post("/checkout/address", **fields),
        await thief.post("/checkout/address/country", **fields),
        await thief.post("/checkout/address", **{**fields, f"{prefix}saved_address": str(uuid4())}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert not any("Pine St" in answer.text for answer in answers)
    assert owner.http is not thief.http


async def test_an_address_that_cannot_be_reached_is_told_at_the_choice(market: Market) -> None:
    shopper, (_portland, berlin) = await a_member(market, PORTLAND, BERLIN)

    answer = await enter_address(shopper, saved_address=str(berlin))

    assert answer.status_code == 422
    assert 'href="#saved_address"' in answer.text
    assert chosen(answer) == [str(berlin)]
    assert "do not deliver to this country" in text(answer)


async def test_the_bill_goes_to_another_address_of_the_book(market: Market) -> None:
    shopper, (portland, berlin) = await a_member(market, PORTLAND, BERLIN)

    answer = await enter_address(
        shopper, saved_address=str(portland), billing_saved_address=str(berlin), billing_same=""
    )
    await shopper.post("/checkout/shipping", method=str(market.goods.standard))
    page = await shopper.http.get("/checkout/payment")

    assert answer.headers["location"] == "/checkout/shipping"
    assert "Deliver to Ada Byron 12 Pine St" in text(page)
    assert "Bill to Ada Byron Lindenweg 4" in text(page)
    again = await address_page(shopper)
    assert (chosen(again), chosen(again, "billing_saved_address")) == ([str(portland)], [str(berlin)])


async def test_the_country_of_the_bill_is_changed_and_the_chosen_address_stays(market: Market) -> None:
    shopper, (_portland, new_york) = await a_member(market, PORTLAND, NEW_YORK)
    fields = {
        "saved_address": str(new_york),
        "billing_saved_address": "new",
        "billing_country": "DE",
        "billing_name": "Ada",
    }

    part = await shopper.http.htmx("POST", "/checkout/address/country", data=fields)
    plain = await shopper.post("/checkout/address/country", **fields)

    for page in (part, await shopper.http.get(plain.headers["location"])):
        assert (chosen(page), chosen(page, "billing_saved_address")) == ([str(new_york)], ["new"])
        assert 'name="billing_state"' not in page.text


async def test_a_deleted_address_does_not_change_what_was_entered_with_it(market: Market) -> None:
    shopper, (portland,) = await a_member(market, PORTLAND)
    await enter_address(shopper, saved_address=str(portland))

    await shopper.post(f"/account/addresses/{portland}/remove")

    assert (await shopper.http.get("/checkout")).headers["location"] == "/checkout/shipping"
    assert 'value="12 Pine St"' in (await address_page(shopper)).text


async def test_a_second_device_goes_on_with_the_same_cart_and_checkout(market: Market) -> None:
    shopper, (portland,) = await a_member(market, PORTLAND)
    await enter_address(shopper, saved_address=str(portland))
    phone = await market.shopper()
    async with market.db.transaction(STAFF) as tx:
        account_id = await accounts.find_account(tx, shopper.email)
        assert account_id is not None
    await enter(phone.http, account_id)

    assert (await phone.http.get("/checkout")).headers["location"] == "/checkout/shipping"
    page = await phone.http.get("/checkout/shipping")

    assert "12 Pine St" in page.text
