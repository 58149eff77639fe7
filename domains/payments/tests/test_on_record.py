"""Every movement of money is on record in the audit log, whoever or whatever moved it (SEC-14)."""

from domains import audit, payments
from domains.audit import Filter
from domains.kit import Database, Transaction
from domains.payments.gateway import GatewayRefused
from domains.payments.tests.factories import TESTER, ask_refund, authorized, captured, observe, sent_back, told


async def on_record(tx: Transaction) -> list[str]:
    return [entry.action for entry in reversed(await audit.entries(tx, Filter(money_only=True)))]


async def test_what_was_taken_is_on_record(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx, 5000)

        (entry,) = await audit.entries(tx, Filter(money_only=True))
        assert (entry.action, entry.subject_id) == ("payment.captured", str(view.id))
        assert entry.changes["captured"][1] == {"amount": 5000, "currency": "USD"}


async def test_what_was_let_go_is_on_record(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        _view, attempt = await authorized(tx)
        await observe(tx, told(attempt, "canceled"))

        assert await on_record(tx) == ["payment.voided"]


async def test_a_refund_is_on_record_from_its_request_to_its_end(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        done, refused = await ask_refund(tx, view.id, 2000), await ask_refund(tx, view.id, 1000)
        await payments.record_refund(tx, done.id, sent_back(done))
        await payments.record_refund(tx, refused.id, GatewayRefused("charge_disputed"))

        assert await on_record(tx) == [
            "payment.captured", "refund.requested", "refund.requested", "refund.processed", "refund.failed",
        ]  # fmt: skip
