"""The shop is set up once, with what the law and the mails need, and changed afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from domains import store
from domains.kit import Actor, Invalid, events
from domains.kit.clock import shift
from domains.store.errors import ShopAlreadySetUp
from domains.store.tests.factories import details

ACTOR = Actor.system("setup")


async def test_a_shop_that_nobody_set_up_says_so(db):
    async with db.transaction(ACTOR) as tx:
        assert not await store.is_set_up(tx)
        with pytest.raises(store.ShopNotSetUp, match="not set up"):
            await store.shop(tx)


async def test_setting_up_opens_the_shop_once(db):
    async with db.transaction(ACTOR) as tx:
        opened = await store.set_up(tx, details())

        assert await store.shop(tx) == opened
        assert [event.type for event in await events.history(tx, "shop", opened.id)] == ["shop.opened"]
        with pytest.raises(ShopAlreadySetUp):
            await store.set_up(tx, details(name="Another"))


async def test_every_wrong_answer_is_told_at_once(db):
    wrong = details(name=" ", legal_name="x" * 201, address=("",), currency="XXQ", time_zone="Mars/Base",
                    sender_email="nobody", alerts_email="a@b", countries=("US", "ZZ"))  # fmt: skip

    async with db.transaction(ACTOR) as tx:
        with pytest.raises(Invalid) as refused:
            await store.set_up(tx, wrong)
        assert not await store.is_set_up(tx)
    assert set(refused.value.fields) == {
        "name", "legal_name", "address", "currency", "time_zone", "sender_email", "alerts_email", "countries",
    }  # fmt: skip


async def test_a_shop_that_delivers_nowhere_is_refused(db):
    async with db.transaction(ACTOR) as tx:
        with pytest.raises(Invalid, match="problem"):
            await store.set_up(tx, details(countries=()))


async def test_settings_are_changed_by_name_and_the_change_is_a_fact(db):
    async with db.transaction(ACTOR) as tx:
        opened = await store.set_up(tx, details())

        changed = await store.change(tx, name="Meander & Sons", tax_rounding="order")

        assert (changed.name, changed.tax_rounding, changed.currency) == ("Meander & Sons", "order", "USD")
        assert await store.shop(tx) == changed
        assert (await events.history(tx, "shop", opened.id))[-1].payload["fields"] == ["name", "tax_rounding"]
        with pytest.raises(Invalid):
            await store.change(tx, currency="dollars")


async def test_changing_a_shop_that_is_not_set_up_is_refused(db):
    async with db.transaction(ACTOR) as tx:
        with pytest.raises(store.ShopNotSetUp):
            await store.change(tx, name="Nobody")


async def test_today_is_the_shops_day_and_not_the_servers(db):
    async with db.transaction(ACTOR) as tx:
        await store.set_up(tx, details(time_zone="Pacific/Kiritimati"))
        east = await store.today(tx)
        await store.change(tx, time_zone="Pacific/Niue")

        assert east - await store.today(tx) in (timedelta(days=1), timedelta(days=2))
        await shift(tx, timedelta(days=1))
        assert await store.today(tx) <= east


@pytest.mark.parametrize(
    "broken",
    [
        "SET name = ''",
        "SET country = 'usa'",
        "SET currency = 'usd'",
        "SET tax_rounding = 'never'",
        "SET only_row = false",
    ],
)
async def test_the_database_refuses_what_the_rules_forbid(db, broken):
    async with db.transaction(ACTOR) as tx:
        await store.set_up(tx, details())

    with pytest.raises(DBAPIError):
        async with db.transaction(ACTOR) as tx:
            await tx.sql(f"UPDATE store.shop {broken}")
