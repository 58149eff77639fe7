"""The words of accounts and their status machine, as literal tables."""

from datetime import timedelta
from enum import StrEnum

ROLES = ("customer", "owner", "manager", "support", "warehouse", "finance", "marketing")
STAFF_ROLES = ROLES[1:]


class Status(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"


STATUSES = tuple(status.value for status in Status)

# From → to; deactivated is final (ACC-10, ACC-11). A trigger of the database repeats this table.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.ACTIVE: frozenset({Status.SUSPENDED, Status.DEACTIVATED}),
    Status.SUSPENDED: frozenset({Status.ACTIVE, Status.DEACTIVATED}),
    Status.DEACTIVATED: frozenset(),
}

TOKEN_PURPOSES = ("verify_email", "set_password", "reset_password", "change_email", "keep_email")
TOKEN_LIFE = {
    "verify_email": timedelta(days=3),
    "set_password": timedelta(days=7),
    "reset_password": timedelta(hours=1),  # ACC-05
    "change_email": timedelta(days=1),
    "keep_email": timedelta(days=7),
}
CHANGES_KEPT = timedelta(days=30)  # longer than any link that speaks of one

SESSION_LIFE = timedelta(hours=24)  # SEC-10
LAST_SEEN_EVERY = timedelta(minutes=1)

MOST_FAILED, FAILED_WITHIN = 5, timedelta(minutes=15)  # SEC-09: per account and per client
LABELS = ("home", "work", "other")
MOST_ADDRESSES = 50

FRESH_FOR = timedelta(minutes=15)  # so long a password counts for what is weighty
RECOVERY_CODES = 10
CHALLENGE_LIFE = timedelta(minutes=5)
MOST_PASSKEYS = 10
