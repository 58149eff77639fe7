"""What staff do with reviews: on record, and taken back from there as long as nothing later has changed the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domains import audit
from domains.kit import ActorKind, Forbidden, Transaction, record
from domains.reviews.errors import ReviewChangedMeanwhile, ReviewNotFound, ReviewStateForbidden
from domains.reviews.events import ReviewHeld, ReviewHidden, ReviewPublished, ReviewReplied
from domains.reviews.models import ReviewRow
from domains.reviews.operations.counting import count
from domains.reviews.operations.locking import lock
from domains.reviews.states import TRANSITIONS, Doubt, HideReason, ReviewStatus
from domains.reviews.words import cleaned_reply


async def publish(tx: Transaction, review_id: UUID, *, seen: datetime | None = None) -> None:
    """Show a review that waited or was hidden, and count it. Emits `review.published`; shown already, nothing.

    `seen` is when what was looked at was written. Raises `Forbidden` unless staff act, `ReviewNotFound`,
    `ReviewStateForbidden`, `ReviewChangedMeanwhile` where its writer has changed it since.
    """
    row = await _held(tx, review_id)
    if seen is not None and seen != (row.edited_at or row.created_at):
        raise ReviewChangedMeanwhile
    if row.status == ReviewStatus.PUBLISHED:
        return
    was = _state(row)
    _move(row, ReviewStatus.PUBLISHED, None)
    await tx.session.flush()
    await count(tx, row.product_id, on=row.stars)
    await record(tx, ReviewPublished(row.id, row.product_id, row.order_id, row.stars))
    await _tell(tx, row, "review.published", was)


async def hide(tx: Transaction, review_id: UUID, *, reason: HideReason) -> None:
    """Do not show a review, and no longer count it; its writer is told why on his page. Emits `review.hidden`.

    Raises `Forbidden` unless staff act, `ReviewNotFound`, `ReviewStateForbidden`.
    """
    row = await _held(tx, review_id)
    was_shown = row.status == ReviewStatus.PUBLISHED
    if row.status == ReviewStatus.HIDDEN and row.reason == reason:
        return
    was = _state(row)
    if row.status != ReviewStatus.HIDDEN:
        _move(row, ReviewStatus.HIDDEN, reason)
    row.reason = reason
    await tx.session.flush()
    if was_shown:
        await count(tx, row.product_id, off=row.stars)
    await record(tx, ReviewHidden(row.id, row.product_id, row.order_id, row.stars, reason))
    await _tell(tx, row, "review.hidden", was)


async def keep(tx: Transaction, review_id: UUID) -> None:
    """Go on showing a review that readers reported: staff have looked, and nobody need look again until others report
    it. Raises `Forbidden` unless staff act, `ReviewNotFound`, `ReviewStateForbidden` for one that is not shown.
    """
    row = await _held(tx, review_id)
    if row.status != ReviewStatus.PUBLISHED:
        raise ReviewStateForbidden
    if not row.reports:
        return
    was, row.reports = row.reports, 0
    await tx.session.flush()
    await audit.record(tx, action="review.kept", subject=("review", row.id), changes={"reports": (was, 0)})


async def reply(tx: Transaction, review_id: UUID, body: str, *, instead_of: str | None = None) -> None:
    """Answer under a review in the shop's name; an empty answer takes the present one back. Emits `review.replied`.

    `instead_of` is the answer that was seen there, empty for none. Raises `Forbidden` unless staff act,
    `ReviewNotFound`, `Invalid`, `ReviewStateForbidden` for a removed one, `ReviewChangedMeanwhile` where a colleague
    has answered since.
    """
    row = await _held(tx, review_id)
    words = cleaned_reply(body) or None
    if instead_of is not None and cleaned_reply(instead_of) != (row.reply or "") and words != row.reply:
        raise ReviewChangedMeanwhile
    if row.status == ReviewStatus.REMOVED:
        raise ReviewStateForbidden
    if words == row.reply:
        return
    was = row.reply
    replied_at = await tx.now() if words else None
    row.reply, row.replied_at = words, replied_at
    await tx.session.flush()
    await record(tx, ReviewReplied(row.id, row.product_id, row.order_id, row.stars))
    await audit.record(
        tx, action="review.answered", subject=("review", row.id), changes={"reply": (was, words)}, undo="review"
    )


async def _held(tx: Transaction, review_id: UUID) -> ReviewRow:
    if tx.actor.kind not in {ActorKind.STAFF, ActorKind.SYSTEM}:
        raise Forbidden
    row = await lock(tx, review_id)
    if row is None:
        raise ReviewNotFound
    return row


def _state(row: ReviewRow) -> tuple[str, str | None]:
    return row.status, row.reason


async def _tell(tx: Transaction, row: ReviewRow, action: str, was: tuple[str, str | None]) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("review", row.id),
        changes={"status": (was[0], row.status), "reason": (was[1], row.reason)},
        undo="review",
    )


async def _hold_back(tx: Transaction, review_id: UUID, doubt: Doubt) -> None:
    """Let a review wait for staff again, as it did before."""
    row = await _held(tx, review_id)
    was_shown = row.status == ReviewStatus.PUBLISHED
    _move(row, ReviewStatus.PENDING, doubt)
    await tx.session.flush()
    if was_shown:
        await count(tx, row.product_id, off=row.stars)
    await record(tx, ReviewHeld(row.id, row.product_id, row.order_id, row.stars, doubt))


async def _present(tx: Transaction, review_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await lock(tx, UUID(review_id))
    return {} if row is None else {field: getattr(row, field) for field in fields}


async def _put_back(tx: Transaction, review_id: str, fields: dict[str, Any]) -> None:
    which = UUID(review_id)
    if "reply" in fields:
        await reply(tx, which, fields["reply"] or "")
        return
    row = await _held(tx, which)
    status, reason = fields.get("status", row.status), fields.get("reason", row.reason)
    match status:
        case ReviewStatus.PUBLISHED:
            await publish(tx, which)
        case ReviewStatus.HIDDEN:
            await hide(tx, which, reason=HideReason(reason or ""))
        case ReviewStatus.PENDING:
            await _hold_back(tx, which, Doubt(reason or ""))
        case _:
            raise ReviewStateForbidden


audit.undoable("review", _put_back, _present)


def _move(row: ReviewRow, to: ReviewStatus, reason: HideReason | Doubt | None) -> None:
    if to not in TRANSITIONS[ReviewStatus(row.status)]:
        raise ReviewStateForbidden
    row.status, row.reason = to, reason
