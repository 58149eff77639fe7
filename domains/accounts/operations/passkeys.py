"""Passkeys: what a device is asked to sign, and whether it did."""

import json
from typing import Any
from uuid import UUID

import msgspec
import webauthn
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domains import audit
from domains.accounts.errors import LastSecondFactor, PasskeyRefused, TooManyPasskeys
from domains.accounts.events import SecondFactorChanged
from domains.accounts.models import PasskeyRow
from domains.accounts.rows import locked
from domains.accounts.states import CHALLENGE_LIFE, MOST_PASSKEYS
from domains.kit import Transaction, new_id, record
from domains.kit.crypto import token_hash


class Site(msgspec.Struct, frozen=True):
    """Where a passkey is good for: the host's name, and the origin that the browser says it is on."""

    host: str
    origin: str


async def ask_new_passkey(
    tx: Transaction, account_id: UUID, *, session: str, site: Site, name: str, label: str
) -> dict[str, Any]:
    """What the browser needs to make a passkey, as JSON; remembered for the session. Raises `TooManyPasskeys`."""
    known = await _keys(tx, account_id)
    if len(known) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=label,
        user_id=account_id.bytes,
        user_name=name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    await _remember(tx, session, options.challenge)
    return _as_json(options)


async def add_passkey(
    tx: Transaction, account_id: UUID, answer: str, *, session: str, site: Site, name: str = ""
) -> UUID:
    """Keep the passkey that the browser made. Emits `user.second_factor_changed`. Raises `PasskeyRefused`."""
    await locked(tx, account_id)
    challenge = await _asked(tx, session)
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    taken = await tx.sql(
        "SELECT 1 FROM accounts.passkeys WHERE credential_id = :credential", {"credential": made.credential_id}
    )
    if taken.first() is not None:
        raise PasskeyRefused
    passkey_id = new_id()
    tx.session.add(
        PasskeyRow(
            id=passkey_id,
            account_id=account_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name.strip()[:60] or "Passkey",
        )
    )
    await tx.session.flush()
    await _changed(tx, account_id)
    return passkey_id


async def ask_passkey(tx: Transaction, account_id: UUID, *, session: str, site: Site) -> dict[str, Any]:
    """What the browser needs to use one of the account's passkeys, as JSON. Raises `PasskeyRefused` without one."""
    known = await _keys(tx, account_id)
    if not known:
        raise PasskeyRefused
    options = webauthn.generate_authentication_options(
        rp_id=site.host, allow_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in known]
    )
    await _remember(tx, session, options.challenge)
    return _as_json(options)


async def use_passkey(tx: Transaction, account_id: UUID, answer: str, *, session: str, site: Site) -> None:
    """Let a passkey of the account pass. Raises `PasskeyRefused`."""
    challenge = await _asked(tx, session)
    found = await tx.session.execute(
        select(PasskeyRow)
        .where(PasskeyRow.account_id == account_id, PasskeyRow.credential_id == _credential_id(answer))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    key = found.scalar_one_or_none()
    if key is None:
        raise PasskeyRefused
    try:
        used = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    key.sign_count, key.last_used_at = used.new_sign_count, await tx.now()
    await tx.session.flush()


async def remove_passkey(tx: Transaction, account_id: UUID, passkey_id: UUID) -> None:
    """Take a passkey away. Emits `user.second_factor_changed`. Raises `LastSecondFactor` for the only factor."""
    await locked(tx, account_id)
    others = await tx.sql(
        "SELECT EXISTS (SELECT 1 FROM accounts.passkeys WHERE account_id = :id AND id <> :key)"
        " OR EXISTS (SELECT 1 FROM accounts.totp_secrets WHERE account_id = :id AND secret IS NOT NULL)",
        {"id": account_id, "key": passkey_id},
    )
    if not others.scalar_one():
        raise LastSecondFactor
    gone = await tx.sql(
        "DELETE FROM accounts.passkeys WHERE account_id = :id AND id = :key", {"id": account_id, "key": passkey_id}
    )
    if gone.rowcount:
        await _changed(tx, account_id)


async def _keys(tx: Transaction, account_id: UUID) -> list[PasskeyRow]:
    found = await tx.session.execute(
        select(PasskeyRow).where(PasskeyRow.account_id == account_id).order_by(PasskeyRow.created_at)
    )
    return list(found.scalars())


async def _remember(tx: Transaction, session: str, challenge: bytes) -> None:
    await tx.sql(
        "INSERT INTO accounts.passkey_challenges (session_hash, challenge) VALUES (:session, :challenge)"
        " ON CONFLICT (session_hash) DO UPDATE SET challenge = excluded.challenge, made_at = kit.now()",
        {"session": token_hash(session), "challenge": challenge},
    )


async def _asked(tx: Transaction, session: str) -> bytes:
    """What this session was asked to sign: given out once."""
    asked = await tx.sql(
        "DELETE FROM accounts.passkey_challenges WHERE session_hash = :session"
        " RETURNING challenge, made_at > kit.now() - CAST(:life AS interval) AS is_live",
        {"session": token_hash(session), "life": CHALLENGE_LIFE},
    )
    row = asked.one_or_none()
    if row is None or not row.is_live:
        raise PasskeyRefused
    return bytes(row.challenge)


def _credential_id(answer: str) -> bytes:
    try:
        return base64url_to_bytes(json.loads(answer)["rawId"])
    except (ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error


def _as_json(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return plain


async def _changed(tx: Transaction, account_id: UUID) -> None:
    await record(tx, SecondFactorChanged(user_id=account_id, what="passkey"))
    await audit.record(
        tx, action="staff.second_factor_changed", subject=("account", account_id), note="passkey", always=True
    )
