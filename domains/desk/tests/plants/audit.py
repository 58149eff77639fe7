"""Ways to break what must hold of the log."""

from domains import audit
from domains.desk.tests.plants.planting import breaks, guards_down
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction

_REFUND_SEAL = (
    "(SELECT s.entry_id FROM audit.seals s JOIN audit.entries e ON e.id = s.entry_id"
    " WHERE e.action = 'refund.requested' LIMIT 1)"
)


@breaks("I30")
async def an_entry_that_says_something_else_than_was_sealed(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"UPDATE audit.entries SET note = 'nothing to see' WHERE id = {_REFUND_SEAL}")


@breaks("I30")
async def an_entry_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"DELETE FROM audit.entries WHERE id = {_REFUND_SEAL}")


@breaks("I30")
async def a_seal_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(f"DELETE FROM audit.seals WHERE entry_id = {_REFUND_SEAL}")


@breaks("I30")
async def a_refund_that_the_log_tells_of_nowhere(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE audit.entries SET subject_id = 'another' WHERE id = (SELECT id FROM audit.entries"
        " WHERE subject_kind = 'refund' LIMIT 1)"
    )


@breaks("I30")
async def an_entry_past_the_sealer(tx: Transaction, cast: Cast) -> None:
    await tx.sql(
        "INSERT INTO audit.entries (id, actor_kind, trace_id, action, subject_kind, subject_id)"
        " VALUES (gen_random_uuid(), 'staff', '', 'price.changed', 'variant', '1')"
    )


@breaks("I30b")
async def a_sealer_that_has_stopped(tx: Transaction, cast: Cast) -> None:
    entry_id = await audit.record(tx, action="price.changed", subject=("variant", "1"), always=True)
    await tx.sql(
        "UPDATE audit.unsealed SET created_at = created_at - interval '2 minutes' WHERE entry_id = :id",
        {"id": entry_id},
    )
