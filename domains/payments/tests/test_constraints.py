"""PAY-01: the database holds the rules of a payment's row by itself."""

import pytest

from domains.kit import Database
from domains.payments.tests.factories import TESTER, authorized, captured, opened, refused_by_database


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'lost'", "ck_payments_status|cannot go"),
        ("method = 'cheque'", "ck_payments_method"),
        ("captured_cents = -1", "captured"),
        ("captured_cents = 5001, captured_at = now(), gateway_transaction_id = 'x', status = 'captured'", "within"),
        ("captured_cents = 5000", "ck_payments"),
        ("captured_at = now()", "ck_payments_captured_at"),
        ("status = 'captured'", "ck_payments_status_fits_amounts"),
        ("refunded_cents = 1", "ck_payments_refunded_within_captured"),
        ("refunding_cents = 1", "ck_payments_refunded_within_captured"),
        ("order_id = NULL", "does not change"),
        ("user_id = gen_random_uuid()", "fk_payments_user_id"),
    ],
)
async def test_a_payment_that_cannot_be_is_refused(db: Database, change: str, constraint: str) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)

        async with refused_by_database(tx, constraint):
            await tx.sql(f"UPDATE payments.payments SET {change} WHERE id = :id", {"id": view.id})


@pytest.mark.parametrize(("amount", "currency"), [(0, "USD"), (-1, "USD"), (2**53, "USD"), (100, "usd"), (100, "US")])
async def test_an_amount_or_currency_that_cannot_be_is_refused(db: Database, amount: int, currency: str) -> None:
    async with db.transaction(TESTER) as tx:
        refused = refused_by_database(tx, "ck_payments_amount_cents|ck_payments_currency")
        async with refused:
            await opened(tx, amount, currency)


async def test_what_belongs_to_a_payment_fits_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        paid = await captured(tx)
        values = {"payment": view.id, "attempt": attempt.id, "paid": paid.id}

        for statement, constraint in (
            (
                "INSERT INTO payments.captures (id, payment_id, attempt_id, intent_id, amount_cents, currency)"
                " VALUES (gen_random_uuid(), :paid, :attempt, 'pi', 1, 'USD')",
                "uq_captures_live",
            ),
            (
                "INSERT INTO payments.captures (id, payment_id, attempt_id, intent_id, amount_cents, currency)"
                " VALUES (gen_random_uuid(), :payment, :attempt, 'pi', 0, 'USD')",
                "ck_captures_amount_cents",
            ),
            (
                "INSERT INTO payments.voids (id, payment_id, intent_id, status)"
                " VALUES (gen_random_uuid(), :payment, 'pi', 'succeeded')",
                "ck_voids_finished_at",
            ),
            (
                "UPDATE payments.attempts SET status = 'lost' WHERE id = :attempt",
                "ck_attempts_status",
            ),
            (
                "UPDATE payments.gateway_intents SET stage = 3 WHERE payment_id = :payment",
                "ck_gateway_intents_stage",
            ),
        ):
            async with refused_by_database(tx, constraint):
                await tx.sql(statement, {name: value for name, value in values.items() if f":{name}" in statement})
