"""What a buyer does with his review: writes it, changes it, takes it back."""

from uuid import UUID

from sqlalchemy.dialects import postgresql

from domains import catalog, orders
from domains.kit import Transaction, new_id, record
from domains.orders import OrderView
from domains.reviews.errors import NotArrived, NotBought, ReviewGone, ReviewNotFound
from domains.reviews.events import ReviewChanged, ReviewHeld, ReviewPublished, ReviewRemoved
from domains.reviews.models import ReviewRow
from domains.reviews.operations.counting import count
from domains.reviews.operations.locking import lock_own
from domains.reviews.queries import arrived, settings
from domains.reviews.states import Doubt, ReviewStatus
from domains.reviews.views import Buyer, ReviewDraft, Written
from domains.reviews.words import cleaned, doubt_of


async def write(tx: Transaction, *, number: str, product_id: UUID, buyer: Buyer, draft: ReviewDraft) -> Written:
    """Say what the buyer of order `number` thinks of one of its products; said again, it is changed.

    One review per product and order: what is bought again may be reviewed again, two colours in one order may not. It
    is shown at once, unless it has a link or a word of the shop's list, or was hidden before: then staff look first.
    Emits `review.published`, `review.held` or, of one that is shown already, `review.changed`.

    Raises `OrderNotFound` for who neither owns the order nor holds a link to it, `NotBought`, `NotArrived`, `Invalid`
    with every wrong field, `ReviewGone` after it was removed.
    """
    order = await orders.visible(tx, number, account_id=buyer.account_id, tokens=buyer.tokens)
    options = await _bought(tx, order, product_id)
    if not arrived(order, await tx.now()):
        raise NotArrived
    words = cleaned(draft)
    doubt = doubt_of(words, (await settings(tx)).blocked_words)
    status = ReviewStatus.PENDING if doubt else ReviewStatus.PUBLISHED
    review_id: UUID | None = (
        await tx.session.execute(
            postgresql.insert(ReviewRow)
            .values(
                id=new_id(),
                product_id=product_id,
                order_id=order.id,
                options=options,
                stars=words.stars,
                name=words.name,
                title=words.title,
                body=words.body,
                status=status,
                reason=doubt,
            )
            .on_conflict_do_nothing(index_elements=[ReviewRow.order_id, ReviewRow.product_id])
            .returning(ReviewRow.id)
        )
    ).scalar_one_or_none()
    if review_id is None:
        return await _change(tx, order.id, product_id, words, doubt)
    if doubt is not None:
        await record(tx, ReviewHeld(review_id, product_id, order.id, words.stars, doubt))
    else:
        await count(tx, product_id, on=words.stars)
        await record(tx, ReviewPublished(review_id, product_id, order.id, words.stars))
    return Written(review_id, status)


async def remove(tx: Transaction, *, number: str, product_id: UUID, buyer: Buyer) -> None:
    """Take the buyer's review back for good: it is no longer shown, its words are gone. Emits `review.removed`.

    Raises `OrderNotFound`, `ReviewNotFound`; to remove it again changes nothing.
    """
    order = await orders.visible(tx, number, account_id=buyer.account_id, tokens=buyer.tokens)
    row = await lock_own(tx, order.id, product_id)
    if row is None:
        raise ReviewNotFound
    if row.status == ReviewStatus.REMOVED:
        return
    if row.status == ReviewStatus.PUBLISHED:
        await count(tx, product_id, off=row.stars)
    row.status, row.reason = ReviewStatus.REMOVED, None
    row.name = row.title = row.body = ""
    row.reply = row.replied_at = None
    await tx.session.flush()
    await record(tx, ReviewRemoved(row.id, product_id, order.id, row.stars))


async def _bought(tx: Transaction, order: OrderView, product_id: UUID) -> str:
    """In what options the order has the product. Raises `NotBought`."""
    lines = [line for line in order.lines if line.product_id == product_id]
    # The order keeps what was sold whatever becomes of it; a product that the catalogue has forgotten has no page.
    if not lines or not await catalog.variants(tx, [line.variant_id for line in lines]):
        raise NotBought
    return lines[0].options


async def _change(
    tx: Transaction, order_id: UUID, product_id: UUID, words: ReviewDraft, doubt: Doubt | None
) -> Written:
    row = await lock_own(tx, order_id, product_id)
    if row is None or row.status == ReviewStatus.REMOVED:
        raise ReviewGone
    was, was_shown = row.stars, row.status == ReviewStatus.PUBLISHED
    if (row.stars, row.name, row.title, row.body) == (words.stars, words.name, words.title, words.body):
        return Written(row.id, ReviewStatus(row.status))
    if row.status == ReviewStatus.HIDDEN or row.reason == Doubt.CHANGED:
        doubt = Doubt.CHANGED
    row.edited_at = await tx.now()
    row.stars, row.name, row.title, row.body = words.stars, words.name, words.title, words.body
    row.status, row.reason = ReviewStatus.PENDING if doubt else ReviewStatus.PUBLISHED, doubt
    await tx.session.flush()
    shown = row.status == ReviewStatus.PUBLISHED
    await count(tx, product_id, off=was if was_shown else None, on=row.stars if shown else None)
    if doubt is not None:
        await record(tx, ReviewHeld(row.id, product_id, order_id, row.stars, doubt))
    elif was_shown:
        await record(tx, ReviewChanged(row.id, product_id, order_id, row.stars, was))
    else:
        await record(tx, ReviewPublished(row.id, product_id, order_id, row.stars))
    return Written(row.id, ReviewStatus(row.status))
