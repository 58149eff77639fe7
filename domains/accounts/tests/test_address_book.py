"""The address book: one default, nothing twice, and nobody's but the owner's."""

import asyncio

import msgspec
import pytest

from domains import accounts
from domains.accounts.states import MOST_ADDRESSES
from domains.accounts.tests.factories import GUEST, HOME, WORK, a_customer, event_types
from domains.kit import Address, Invalid, NotFound, new_id

THIRD = msgspec.structs.replace(HOME, line1="77 Elm Ave")


async def test_the_first_address_is_the_default_and_a_new_default_replaces_it(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        first = await accounts.save_address(tx, account_id, HOME)
        second = await accounts.save_address(tx, account_id, WORK, label="work", is_default=True)

        book = await accounts.addresses(tx, account_id)
    assert first.is_default
    assert [entry.id for entry in book if entry.is_default] == [second.id]
    assert book[0].id == second.id


async def test_an_address_that_is_in_the_book_already_is_not_there_twice(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        first = await accounts.save_address(tx, account_id, HOME)
        again = await accounts.save_address(tx, account_id, msgspec.structs.replace(HOME, line1=" 12  Pine St "))

        assert again.id == first.id
        assert len(await accounts.addresses(tx, account_id)) == 1


async def test_an_address_is_changed_and_stays_the_default(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        entry = await accounts.save_address(tx, account_id, HOME)

        await accounts.change_address(tx, account_id, entry.id, WORK, label="work")

        (found,) = await accounts.addresses(tx, account_id)
    assert (found.id, found.label, found.address, found.is_default) == (entry.id, "work", WORK, True)
    assert (await event_types(db, account_id)).count("user.updated") == 2


async def test_after_the_default_is_deleted_the_oldest_is_it(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        default = await accounts.save_address(tx, account_id, HOME)
        await accounts.save_address(tx, account_id, WORK)
        await accounts.save_address(tx, account_id, THIRD)

        await accounts.remove_address(tx, account_id, default.id)

        book = await accounts.addresses(tx, account_id)
    assert [(entry.address, entry.is_default) for entry in book] == [(WORK, True), (THIRD, False)]


async def test_another_address_can_be_made_the_default(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.save_address(tx, account_id, HOME)
        second = await accounts.save_address(tx, account_id, WORK)

        await accounts.make_default(tx, account_id, second.id)

        assert [entry.id for entry in await accounts.addresses(tx, account_id) if entry.is_default] == [second.id]


@pytest.mark.parametrize("whose", ["somebody else's", "nobody's"])
async def test_an_address_of_somebody_else_is_as_good_as_unknown(db, whose):
    mine, other = await a_customer(db), await a_customer(db, "bob@example.com")
    async with db.transaction(GUEST) as tx:
        entry = await accounts.save_address(tx, mine, HOME)
        address_id = entry.id if whose == "somebody else's" else new_id()
        for attempt in (
            accounts.address(tx, other, address_id),
            accounts.change_address(tx, other, address_id, WORK, label="work"),
            accounts.make_default(tx, other, address_id),
            accounts.remove_address(tx, other, address_id),
        ):
            with pytest.raises(NotFound) as refused:
                await attempt
            assert refused.value.code == "address_unknown"

        assert [found.address for found in await accounts.addresses(tx, mine)] == [HOME]


async def test_everything_that_is_wrong_is_told_at_once(db):
    account_id = await a_customer(db)
    wrong = Address(name="", line1="", city="Portland", postal_code="ABC", country="US", state="OR", phone="12")
    async with db.transaction(GUEST) as tx:
        with pytest.raises(Invalid) as refused:
            await accounts.save_address(tx, account_id, wrong, label="castle")

    assert set(refused.value.fields) >= {"name", "line1", "postal_code", "phone", "label"}


async def test_a_phone_number_is_kept_in_one_form(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        entry = await accounts.save_address(tx, account_id, msgspec.structs.replace(HOME, phone="(503) 555-0100"))

    assert entry.address.phone == "+15035550100"


async def test_a_book_is_full_some_day(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        for number in range(MOST_ADDRESSES):
            await accounts.save_address(tx, account_id, msgspec.structs.replace(HOME, line1=f"{number} Pine St"))

        with pytest.raises(accounts.AddressBookFull):
            await accounts.save_address(tx, account_id, WORK)
        await accounts.save_address(tx, account_id, msgspec.structs.replace(HOME, line1="3 Pine St"))


async def test_ten_defaults_at_the_same_moment_are_one(live_db):
    account_id = await a_customer(live_db)

    async def save(number: int) -> None:
        async with live_db.transaction(GUEST) as tx:
            street = msgspec.structs.replace(HOME, line1=f"{number} Pine St")
            await accounts.save_address(tx, account_id, street, is_default=True)

    await asyncio.gather(*(save(number) for number in range(10)))

    async with live_db.transaction(GUEST) as tx:
        book = await accounts.addresses(tx, account_id)
    assert (len(book), sum(entry.is_default for entry in book)) == (10, 1)
