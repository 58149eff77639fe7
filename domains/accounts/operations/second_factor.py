"""The second factor of staff: an authenticator app, and recovery codes for who has lost it. Passkeys are next door.

Wrong codes are counted like wrong passwords, in a count of their own: a right password forgives no wrong code.
"""

import secrets
from uuid import UUID

from domains import audit
from domains.accounts import totp
from domains.accounts.errors import CodeWrong, LastSecondFactor
from domains.accounts.events import SecondFactorChanged, SecondFactorReset
from domains.accounts.models import RecoveryCodeRow, TotpRow
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.operations.tries import begin_counted_try
from domains.accounts.rows import locked
from domains.accounts.states import RECOVERY_CODES
from domains.kit import Transaction, record
from domains.kit.crypto import keyring

_AROUND = (-1, 0, 1)  # a phone's clock may be half a minute off; no more
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else


async def begin_code_try(tx: Transaction, account_id: UUID, *, client: str) -> UUID:
    """Count a try of a code before it is looked at, as `begin_try` does for passwords. Raises `TooManyTries`."""
    return await begin_counted_try(tx, keyring().search_hash(str(account_id), "second factor"), client=client)


async def begin_totp(tx: Transaction, account_id: UUID, *, secret: str = "") -> str:
    """The secret for an authenticator app that is being set up: the same until a code of it was given.

    An app that the account has goes on working until then.
    """
    await locked(tx, account_id)
    row = await tx.session.get(TotpRow, account_id, populate_existing=True)
    if row is None:
        row = TotpRow(account_id=account_id)
        tx.session.add(row)
    if row.pending is None or secret:
        row.pending = secret or totp.new_secret()
    await tx.session.flush()
    return row.pending


async def confirm_totp(tx: Transaction, account_id: UUID, code: str) -> None:
    """Make the secret of `begin_totp` count, by a first code of it. Emits `user.second_factor_changed`.

    Raises `CodeWrong`.
    """
    await locked(tx, account_id)
    row = await tx.session.get(TotpRow, account_id, populate_existing=True)
    if row is None or row.pending is None:
        raise CodeWrong
    moment = await tx.now()
    row.last_step = _step_of(row.pending, code, int(moment.timestamp()))
    row.secret, row.pending, row.confirmed_at = row.pending, None, moment
    await tx.session.flush()
    await _changed(tx, account_id, "app")


async def use_totp(tx: Transaction, account_id: UUID, code: str) -> None:
    """Let a code of the authenticator app pass, once: of two at the same moment one. Raises `CodeWrong`."""
    row = await tx.session.get(TotpRow, account_id, populate_existing=True)
    if row is None or row.secret is None:
        raise CodeWrong
    step = _step_of(row.secret, code, int((await tx.now()).timestamp()))
    # Compare and set in one statement: whoever comes second with this step, or an older one, sets nothing.
    passed = await tx.sql(
        "UPDATE accounts.totp_secrets SET last_step = :step"
        " WHERE account_id = :id AND (last_step IS NULL OR last_step < :step)",
        {"id": account_id, "step": step},
    )
    if not passed.rowcount:
        raise CodeWrong


async def enrol_app(tx: Transaction, account_id: UUID, secret: str) -> None:
    """An authenticator app whose secret is known already, as the demo's accounts have."""
    await begin_totp(tx, account_id, secret=secret)
    row = await tx.session.get(TotpRow, account_id)
    if row is not None:
        row.secret, row.pending, row.confirmed_at = row.pending, None, await tx.now()
        await tx.session.flush()


def _step_of(secret: str, code: str, now: int) -> int:
    """The half minute around `now` that this is the code of. Raises `CodeWrong`."""
    plain = "".join(code.split())
    for step in (now // totp.STEP + around for around in _AROUND):
        if secrets.compare_digest(totp.code_at(secret, step).encode(), plain.encode()):
            return step
    raise CodeWrong


async def new_recovery_codes(tx: Transaction, account_id: UUID) -> list[str]:
    """Ten new recovery codes, to be shown once; those before no longer work. Emits `user.second_factor_changed`."""
    codes = [_new_code() for _number in range(RECOVERY_CODES)]
    await tx.sql("DELETE FROM accounts.recovery_codes WHERE account_id = :id", {"id": account_id})
    tx.session.add_all(
        [RecoveryCodeRow(account_id=account_id, code_hash=_code_hash(account_id, code)) for code in codes]
    )
    await tx.session.flush()
    await _changed(tx, account_id, "recovery_codes")
    return codes


async def use_recovery_code(tx: Transaction, account_id: UUID, code: str) -> int:
    """Use a recovery code up; how many are left. Raises `CodeWrong`."""
    used = await tx.sql(
        "UPDATE accounts.recovery_codes SET used_at = kit.now()"
        " WHERE account_id = :id AND code_hash = :hash AND used_at IS NULL",
        {"id": account_id, "hash": _code_hash(account_id, code)},
    )
    if not used.rowcount:
        raise CodeWrong
    left = await tx.sql(
        "SELECT count(*) FROM accounts.recovery_codes WHERE account_id = :id AND used_at IS NULL", {"id": account_id}
    )
    return int(left.scalar_one())


async def remove_totp(tx: Transaction, account_id: UUID) -> None:
    """Take the authenticator app away. Emits `user.second_factor_changed`. Raises `LastSecondFactor`."""
    await locked(tx, account_id)
    keys = await tx.sql("SELECT count(*) FROM accounts.passkeys WHERE account_id = :id", {"id": account_id})
    if not keys.scalar_one():
        raise LastSecondFactor
    await tx.sql("DELETE FROM accounts.totp_secrets WHERE account_id = :id", {"id": account_id})
    await _changed(tx, account_id, "app")


async def reset_second_factor(tx: Transaction, account_id: UUID) -> None:
    """Take every second factor and recovery code away and log the account out; the next log-in makes new ones.

    Emits `user.second_factor_reset`. Raises `AccountUnknown`.
    """
    row = await locked(tx, account_id)
    for table in ("totp_secrets", "passkeys", "recovery_codes"):
        await tx.sql(f"DELETE FROM accounts.{table} WHERE account_id = :id", {"id": account_id})
    await end_sessions(tx, account_id)
    await record(tx, SecondFactorReset(user_id=account_id))
    await audit.record(
        tx, action="staff.second_factor_reset", subject=("account", account_id), label=row.role, always=True
    )


async def _changed(tx: Transaction, account_id: UUID, what: str) -> None:
    await record(tx, SecondFactorChanged(user_id=account_id, what=what))
    await audit.record(
        tx, action="staff.second_factor_changed", subject=("account", account_id), note=what, always=True
    )


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _letter in range(10))  # about 49 bits, and five tries
    return f"{letters[:5]}-{letters[5:]}"


def _code_hash(account_id: UUID, code: str) -> bytes:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return keyring().search_hash(f"{account_id} {plain}", "recovery code")
