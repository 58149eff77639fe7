"""The states of a review and the arrows between them, as literal tables; the words a review is held or hidden with."""

from enum import StrEnum


class ReviewStatus(StrEnum):
    """Only what is `published` is shown and counted. `removed` is final: its writer took it back, its text is gone."""

    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    REMOVED = "removed"


TRANSITIONS: dict[ReviewStatus, frozenset[ReviewStatus]] = {
    ReviewStatus.PENDING: frozenset({ReviewStatus.PUBLISHED, ReviewStatus.HIDDEN, ReviewStatus.REMOVED}),
    ReviewStatus.PUBLISHED: frozenset({ReviewStatus.PENDING, ReviewStatus.HIDDEN, ReviewStatus.REMOVED}),
    ReviewStatus.HIDDEN: frozenset({ReviewStatus.PENDING, ReviewStatus.PUBLISHED, ReviewStatus.REMOVED}),
    ReviewStatus.REMOVED: frozenset(),
}


class Doubt(StrEnum):
    """Why a review waits until staff have looked at it."""

    LINK = "link"
    """It names a web or mail address."""
    WORD = "word"
    """It has a word of the shop's list."""
    CHANGED = "changed"
    """It was hidden, and its writer has changed it."""


class HideReason(StrEnum):
    """Why staff do not show a review; its writer is told."""

    SPAM = "spam"
    ABUSE = "abuse"
    PERSONAL = "personal"
    OFF_TOPIC = "off_topic"
    UNLAWFUL = "unlawful"


class RequestOutcome(StrEnum):
    """What became of the plan to ask a buyer for reviews."""

    ASKED = "asked"
    REVIEWED = "reviewed"
    """Everything was reviewed before it was time to ask."""
    WITHDRAWN = "withdrawn"
    """The order was cancelled or its money has gone back."""
    CLOSED = "closed"
    """The account is suspended or closed."""
    LATE = "late"
    """Too long ago to ask, because no worker ran in time."""
