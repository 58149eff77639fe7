"""What staff do with reviews. Who did it stands with the event."""

from uuid import UUID

from domains.kit import ActorKind, Forbidden, Transaction, record
from domains.reviews.errors import ReviewNotFound, ReviewStateForbidden
from domains.reviews.events import ReviewHidden, ReviewPublished, ReviewReplied
from domains.reviews.models import ReviewRow
from domains.reviews.operations.counting import count
from domains.reviews.operations.locking import lock
from domains.reviews.states import TRANSITIONS, HideReason, ReviewStatus
from domains.reviews.words import cleaned_reply


async def publish(tx: Transaction, review_id: UUID) -> None:
    """Show a review that waited or was hidden, and count it. Emits `review.published`; shown already, nothing.

    Raises `Forbidden` unless staff act, `ReviewNotFound`, `ReviewStateForbidden`.
    """
    row = await _held(tx, review_id)
    if row.status == ReviewStatus.PUBLISHED:
        return
    _move(row, ReviewStatus.PUBLISHED, None)
    await tx.session.flush()
    await count(tx, row.product_id, on=row.stars)
    await record(tx, ReviewPublished(row.id, row.product_id, row.order_id, row.stars))


async def hide(tx: Transaction, review_id: UUID, *, reason: HideReason) -> None:
    """Do not show a review, and no longer count it; its writer is told why on his page. Emits `review.hidden`.

    Raises `Forbidden` unless staff act, `ReviewNotFound`, `ReviewStateForbidden`.
    """
    row = await _held(tx, review_id)
    was_shown = row.status == ReviewStatus.PUBLISHED
    if row.status == ReviewStatus.HIDDEN and row.reason == reason:
        return
    if row.status != ReviewStatus.HIDDEN:
        _move(row, ReviewStatus.HIDDEN, reason)
    row.reason = reason
    await tx.session.flush()
    if was_shown:
        await count(tx, row.product_id, off=row.stars)
    await record(tx, ReviewHidden(row.id, row.product_id, row.order_id, row.stars, reason))


async def reply(tx: Transaction, review_id: UUID, body: str) -> None:
    """Answer under a review in the shop's name; an empty answer takes the present one back. Emits `review.replied`.

    Raises `Forbidden` unless staff act, `ReviewNotFound`, `Invalid`, `ReviewStateForbidden` for a removed one.
    """
    row = await _held(tx, review_id)
    words = cleaned_reply(body) or None
    if row.status == ReviewStatus.REMOVED:
        raise ReviewStateForbidden
    if words == row.reply:
        return
    replied_at = await tx.now() if words else None
    row.reply, row.replied_at = words, replied_at
    await tx.session.flush()
    await record(tx, ReviewReplied(row.id, row.product_id, row.order_id, row.stars))


async def _held(tx: Transaction, review_id: UUID) -> ReviewRow:
    if tx.actor.kind not in {ActorKind.STAFF, ActorKind.SYSTEM}:
        raise Forbidden
    row = await lock(tx, review_id)
    if row is None:
        raise ReviewNotFound
    return row


def _move(row: ReviewRow, to: ReviewStatus, reason: HideReason | None) -> None:
    if to not in TRANSITIONS[ReviewStatus(row.status)]:
        raise ReviewStateForbidden
    row.status, row.reason = to, reason
