"""Ids: UUIDs of version 7, made in Python so that PostgreSQL 16 serves too; they sort by the time they were made."""

import secrets
from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A new id, later than all ids this process made before."""
    return compat.uuid7()


def new_token() -> str:
    """An unguessable token of 256 bits for a link or a cookie; only its hash is ever stored."""
    return secrets.token_urlsafe(32)
