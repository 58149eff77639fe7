"""Messages of the contact form: taken once, answered once, kept as long as they are wanted."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from domains import audit, content
from domains.content import AnsweredMeanwhile, MessageState, MessageStateForbidden
from domains.kit import Actor, Database, Forbidden, Invalid, Transaction, new_id
from domains.kit.testing import until_somebody_waits

VISITOR = Actor.guest("a visitor")
SUPPORT = Actor.staff(new_id(), "support")
WORDS = {"name": "Ana  Pop", "email": "ana@example.com", "body": "Where is it?", "order_number": "ord-1"}


async def wrote(tx: Transaction, **changes: Any) -> UUID:
    return await content.receive_message(tx, **{**WORDS, **changes})


async def answer(tx: Transaction, message_id: UUID, *, seen: int = 0, words: str = "On its way.") -> None:
    await content.answer_message(tx, message_id, words, answer_id=new_id(), seen=seen)


async def facts(tx: Transaction) -> list[str]:
    return list(
        (await tx.sql("SELECT type FROM kit.events WHERE stream = 'message' ORDER BY recorded_at, id")).scalars()
    )


async def test_a_message_and_its_answer_are_encrypted(db: Database) -> None:
    async with db.transaction(VISITOR) as tx:
        message_id = await wrote(tx)
    async with db.transaction(SUPPORT) as tx:
        await answer(tx, message_id)

        message = await content.message(tx, message_id)
        raw = (
            await tx.sql("SELECT m.name || m.email || m.body || a.body FROM content.messages m, content.answers a")
        ).scalar_one()
    assert (message.name, message.order_number, message.body) == ("Ana Pop", "ORD-1", "Where is it?")
    assert [(one.author_id, one.body) for one in message.answers] == [(SUPPORT.id, "On its way.")]
    assert not any(word in raw for word in ("Ana", "example.com", "Where", "On its way"))


async def test_a_form_pressed_twice_is_one_message_and_other_words_are_another(db: Database) -> None:
    async with db.transaction(VISITOR) as tx:
        first, again = [await wrote(tx, key="k1") for _press in range(2)]
        others = {await wrote(tx, key="k1", body="And where is the other one?"), await wrote(tx, key="k2")}
        without = {await wrote(tx) for _time in range(2)}

        assert again == first
        assert len({first, *others}) == 3
        assert len(without) == 2, "a form without a key is taken at its word"
        assert await facts(tx) == ["message.received"] * 5


async def test_two_presses_at_once_are_one_message(live_db: Database) -> None:
    async def press() -> UUID:
        async with live_db.transaction(VISITOR) as tx:
            return await wrote(tx, key="k1")

    async with live_db.transaction(VISITOR) as tx:
        first = await wrote(tx, key="k1")
        second = asyncio.create_task(press())
        await until_somebody_waits(live_db)

    assert await second == first
    async with live_db.transaction(VISITOR) as tx:
        assert await facts(tx) == ["message.received"]


async def test_a_message_that_cannot_be_answered_is_refused_with_every_reason(db: Database) -> None:
    async with db.transaction(VISITOR) as tx:
        with pytest.raises(Invalid) as refused:
            await content.receive_message(tx, name="", email="ana@example.com\nBcc: all@example.com", body=" ")

    assert set(refused.value.fields) == {"name", "email", "message"}


async def test_the_same_answer_sent_twice_is_one_and_an_empty_one_is_none(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        message_id, answer_id = await wrote(tx), new_id()
        for _press in range(2):
            await content.answer_message(tx, message_id, "On its way.", answer_id=answer_id, seen=0)
        with pytest.raises(Invalid):
            await answer(tx, message_id, words=" ", seen=1)

        assert len((await content.message(tx, message_id)).answers) == 1
        assert await facts(tx) == ["message.received", "message.answered"]


async def test_of_two_who_answer_at_once_the_second_is_told_of_the_first(live_db: Database) -> None:
    async with live_db.transaction(VISITOR) as tx:
        message_id = await wrote(tx)

    async def late() -> None:
        async with live_db.transaction(SUPPORT) as tx:
            await answer(tx, message_id, words="It is lost.")

    async with live_db.transaction(SUPPORT) as tx:
        await answer(tx, message_id)
        second = asyncio.create_task(late())
        await until_somebody_waits(live_db)
    with pytest.raises(AnsweredMeanwhile):
        await second

    async with live_db.transaction(SUPPORT) as tx:
        assert [one.body for one in (await content.message(tx, message_id)).answers] == ["On its way."]
        await answer(tx, message_id, words="It is there.", seen=1)
        assert len((await content.message(tx, message_id)).answers) == 2


async def test_a_message_is_closed_opened_again_and_answered_and_each_is_on_record(db: Database) -> None:
    states = []
    async with db.transaction(SUPPORT) as tx:
        message_id = await wrote(tx)
        for _time in range(2):
            await content.close_message(tx, message_id)
        states.append((await content.message(tx, message_id)).state)
        await content.reopen_message(tx, message_id)
        await answer(tx, message_id)
        states.append((await content.message(tx, message_id)).state)
        with pytest.raises(MessageStateForbidden):
            await content.close_message(tx, message_id)
        with pytest.raises(content.MessageNotFound):
            await content.close_message(tx, new_id())
        told = await audit.of_subject(tx, "message", str(message_id))

    assert states == [MessageState.CLOSED, MessageState.ANSWERED]
    assert sorted(entry.action for entry in told) == ["message.answered", "message.closed", "message.reopened"]
    assert "On its way" not in str(told)


async def test_only_staff_answer_and_close(db: Database) -> None:
    async with db.transaction(VISITOR) as tx:
        message_id = await wrote(tx)
        with pytest.raises(Forbidden):
            await answer(tx, message_id)
        with pytest.raises(Forbidden):
            await content.close_message(tx, message_id)


async def test_a_message_is_forgotten_a_year_after_it_was_settled_and_never_while_it_is_open(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        open_one, settled = await wrote(tx), await wrote(tx)
        await answer(tx, settled)
        await tx.sql("UPDATE content.messages SET created_at = kit.now() - interval '3 years'")

        assert await content.sweep_messages(tx) == 0
        await tx.sql("UPDATE content.messages SET settled_at = kit.now() - interval '366 days' WHERE state <> 'open'")
        assert await content.sweep_messages(tx) == 1
        assert (await content.message(tx, open_one)).state is MessageState.OPEN
        assert (await tx.sql("SELECT count(*) FROM content.answers")).scalar_one() == 0
        with pytest.raises(content.MessageNotFound):
            await content.message(tx, settled)
