"""Transactions, keys, clock and addresses."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domains.kit import Actor, Address, Invalid, idempotency
from domains.kit.addresses import check, form_for
from domains.kit.clock import ClockIsReal, mark_environment, shift
from domains.kit.database import driver_url

ACTOR = Actor.system("tests")


async def test_what_is_raised_in_the_block_undoes_all_of_it(live_db):
    async def stop_half_way() -> None:
        async with live_db.transaction(ACTOR) as tx:
            await tx.sql("CREATE TABLE half_done (x int)")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        await stop_half_way()

    async with live_db.transaction(ACTOR) as tx:
        assert (await tx.sql("SELECT to_regclass('half_done')")).scalar_one() is None


async def test_a_cancelled_request_waits_for_the_commit_under_way(live_db):
    async with live_db.transaction(ACTOR) as tx:
        await tx.sql("CREATE TABLE done (x int)")
        await tx.sql("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                     " $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$")  # fmt: skip
        await tx.sql("CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON done DEFERRABLE INITIALLY DEFERRED"
                     " FOR EACH ROW EXECUTE FUNCTION slow()")  # fmt: skip
    committing = asyncio.Event()

    async def handler() -> None:
        async with live_db.transaction(ACTOR) as tx:
            await tx.sql("INSERT INTO done VALUES (1)")
            committing.set()

    task = asyncio.create_task(handler())
    await committing.wait()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with live_db.transaction(ACTOR) as tx:
        assert (await tx.sql("SELECT count(*) FROM done")).scalar_one() == 1


async def test_a_key_acts_once_and_a_repetition_gets_the_first_answer(live_db):
    async def place() -> str:
        async with live_db.transaction(ACTOR) as tx:
            known = await idempotency.claim(tx, "checkout 1", "key", {"cart": 1})
            if known is not None:
                return str(known["order"])
            await asyncio.sleep(0.02)
            await idempotency.complete(tx, "checkout 1", "key", {"order": "A"})
            return "made A"

    answers = await asyncio.gather(*(place() for _ in range(10)))

    assert sorted(answers) == ["A"] * 9 + ["made A"]


async def test_a_key_with_another_body_is_refused_and_another_scope_has_keys_of_its_own(db):
    async with db.transaction(ACTOR) as tx:
        await idempotency.claim(tx, "mine", "key", {"cart": 1})
        with pytest.raises(idempotency.KeyInProgress):
            await idempotency.claim(tx, "mine", "key", {"cart": 1})
        with pytest.raises(idempotency.KeyReused):
            await idempotency.claim(tx, "mine", "key", {"cart": 2})
        assert await idempotency.claim(tx, "yours", "key", {"cart": 2}) is None
        await idempotency.release(tx, "mine", "key")
        assert await idempotency.claim(tx, "mine", "key", {"cart": 2}) is None


async def test_the_clock_of_a_test_can_be_moved(db):
    async with db.transaction(ACTOR) as tx:
        before = await tx.now()
        await shift(tx, timedelta(minutes=15))

        assert await tx.now() - before == timedelta(minutes=15)


async def test_the_clock_of_a_real_shop_cannot_be_moved(live_db):
    async with live_db.transaction(ACTOR) as tx:
        await mark_environment(tx, "production")
        with pytest.raises(ClockIsReal):
            await shift(tx, timedelta(minutes=15))

    with pytest.raises(IntegrityError):
        async with live_db.transaction(ACTOR) as tx:
            await tx.sql("UPDATE kit.environment SET clock_offset = interval '1 minute'")


@pytest.mark.parametrize("wrong", ["mysql://x/y", "nothing", "sqlite:///x"])
def test_another_kind_of_database_is_refused(wrong):
    with pytest.raises(ValueError, match="postgresql"):
        driver_url(wrong)


def an_address(**changes: str) -> Address:
    fields = {"name": "Ada Byron", "line1": "12 Pine St", "city": "Portland", "postal_code": "97201",
              "country": "US", "state": "OR"} | changes  # fmt: skip
    return Address(**fields)


@pytest.mark.parametrize(
    ("given", "state", "code"),
    [
        (an_address(), "OR", "97201"),
        (an_address(state="Oregon"), "OR", "97201"),
        (an_address(country="GB", state="", city="London", postal_code="sw1a 1aa"), "", "SW1A 1AA"),
        (an_address(country="DE", state="", city="Berlin", postal_code=" 10115 "), "", "10115"),
        (an_address(country="CA", state="ON", city="Toronto", postal_code="m5v 3l9"), "ON", "M5V 3L9"),
    ],
)
def test_good_addresses_come_back_in_the_spelling_of_their_country(given, state, code):
    clean = check(given)

    assert (clean.state, clean.postal_code) == (state, code)
    assert clean.name == "Ada Byron"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (an_address(postal_code="10001"), {"postal_code"}),
        (an_address(postal_code="", city=""), {"postal_code", "city"}),
        (an_address(state=""), {"state"}),
        (an_address(name=""), {"name"}),
        (an_address(line1=""), {"line1"}),
        (an_address(country="DE", state="", postal_code="1011"), {"postal_code"}),
        (an_address(name="x" * 201), {"name"}),
        (an_address(line1="x" * 201), {"line1"}),
        (an_address(country="ZZ"), {"country"}),
    ],
)
def test_wrong_addresses_are_refused_with_every_wrong_field_at_once(given, fields):
    with pytest.raises(Invalid) as refused:
        check(given)

    assert set(refused.value.fields) == fields
    assert all(message.endswith(".") for message in refused.value.fields.values())


def test_a_country_we_do_not_deliver_to_is_said_at_the_country():
    with pytest.raises(Invalid) as refused:
        check(an_address(), countries=("DE",))
    assert set(refused.value.fields) == {"country"}


def test_each_country_asks_for_what_its_addresses_have():
    assert "state" in form_for("US").required
    assert ("OR", "Oregon") in form_for("US").states
    assert form_for("DE").states == ()
    assert "state" not in form_for("DE").fields


def test_an_address_is_written_as_on_a_parcel_of_its_country():
    assert an_address().lines() == ["Ada Byron", "12 Pine St", "Portland, OR 97201", "United States"]
