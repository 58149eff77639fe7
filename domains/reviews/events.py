"""Facts of reviews: ids, stars and states, never a word of what was written nor who wrote it."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class ReviewPublished(Event, frozen=True):
    """The review is shown from now on, and counts."""

    type: ClassVar[str] = "review.published"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int


class ReviewChanged(Event, frozen=True):
    """Its writer has changed a review that is shown, and it goes on being shown; `was` are the stars before."""

    type: ClassVar[str] = "review.changed"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int
    was: int


class ReviewHeld(Event, frozen=True):
    """The review waits until staff have looked at it, and is not shown meanwhile; `reason` says why."""

    type: ClassVar[str] = "review.held"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int
    reason: str


class ReviewHidden(Event, frozen=True):
    """Staff do not show the review; `reason` is a word of `HideReason`."""

    type: ClassVar[str] = "review.hidden"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int
    reason: str


class ReviewRemoved(Event, frozen=True):
    """Its writer took the review back; its text is gone."""

    type: ClassVar[str] = "review.removed"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int


class ReviewReplied(Event, frozen=True):
    """Staff answered under the review, changed their answer or took it back."""

    type: ClassVar[str] = "review.replied"
    stream: ClassVar[str] = "review"

    review_id: UUID
    product_id: UUID
    order_id: UUID
    stars: int


class ReviewRequested(Event, frozen=True):
    """The buyer of an order is asked what he thinks of it: once in the order's life."""

    type: ClassVar[str] = "review.requested"
    stream: ClassVar[str] = "order"

    order_id: UUID
    user_id: UUID | None
