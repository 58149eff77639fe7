"""Tries of passwords, counted by the database's clock: at most five that fail in a quarter of an hour (SEC-09)."""

from math import ceil
from uuid import UUID

from domains.accounts.errors import TooManyTries
from domains.accounts.states import FAILED_WITHIN, MOST_FAILED
from domains.kit import Transaction, new_id
from domains.kit.crypto import email_hash

_UNDER_WAY = 2
"""Seconds to wait where nothing failed, but as many tries as may fail are being looked at in this moment."""

# A try that was never heard of again (a process died) counts as failed after a minute.
_RECENT = """
SELECT CAST(extract(epoch FROM tried_at + CAST(:within AS interval) - kit.now()) AS float) AS left,
       failed OR tried_at < kit.now() - interval '1 minute' AS failed
FROM accounts.log_in_tries WHERE {key} = :value AND tried_at > kit.now() - CAST(:within AS interval)
ORDER BY tried_at DESC
"""


async def begin_try(tx: Transaction, *, email: str, client: str) -> UUID:
    """Count a try of the password of `email`'s account (there may be none) by `client`, before it is looked at.

    Raises `TooManyTries` with the seconds after which one is free again.
    """
    return await begin_counted_try(tx, email_hash(email[:255]), client=client)


async def begin_counted_try(tx: Transaction, account_hash: bytes, *, client: str) -> UUID:
    """Count a try under a keyed hash of what is tried. Raises `TooManyTries`.

    Those of one account and of one client wait for each other here, so that ten at once are not one.
    """
    for key in sorted((f"try {account_hash.hex()}", f"try {client}")):
        await tx.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))", {"key": key})
    waits = [await _wait(tx, "account_hash", account_hash), await _wait(tx, "client", client)]
    if any(waits):
        raise TooManyTries(max(waits))
    try_id = new_id()
    await tx.sql(
        "INSERT INTO accounts.log_in_tries (id, account_hash, client) VALUES (:id, :account, :client)",
        {"id": try_id, "account": account_hash, "client": client},
    )
    return try_id


async def try_failed(tx: Transaction, try_id: UUID) -> None:
    """It was the wrong password."""
    await tx.sql("UPDATE accounts.log_in_tries SET failed = true WHERE id = :id", {"id": try_id})


async def try_passed(tx: Transaction, try_id: UUID) -> None:
    """It was the right password: what failed before is forgiven to the account, though not to the client."""
    passed = await tx.sql("DELETE FROM accounts.log_in_tries WHERE id = :id RETURNING account_hash", {"id": try_id})
    await _forgive(tx, passed.scalar_one_or_none())


async def forgive_tries(tx: Transaction, email: str) -> None:
    """The owner has proven himself in another way: others' failures no longer keep him out."""
    await _forgive(tx, email_hash(email))


async def sweep_tries(tx: Transaction) -> int:
    """Forget the tries that count no more."""
    gone = await tx.sql("DELETE FROM accounts.log_in_tries WHERE tried_at <= kit.now() - CAST(:within AS interval)",
                        {"within": FAILED_WITHIN})  # fmt: skip
    return gone.rowcount


async def _forgive(tx: Transaction, account_hash: bytes | None) -> None:
    if account_hash is not None:
        await tx.sql(
            "UPDATE accounts.log_in_tries SET account_hash = NULL WHERE account_hash = :hash", {"hash": account_hash}
        )


async def _wait(tx: Transaction, key: str, value: bytes | str) -> int:
    rows = (await tx.sql(_RECENT.format(key=key), {"value": value, "within": FAILED_WITHIN})).all()
    failed = [row.left for row in rows if row.failed]
    if len(failed) >= MOST_FAILED:
        return ceil(float(failed[MOST_FAILED - 1]))
    return _UNDER_WAY if len(rows) >= MOST_FAILED else 0
