"""Making accounts and proving their addresses."""

import re
from uuid import UUID

from domains.accounts.errors import EmailTaken
from domains.accounts.events import EmailVerified, SignUpRepeated, UserRegistered, VerificationAsked
from domains.accounts.models import AccountRow, AccountWord
from domains.accounts.operations.links import issue_token, use_token
from domains.accounts.queries import find_account
from domains.accounts.states import STAFF_ROLES
from domains.accounts.views import NewAccount
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.crypto import email_hash, email_key, word_hashes
from domains.kit.i18n import gettext as _

_EMAIL = re.compile(r"[^@\s<>\"',;:\\()\[\]\x00-\x1f]{1,64}@[^@\s<>\"',;:\\()\[\]\x00-\x1f]+\.[^@\s.<>\"',;:]{2,}")


def check_email(email: str, *, field: str = "email") -> str:
    """The address in the spelling we keep. Raises `Invalid`."""
    clean = email_key(email)
    if len(clean) > 255 or not _EMAIL.fullmatch(clean) or ".." in clean:
        raise Invalid({field: _("Enter an e-mail address such as name@example.com.")})
    return clean


async def register(
    tx: Transaction, *, email: str, password_hash: str, first_name: str = "", last_name: str = ""
) -> UUID | None:
    """Make a customer's account; its address is proven by a mailed link.

    An address that has an account gets no second one: None comes back, its owner is told by mail, and the page says
    the same as for a new one. Emits `user.registered` or `user.sign_up_repeated`. Raises `Invalid`.
    """
    clean = check_email(email)
    known = await find_account(tx, clean)
    if known is None:
        account_id = await _insert(tx, clean, "customer", password_hash, first_name, last_name, verified=False)
        if account_id is not None:
            return account_id
        known = await find_account(tx, clean)  # somebody else was faster by a moment
    if known is not None:
        await record(tx, SignUpRepeated(user_id=known))
    return None


async def create_staff(
    tx: Transaction,
    *,
    email: str,
    role: str,
    first_name: str = "",
    last_name: str = "",
    password_hash: str | None = None,
) -> NewAccount:
    """Make a staff account; whoever has the returned token sets its password. Emits `user.registered`.

    Raises `Invalid` and `EmailTaken`.
    """
    if role not in STAFF_ROLES:
        raise Invalid({"role": _("Choose one of the roles: {roles}.").format(roles=", ".join(STAFF_ROLES))})
    account_id = await _insert(tx, check_email(email), role, password_hash, first_name, last_name, verified=True)
    if account_id is None:
        raise EmailTaken
    return NewAccount(account_id, await issue_token(tx, account_id, "set_password"))


async def ask_verification(tx: Transaction, account_id: UUID) -> None:
    """Have the verification mail sent again. Emits `user.verification_asked`."""
    await record(tx, VerificationAsked(user_id=account_id))


async def verify_email(tx: Transaction, token: str) -> UUID:
    """Prove the address that the link was mailed to; the account's id. Emits `user.email_verified`.

    Raises `LinkDead`.
    """
    account_id = await use_token(tx, token, "verify_email")
    changed = await tx.sql(
        "UPDATE accounts.accounts SET email_verified = true, updated_at = kit.now()"
        " WHERE id = :id AND NOT email_verified",
        {"id": account_id},
    )
    if changed.rowcount:
        await record(tx, EmailVerified(user_id=account_id))
    return account_id


async def _insert(
    tx: Transaction,
    email: str,
    role: str,
    password_hash: str | None,
    first_name: str,
    last_name: str,
    *,
    verified: bool,
) -> UUID | None:
    """Insert the row if the address is free, its search words and its event; None where it is taken."""
    names = {"first_name": first_name.strip(), "last_name": last_name.strip()}
    too_long = {field: _("Use at most 100 characters.") for field, value in names.items() if len(value) > 100}
    if too_long:
        raise Invalid(too_long)
    await lock_email(tx, email)
    if await find_account(tx, email) is not None:
        return None
    account_id = new_id()
    tx.session.add(
        AccountRow(
            id=account_id,
            email=email,
            email_hash=email_hash(email),
            password_hash=password_hash,
            role=role,
            email_verified=verified,
            **names,
        )
    )
    await tx.session.flush()
    await index_words(tx, account_id, email, *names.values())
    await record(tx, UserRegistered(user_id=account_id, role=role, email_verified=verified))
    return account_id


async def lock_email(tx: Transaction, email: str) -> None:
    """Let those who want one address meet here, not at a unique violation that would end the transaction."""
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext(:key))", {"key": f"accounts.email.{email_hash(email).hex()}"})


async def index_words(tx: Transaction, account_id: UUID, *texts: str) -> None:
    """Replace the hashed words that staff find the account by."""
    await tx.sql("DELETE FROM accounts.account_words WHERE account_id = :id", {"id": account_id})
    tx.session.add_all([AccountWord(account_id=account_id, word_hash=word) for word in sorted(word_hashes(texts))])
    await tx.session.flush()
