"""Once per key: a command that carries a key acts once, and a repetition gets the first one's answer.

After Stripe's and Brandur Leach's design: (scope, key) is unique and does the claim; a changed body under the same key
is refused; the answer is stored in the transaction of the effect.
"""

import hashlib
from typing import Any

import msgspec

from domains.kit.database import Transaction
from domains.kit.errors import Conflict


class KeyReused(Conflict):
    """The key was used for other input."""

    code = "key_reused"
    title = "This form was already sent with other content."
    hint = "Reload the page and send it again."


class KeyInProgress(Conflict):
    """The first command with this key has not ended yet."""

    code = "key_in_progress"
    title = "This is already being done."
    hint = "Wait a moment, then reload the page."


def fingerprint(body: object) -> str:
    """A hash of what was asked, to tell a repetition from another command."""
    return hashlib.sha256(msgspec.json.encode(body, order="deterministic")).hexdigest()


async def claim(tx: Transaction, scope: str, key: str, body: object) -> dict[str, Any] | None:
    """Claim `key` within `scope` (who asks, and for what): None means go on, else the first one's answer.

    Waits while another transaction holds the same key. Raises `KeyReused` for another body, `KeyInProgress` when the
    first command was committed without an answer so far.
    """
    asked = fingerprint(body)
    fresh = await tx.sql(
        "INSERT INTO kit.idempotency_keys (scope, key, fingerprint) VALUES (:scope, :key, :fingerprint)"
        " ON CONFLICT (scope, key) DO NOTHING RETURNING key",
        {"scope": scope, "key": key, "fingerprint": asked},
    )
    if fresh.first() is not None:
        return None
    row = (
        await tx.sql(
            "SELECT fingerprint, answer FROM kit.idempotency_keys WHERE scope = :scope AND key = :key FOR UPDATE",
            {"scope": scope, "key": key},
        )
    ).one()
    if row.fingerprint != asked:
        raise KeyReused
    if row.answer is None:
        raise KeyInProgress
    answer: dict[str, Any] = row.answer
    return answer


async def complete(tx: Transaction, scope: str, key: str, answer: dict[str, Any]) -> None:
    """Store the answer that a repetition will get."""
    await tx.sql(
        "UPDATE kit.idempotency_keys SET answer = CAST(:answer AS jsonb), completed_at = now()"
        " WHERE scope = :scope AND key = :key",
        {"scope": scope, "key": key, "answer": msgspec.json.encode(answer).decode()},
    )


async def release(tx: Transaction, scope: str, key: str) -> None:
    """Give a key back whose command came to nothing, so that the same form can be sent again."""
    await tx.sql(
        "DELETE FROM kit.idempotency_keys WHERE scope = :scope AND key = :key AND answer IS NULL",
        {"scope": scope, "key": key},
    )
