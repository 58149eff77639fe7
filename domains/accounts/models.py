"""Tables of accounts: people, their addresses, sessions, single-use links, and the words staff find them by."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.accounts.states import ROLES, STATUSES, TOKEN_PURPOSES
from domains.kit import Base, new_id
from domains.kit.crypto import EncryptedText

_NOW = text("kit.now()")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class AccountRow(Base):
    """A person who can log in. The mail address is unique by its keyed hash; the hash of the password never leaves."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("octet_length(email_hash) = 32", name="email_hash"),
        CheckConstraint(_one_of("role", ROLES), name="role"),
        CheckConstraint(_one_of("account_status", STATUSES), name="account_status"),
        CheckConstraint("left(password_hash, 10) = '$argon2id$'", name="password_hash"),
        {"schema": "accounts"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(EncryptedText("accounts.accounts.email"))
    email_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
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
        CheckConstraint("label IN ('home', 'work', 'other')", name="label"),
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


class TokenRow(Base):
    """A single-use link; only the hash of its token is kept."""

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
