"""Asking for money that is held, or may come to be held, to be let go."""

from uuid import UUID

from domains.kit import Transaction, new_id


async def ask_for_void(tx: Transaction, payment_id: UUID, intent_id: str) -> None:
    """Put a void of the intent on record, to be sent by `flows.finish` or at once by `flows.void`; once per intent."""
    await tx.sql(
        "INSERT INTO payments.voids (id, payment_id, intent_id) VALUES (:id, :payment_id, :intent_id)"
        " ON CONFLICT (intent_id) WHERE status IN ('pending', 'succeeded') DO NOTHING",
        {"id": new_id(), "payment_id": payment_id, "intent_id": intent_id},
    )
