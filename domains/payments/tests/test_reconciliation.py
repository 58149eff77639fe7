"""The gateway's list held against ours: what differs is found, ends by itself, and waits to be looked at."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from domains import accounts, payments
from domains.kit import Actor, Database, Transaction, new_id
from domains.kit.clock import shift
from domains.payments import FindingKind, Listed
from domains.payments.gateway import GatewayRefund, Intent
from domains.payments.tests.factories import ask_refund, captured, sent_back, told

TESTER = Actor.system("tests")
ZONE = "America/New_York"


async def listed(tx: Transaction, *intents: Intent, refunds: tuple[GatewayRefund, ...] = ()) -> Listed:
    """What the gateway lists a minute after all that happened, of today and the two days before."""
    now = await tx.now()
    since = (now.astimezone(ZoneInfo(ZONE)) - timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Listed(since, now + timedelta(minutes=1), intents, refunds)


async def taken(tx: Transaction, amount: int = 5000, **changes: Any) -> tuple[payments.PaymentView, Intent]:
    """A payment that was taken a moment ago, and what the gateway says of it."""
    view = await captured(tx, amount)
    row = (await tx.sql("SELECT id FROM payments.attempts WHERE payment_id = :id", {"id": view.id})).one()
    attempt = payments.Attempt(
        id=row.id, payment_id=view.id, order_id=view.order_id, user_id=None, amount=view.amount, number=1,
    )  # fmt: skip
    now = await tx.now()
    await tx.sql("UPDATE payments.gateway_intents SET created_at = :now WHERE payment_id = :id",
                 {"now": now, "id": view.id})  # fmt: skip
    return view, told(attempt, "succeeded", created=now, **changes)


async def keep(tx: Transaction, of: Listed) -> list[tuple[str, str, int, int]]:
    """Compare; the findings that are open, as kind, reference, theirs and ours."""
    await payments.keep_comparison(tx, of, zone=ZONE, currency="USD")
    rows = await tx.sql("SELECT kind, reference, theirs, ours FROM payments.findings WHERE ended_at IS NULL ORDER BY 1")
    return [tuple(row) for row in rows]


async def today(tx: Transaction) -> Any:
    return (
        await tx.sql("SELECT * FROM payments.comparisons WHERE their_payments + our_payments > 0 ORDER BY day")
    ).one()


async def test_where_both_say_the_same_the_day_agrees(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        (first, one), (_second, two) = await taken(tx), await taken(tx, 700)
        asked = await ask_refund(tx, first.id, 1200)
        back = sent_back(asked, created=await tx.now())
        await payments.record_refund(tx, asked.id, back)

        found = await keep(tx, await listed(tx, one, two, refunds=(back,)))

        assert found == []
        day = await today(tx)
        assert (day.their_payments, day.their_taken, day.our_payments, day.our_taken) == (2, 5700, 2, 5700)
        assert (day.their_refunds, day.their_refunded, day.our_refunds, day.our_refunded) == (1, 1200, 1, 1200)
        days = await tx.sql("SELECT count(*) FROM payments.comparisons")
        assert days.scalar_one() == 3  # those without money too


async def test_each_way_in_which_a_payment_can_differ_is_found(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        _agreed, same = await taken(tx)
        _other, more = await taken(tx, amount_received=5001)
        gone, _not_listed = await taken(tx, 300)
        foreign = msgspec.structs.replace(same, id="pi_foreign", metadata={"payment_id": str(new_id())})
        nobodys = msgspec.structs.replace(same, id="pi_nobody", metadata={})
        unpaid = msgspec.structs.replace(same, id="pi_unpaid", status="canceled", amount_received=0)

        found = await keep(tx, await listed(tx, same, more, foreign, nobodys, unpaid))

        gone_id = (
            await tx.sql("SELECT gateway_transaction_id FROM payments.payments WHERE id = :id", {"id": gone.id})
        ).scalar_one()
        assert sorted(found) == sorted(
            [
                (FindingKind.PAYMENT_DIFFERS, more.id, 5001, 5000),
                (FindingKind.PAYMENT_MISSING, gone_id, 0, 300),
                (FindingKind.PAYMENT_UNKNOWN, "pi_foreign", 5000, 0),
                (FindingKind.PAYMENT_UNKNOWN, "pi_nobody", 5000, 0),
            ]
        )
        day = await today(tx)
        assert (day.their_taken, day.our_taken) == (5000 + 5001 + 5000 + 5000, 5000 + 5000 + 300)


async def test_each_way_in_which_a_refund_can_differ_is_found(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, intent = await taken(tx)
        now = await tx.now()
        backs = []
        for amount in (100, 200):
            asked = await ask_refund(tx, view.id, amount)
            backs.append(sent_back(asked, created=now))
            await payments.record_refund(tx, asked.id, backs[-1])
        await tx.sql("UPDATE payments.gateway_refunds SET created_at = :now", {"now": now})
        by_hand = msgspec.structs.replace(backs[0], id="re_by_hand", metadata={}, amount=50)
        other = msgspec.structs.replace(backs[1], amount=201)

        found = await keep(tx, await listed(tx, intent, refunds=(other, by_hand)))

        assert sorted(found) == sorted(
            [
                (FindingKind.REFUND_DIFFERS, other.id, 201, 200),
                (FindingKind.REFUND_MISSING, backs[0].id, 0, 100),
                (FindingKind.REFUND_UNKNOWN, "re_by_hand", 50, 0),
            ]
        )


async def test_what_changed_since_the_gateway_was_asked_is_left_for_the_next_time(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, intent = await taken(tx)
        of = await listed(tx)
        await tx.sql("UPDATE payments.payments SET updated_at = :later WHERE id = :id",
                     {"later": of.asked_at + timedelta(seconds=1), "id": view.id})  # fmt: skip

        assert await keep(tx, of) == []
        differing = msgspec.structs.replace(of, intents=(msgspec.structs.replace(intent, amount_received=1),))
        assert await keep(tx, differing) == []


async def test_a_finding_ends_when_both_agree_again_and_begins_anew_when_they_do_not(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        _view, intent = await taken(tx)
        wrong = msgspec.structs.replace(intent, amount_received=4999)

        assert len(await keep(tx, await listed(tx, wrong))) == 1
        assert await keep(tx, await listed(tx, intent)) == []
        assert len(await keep(tx, await listed(tx, wrong))) == 1
        assert (await tx.sql("SELECT count(*) FROM payments.findings")).scalar_one() == 1


async def test_what_was_looked_at_stays_so_until_its_amounts_change(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        member = (await accounts.create_staff(
            tx, email="f@example.com", role="finance", first_name="F", last_name="F", password_hash=accounts.NOBODY
        )).id  # fmt: skip
    async with db.transaction(Actor.staff(member, "finance")) as tx:
        _view, intent = await taken(tx)
        await keep(tx, await listed(tx, msgspec.structs.replace(intent, amount_received=4999)))
        finding = (await tx.sql("SELECT id FROM payments.findings")).scalar_one()
        for note in ("asked the bank", "again"):
            await payments.look_at(tx, finding, note=note)

        async def looked() -> tuple[bool, str]:
            row = (await tx.sql("SELECT looked_at, note FROM payments.findings")).one()
            return row.looked_at is not None, row.note

        assert await looked() == (True, "asked the bank")
        entries = await tx.sql("SELECT count(*) FROM audit.entries WHERE action = 'finding.seen'")
        assert entries.scalar_one() == 1
        await keep(tx, await listed(tx, msgspec.structs.replace(intent, amount_received=4999)))
        assert await looked() == (True, "asked the bank")
        await keep(tx, await listed(tx, msgspec.structs.replace(intent, amount_received=4998)))
        assert await looked() == (False, "")


async def test_a_day_is_one_of_the_shops_calendar(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await shift(tx, datetime(2026, 11, 3, 12, tzinfo=UTC) - (await tx.sql("SELECT now()")).scalar_one())
        _view, intent = await taken(tx)
        evening = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)  # still November 1 in New York, the day of 25 hours
        await keep(tx, await listed(tx, msgspec.structs.replace(intent, created=evening)))

        assert str((await today(tx)).day) == "2026-11-01"


async def test_what_is_not_there_cannot_be_looked_at(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        with pytest.raises(payments.FindingNotFound):
            await payments.look_at(tx, new_id())
