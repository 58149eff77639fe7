"""Tables of accounts: people, their addresses, sessions, second factors, single-use links, notes of the staff about
them, and the words staff find them by."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.accounts.states import LABELS, ROLES, STATUSES, TOKEN_PURPOSES
from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")
_LIVE = text("account_status <> 'deactivated'")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class AccountRow(Base):
    """A person who can log in. The mail address is unique by its keyed hash among accounts that are not closed; the
    hash of the password never leaves."""

    __tablename__ = "accounts"
    __table_args__ = (
        # A closed account keeps its address for what was sold to it; a new account may have it all the same.
        Index("uq_accounts_email_hash", "email_hash", unique=True, postgresql_where=_LIVE),
        Index("ix_accounts_email_hash", "email_hash"),
        Index("ix_accounts_role_created_at", "role", "created_at", "id"),
        # The few who work here, among all customers.
        Index("ix_accounts_staff", "id", postgresql_where=text("role <> 'customer'")),
        CheckConstraint("octet_length(email_hash) = 32", name="email_hash"),
        CheckConstraint(_one_of("role", ROLES), name="role"),
        CheckConstraint(_one_of("account_status", STATUSES), name="account_status"),
        CheckConstraint("left(password_hash, 10) = '$argon2id$'", name="password_hash"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(EncryptedText("accounts.accounts.email"))
    email_hash: Mapped[bytes] = mapped_column(LargeBinary)
    password_hash: Mapped[str | None] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(EncryptedText("accounts.accounts.first_name"))
    last_name: Mapped[str] = mapped_column(EncryptedText("accounts.accounts.last_name"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("accounts.accounts.phone"))
    role: Mapped[str] = mapped_column(String(20), server_default="customer", index=True)
    account_status: Mapped[str] = mapped_column(String(20), server_default="active")
    email_verified: Mapped[bool] = mapped_column(server_default=text("false"))
    preferences: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class AddressRow(Base):
    """An address of an account's address book; at most one is the default."""

    __tablename__ = "addresses"
    __table_args__ = (
        CheckConstraint(_one_of("label", LABELS), name="label"),
        CheckConstraint("country_code ~ '^[A-Z]{2}$'", name="country_code"),
        Index("uq_addresses_default", "account_id", unique=True, postgresql_where=text("is_default")),
        Index("ix_addresses_account_id", "account_id"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(10), server_default="home")
    name: Mapped[str] = mapped_column(EncryptedText("accounts.addresses.name"))
    company: Mapped[str] = mapped_column(EncryptedText("accounts.addresses.company"))
    street_line_1: Mapped[str] = mapped_column(EncryptedText("accounts.addresses.street_line_1"))
    street_line_2: Mapped[str | None] = mapped_column(EncryptedText("accounts.addresses.street_line_2"))
    city: Mapped[str] = mapped_column(EncryptedText("accounts.addresses.city"))
    state: Mapped[str] = mapped_column(String(100), server_default="")
    postal_code: Mapped[str] = mapped_column(EncryptedText("accounts.addresses.postal_code"))
    country_code: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str | None] = mapped_column(EncryptedText("accounts.addresses.phone"))
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class SessionRow(Base):
    """A log-in. The id is random and stored only as a hash; the row is deleted when the session ends."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("octet_length(id_hash) = 32", name="id_hash"),
        CheckConstraint("expires_at > created_at", name="expires_at"),
        Index("ix_sessions_account_id", "account_id"),
        Index("ix_sessions_expires_at", "expires_at"),
        {"schema": "accounts"},
    )

    id_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    last_seen_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    authenticated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(60), server_default="")
    # For staff: when the second factor passed, and as which customer the shop is being looked at.
    second_factor_at: Mapped[datetime | None]
    acting_as: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="SET NULL"))


class TotpRow(Base):
    """The secret of an authenticator app; a `pending` one counts once a code of it was given. `last_step` is the newest
    half minute whose code passed: neither it nor an older one passes again."""

    __tablename__ = "totp_secrets"
    __table_args__ = (
        CheckConstraint("secret IS NOT NULL OR pending IS NOT NULL", name="secret"),
        CheckConstraint("(secret IS NULL) = (confirmed_at IS NULL)", name="confirmed_at"),
        {"schema": "accounts"},
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str | None] = mapped_column(EncryptedText("accounts.totp_secrets.secret"))
    pending: Mapped[str | None] = mapped_column(EncryptedText("accounts.totp_secrets.pending"))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class PasskeyRow(Base):
    """A passkey: the public half, and how often its device says it was used."""

    __tablename__ = "passkeys"
    __table_args__ = (
        CheckConstraint("octet_length(credential_id) BETWEEN 1 AND 1023", name="credential_id"),
        CheckConstraint("sign_count >= 0", name="sign_count"),
        Index("ix_passkeys_account_id", "account_id"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    last_used_at: Mapped[datetime | None]


class PasskeyChallengeRow(Base):
    """What a passkey is to sign for one session; asked once, used once."""

    __tablename__ = "passkey_challenges"
    __table_args__ = ({"schema": "accounts"},)

    session_hash: Mapped[bytes] = mapped_column(
        ForeignKey("accounts.sessions.id_hash", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class RecoveryCodeRow(Base):
    """A code for who has lost his second factor; only its keyed hash is kept, and it works once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (
        CheckConstraint("octet_length(code_hash) = 32", name="code_hash"),
        {"schema": "accounts"},
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    used_at: Mapped[datetime | None]


class AccountNoteRow(Base):
    """What staff wrote down about a customer, for each other."""

    __tablename__ = "account_notes"
    __table_args__ = (Index("ix_account_notes_account_id", "account_id", "made_at"), {"schema": "accounts"})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(EncryptedText("accounts.account_notes.text"))
    made_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class EmailChangeRow(Base):
    """A wish for another mail address. Open until it is confirmed, stopped or followed by another."""

    __tablename__ = "email_changes"
    __table_args__ = (
        CheckConstraint("octet_length(old_email_hash) = 32", name="old_email_hash"),
        CheckConstraint("octet_length(new_email_hash) = 32", name="new_email_hash"),
        Index(
            "uq_email_changes_open",
            "account_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL AND stopped_at IS NULL"),
        ),
        Index("ix_email_changes_account_id", "account_id"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    old_email: Mapped[str] = mapped_column(EncryptedText("accounts.email_changes.old_email"))
    old_email_hash: Mapped[bytes] = mapped_column(LargeBinary)
    new_email: Mapped[str] = mapped_column(EncryptedText("accounts.email_changes.new_email"))
    new_email_hash: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class LogInTryRow(Base):
    """A try of a password. `failed` is false while it is being looked at; one that went well is deleted.

    `account_hash` is of the address that was typed, known or not; it is taken off once the owner has logged in.
    """

    __tablename__ = "log_in_tries"
    __table_args__ = (
        Index("ix_log_in_tries_account_hash", "account_hash", "tried_at"),
        Index("ix_log_in_tries_client", "client", "tried_at"),
        Index("ix_log_in_tries_tried_at", "tried_at"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    client: Mapped[str] = mapped_column(String(80))
    tried_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    failed: Mapped[bool] = mapped_column(server_default=text("false"))


class TokenRow(Base):
    """A single-use link; only the hash of its token is kept. Links about a change of address say which."""

    __tablename__ = "tokens"
    __table_args__ = (
        CheckConstraint(_one_of("purpose", TOKEN_PURPOSES), name="purpose"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),
        Index("ix_tokens_account_id", "account_id", "purpose"),
        {"schema": "accounts"},
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    email_change_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.email_changes.id", ondelete="CASCADE"))
    email_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class AccountWord(Base):
    """A keyed hash of a word, or the beginning of one, of an account's name and mail, for staff to search by."""

    __tablename__ = "account_words"
    __table_args__ = (Index("ix_account_words_word_hash", "word_hash"), {"schema": "accounts"})

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"), primary_key=True)
    word_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
