"""What the merchant decides about reviews."""

from collections.abc import Sequence

from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _

_LONGEST_WAIT = 60


async def configure(
    tx: Transaction, *, ask_after_days: int | None = None, blocked_words: Sequence[str] | None = None
) -> None:
    """Change how many days after delivery buyers are asked, or the words with which a review waits for staff.

    Requests that are planned already keep their time. Raises `Invalid`.
    """
    if ask_after_days is not None:
        if not 0 <= ask_after_days <= _LONGEST_WAIT:
            raise Invalid({"ask_after_days": _("Enter 0 to {longest} days.").format(longest=_LONGEST_WAIT)})
        await tx.sql("UPDATE reviews.settings SET ask_after_days = :days", {"days": ask_after_days})
    if blocked_words is not None:
        words = sorted({word.strip() for word in blocked_words} - {""})
        await tx.sql("UPDATE reviews.settings SET blocked_words = :words", {"words": words})
