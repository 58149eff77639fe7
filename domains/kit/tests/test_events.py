"""Facts: gapless, once per cause, unchangeable, and delivered once to each who wants them."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from domains.kit import Actor, Database, Event, RecordedEvent, Subscriber, Transaction, new_id, record, record_all
from domains.kit.deliveries import DEAD_AFTER, deliver, drain, relay, subscribe, waiting
from domains.kit.events import history
from domains.kit.tracing import traced

ACTOR = Actor.system("tests")


class BellRung(Event, frozen=True):
    type: ClassVar[str] = "test.bell_rung"
    stream: ClassVar[str] = "bell"

    bell_id: UUID
    strokes: int


async def ring(db: Database, bell: UUID, strokes: int = 1, cause: str | None = None) -> None:
    async with db.transaction(ACTOR) as tx:
        await record(tx, BellRung(bell_id=bell, strokes=strokes), cause=cause)


async def heard_by(db: Database, subscriber: str) -> list[int]:
    async with db.transaction(ACTOR) as tx:
        rows = await tx.sql("SELECT strokes FROM heard WHERE subscriber = :s ORDER BY id", {"s": subscriber})
        return list(rows.scalars())


def listener(name: str, fail_on: int | None = None) -> Subscriber:
    async def hear(tx: Transaction, event: RecordedEvent) -> None:
        fact = event.fact()
        assert isinstance(fact, BellRung)
        await tx.sql("INSERT INTO heard (subscriber, strokes) VALUES (:s, :n)", {"s": name, "n": fact.strokes})
        if fact.strokes == fail_on:
            raise RuntimeError("the clapper fell off")

    return Subscriber(name, (BellRung,), hear)


@pytest.fixture
async def tower(live_db):
    async with live_db.transaction(ACTOR) as tx:
        await tx.sql("CREATE TABLE heard (id serial PRIMARY KEY, subscriber text, strokes int)")
        await subscribe(tx, [listener("mayor"), listener("baker")])
    return live_db


async def test_a_stream_has_no_gaps_even_when_twenty_write_at_once(live_db):
    bell = new_id()

    await asyncio.gather(*(ring(live_db, bell, n) for n in range(20)))

    async with live_db.transaction(ACTOR) as tx:
        assert [event.version for event in await history(tx, "bell", bell)] == list(range(1, 21))


async def test_one_cause_is_recorded_once(live_db):
    bell = new_id()
    await ring(live_db, bell, cause="webhook evt_1")

    with pytest.raises(IntegrityError):
        await ring(live_db, bell, cause="webhook evt_1")
    await ring(live_db, bell, cause="webhook evt_2")


@pytest.mark.parametrize(
    "change", ["UPDATE kit.events SET type = 'x'", "DELETE FROM kit.events", "TRUNCATE kit.events CASCADE"]
)
async def test_the_database_refuses_to_change_a_fact(live_db, change):
    await ring(live_db, new_id())

    with pytest.raises(IntegrityError, match="append-only"):
        async with live_db.transaction(ACTOR) as tx:
            await tx.sql(change)


async def test_a_fact_carries_who_did_it_and_under_which_trace(live_db):
    bell = new_id()
    with traced() as trace:
        await ring(live_db, bell)

    async with live_db.transaction(ACTOR) as tx:
        (event,) = await history(tx, "bell", bell)
        actor = (await tx.sql("SELECT actor_kind, actor_name FROM kit.events")).one()
    assert event.trace_id == trace
    assert tuple(actor) == ("system", "tests")
    assert event.fact() == BellRung(bell_id=bell, strokes=1)


async def test_a_change_that_is_rolled_back_leaves_no_fact(live_db):
    async def change_my_mind() -> None:
        async with live_db.transaction(ACTOR) as tx:
            await record(tx, BellRung(bell_id=new_id(), strokes=1))
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError):
        await change_my_mind()

    assert await relay(live_db) == (0, [])


async def test_every_subscriber_hears_every_fact_once_and_in_order(tower):
    bell = new_id()
    for strokes in range(1, 11):
        await ring(tower, bell, strokes)

    taken = await drain(tower, [listener("mayor"), listener("baker")])

    assert taken == 20
    assert await heard_by(tower, "mayor") == await heard_by(tower, "baker") == list(range(1, 11))
    assert await drain(tower, [listener("mayor"), listener("baker")]) == 0


async def test_five_relays_and_ten_deliverers_at_once_double_nothing(tower):
    for strokes in range(60):
        await ring(tower, new_id(), strokes)

    async def hammer() -> None:
        for _ in range(10):
            await relay(tower, batch=7)
            await deliver(tower, listener("mayor"), batch=5)

    await asyncio.gather(*(hammer() for _ in range(5)))
    await drain(tower, [listener("mayor")])

    assert sorted(await heard_by(tower, "mayor")) == list(range(60))


async def test_a_second_relay_leaves_the_order_of_a_stream_to_the_first(tower):
    await ring(tower, new_id(), 1)

    async with tower.transaction(ACTOR) as under_way:
        await under_way.sql("SELECT pg_advisory_xact_lock(hashtext('kit.relay'))")
        beside = await relay(tower)

    assert beside == (0, [])
    assert await relay(tower) == (1, ["baker", "mayor"])


async def test_a_second_deliverer_does_not_overtake_the_first(tower):
    bell = new_id()
    for strokes in (1, 2):
        await ring(tower, bell, strokes)
    await relay(tower)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def hear_slowly(tx, event) -> None:
        begun.set()
        await go_on.wait()

    first = asyncio.create_task(deliver(tower, Subscriber("mayor", (BellRung,), hear_slowly), batch=1))
    await begun.wait()
    second = asyncio.create_task(deliver(tower, listener("mayor"), batch=1))
    done, _pending = await asyncio.wait({second}, timeout=3)
    go_on.set()

    assert await first == 1
    assert await second == 0
    assert done == {second}
    assert await heard_by(tower, "mayor") == []


async def test_a_failing_delivery_is_undone_waits_and_holds_up_only_its_own_stream(tower):
    cracked, sound = new_id(), new_id()
    for bell in (cracked, sound):
        for strokes in (1, 2, 3):
            await ring(tower, bell, strokes + (10 if bell == cracked else 20))
    await relay(tower)

    await deliver(tower, listener("mayor", fail_on=12))

    assert await heard_by(tower, "mayor") == [11, 21, 22, 23]
    async with tower.transaction(ACTOR) as tx:
        states = (await tx.sql("SELECT state, attempts, last_error FROM kit.deliveries WHERE subscriber = 'mayor'"
                               " AND stream_id = :b ORDER BY version", {"b": cracked})).all()  # fmt: skip
    assert [tuple(row)[:2] for row in states] == [("done", 1), ("pending", 1), ("pending", 0)]
    assert "clapper" in states[1].last_error


async def test_a_poisonous_fact_ends_dead_and_lets_the_next_one_by(tower):
    bell = new_id()
    for strokes in (1, 2):
        await ring(tower, bell, strokes)
    await relay(tower)

    for _ in range(DEAD_AFTER):
        await deliver(tower, listener("mayor", fail_on=1))
        async with tower.transaction(ACTOR) as tx:
            await tx.sql("UPDATE kit.deliveries SET available_at = now()")
    await deliver(tower, listener("mayor", fail_on=1))

    assert await heard_by(tower, "mayor") == [2]


async def test_a_late_bell_is_rung_again_from_the_table(tower):
    await ring(tower, new_id())
    await relay(tower)

    async with tower.transaction(ACTOR) as tx:
        assert sorted(await waiting(tx)) == ["baker", "mayor"]


async def test_a_process_killed_before_the_effect_commits_loses_and_doubles_nothing(tower):
    await ring(tower, new_id(), 7)
    await relay(tower)

    async def die_after_the_claim() -> None:
        async with tower.transaction(ACTOR) as tx:
            await tx.sql("SELECT * FROM kit.deliveries FOR UPDATE")
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await die_after_the_claim()
    await deliver(tower, listener("mayor"))
    await deliver(tower, listener("mayor"))

    assert await heard_by(tower, "mayor") == [7]


async def test_many_facts_at_once_continue_their_streams_in_order(live_db):
    first, second = new_id(), new_id()
    await ring(live_db, first, 1)

    async with live_db.transaction(ACTOR) as tx:
        strokes = [(first, 2), (second, 1), (first, 3), (second, 2)]
        await record_all(tx, [BellRung(bell_id=bell, strokes=number) for bell, number in strokes])

    async with live_db.transaction(ACTOR) as tx:
        told = [[(event.version, event.payload["strokes"]) for event in await history(tx, "bell", b)]
                for b in (first, second)]  # fmt: skip
        (actor,) = (await tx.sql("SELECT DISTINCT actor_name FROM kit.events")).scalars()
    assert told == [[(1, 1), (2, 2), (3, 3)], [(1, 1), (2, 2)]]
    assert actor == "tests"
    assert await relay(live_db) == (5, [])


async def test_two_who_tell_many_facts_of_the_same_streams_do_not_deadlock(live_db):
    bells = [new_id() for _ in range(40)]

    async def tell(order: list[UUID]) -> None:
        async with live_db.transaction(ACTOR) as tx:
            await record_all(tx, [BellRung(bell_id=bell, strokes=1) for bell in order])

    await asyncio.gather(*(tell(bells if turn % 2 else bells[::-1]) for turn in range(6)))

    async with live_db.transaction(ACTOR) as tx:
        assert {len(await history(tx, "bell", bell)) for bell in bells} == {6}


def gatherer(name: str, calls: list[int], fail_on: int | None = None) -> Subscriber:
    alone = listener(name, fail_on)

    async def hear_all(tx: Transaction, events: Sequence[RecordedEvent]) -> None:
        calls.append(len(events))
        for event in events:
            await alone.handle(tx, event)

    return Subscriber(name, alone.events, alone.handle, hear_all)


async def test_a_subscriber_that_gathers_hears_many_facts_at_once_and_each_once(tower):
    calls: list[int] = []
    for strokes in range(5):
        await ring(tower, new_id(), strokes)

    await drain(tower, [gatherer("mayor", calls)])

    assert calls == [5]
    assert await heard_by(tower, "mayor") == [0, 1, 2, 3, 4]
    assert await deliver(tower, gatherer("mayor", calls)) == 0


async def test_one_broken_fact_among_many_holds_up_no_other(tower):
    for strokes in range(4):
        await ring(tower, new_id(), strokes)
    await relay(tower)

    await deliver(tower, gatherer("mayor", [], fail_on=2))

    assert await heard_by(tower, "mayor") == [0, 1, 3]
