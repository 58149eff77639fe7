"""Reviews for staff: read, shown or hidden with a reason, answered in the shop's name."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Bulk, Chosen, Column, StaffList, choice, days, words
from app.web.staff.showing import act_on_many, show_list
from app.web.visitors import Visitor
from domains import audit, desk, reviews
from domains.kit import Actor, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.reviews import HideReason, ReviewChangedMeanwhile, ReviewStateForbidden, ReviewStatus

STATES = {
    ReviewStatus.PENDING: State(_("To read"), "wait"),
    ReviewStatus.PUBLISHED: State(_("Shown"), "good"),
    ReviewStatus.HIDDEN: State(_("Hidden"), "bad"),
    ReviewStatus.REMOVED: State(_("Removed by its writer")),
}
REASONS = {
    "link": _("It names a web or mail address."),
    "word": _("It has a word of the shop's list."),
    "changed": _("It was hidden, and its writer has changed it."),
    HideReason.SPAM.value: _("Advertising"),
    HideReason.ABUSE.value: _("Insults or threats"),
    HideReason.PERSONAL.value: _("Personal data of somebody"),
    HideReason.OFF_TOPIC.value: _("Not about the product"),
    HideReason.UNLAWFUL.value: _("Against the law"),
}
HIDE_REASONS = [(reason.value, REASONS[reason]) for reason in HideReason]
_AT_ONCE = 200


class ShowForm(msgspec.Struct, forbid_unknown_fields=True):
    """`seen` is when what was looked at was written."""

    seen: str = ""


class HideForm(msgspec.Struct, forbid_unknown_fields=True):
    reason: str = ""


class ReplyForm(msgspec.Struct, forbid_unknown_fields=True):
    """`before` is the answer that stood there when the page was made."""

    reply: str = ""
    before: str = ""


async def _in_bulk(
    db: Database, actor: Actor, chosen: Chosen, change: Callable[[Transaction, UUID], Awaitable[None]]
) -> int:
    """Change each of them that can be changed; how many."""
    async with db.transaction(actor) as tx:
        ids = await reviews.in_lock_order(tx, chosen.ids)
    done = 0
    for first in range(0, len(ids), _AT_ONCE):
        with audit.together(chosen.batch):
            async with db.transaction(actor) as tx:
                for review_id in ids[first : first + _AT_ONCE]:
                    try:
                        await change(tx, review_id)
                    except ReviewStateForbidden:  # its writer has removed it
                        continue
                    done += 1
    return done


async def _show_many(db: Database, actor: Actor, chosen: Chosen) -> str:
    done = await _in_bulk(db, actor, chosen, reviews.publish)
    return _told(done, len(chosen.ids), _("Shown in the shop: {number}.").format(number=done))


async def _hide_many(db: Database, actor: Actor, chosen: Chosen) -> str:
    reason = _hide_reason(chosen.form.get("reason", ""))
    done = await _in_bulk(db, actor, chosen, lambda tx, review_id: reviews.hide(tx, review_id, reason=reason))
    return _told(done, len(chosen.ids), _("Hidden: {number}.").format(number=done))


def _told(done: int, of: int, told: str) -> str:
    if done == of:
        return told
    return f"{told} " + _("Removed by their writers before: {number}.").format(number=of - done)


def _hide_reason(word: str) -> HideReason:
    try:
        return HideReason(word)
    except ValueError as error:
        raise Invalid({"reason": _("Choose why: the writer is told.")}) from error


def _link(one: desk.ReviewRow) -> Link:
    return Link(one.words or _("Stars alone"), "staff.reviews.show", {"id": one.id})


REVIEWS = StaffList(
    key="reviews",
    title=_("Reviews"),
    route="staff.reviews",
    permission="reviews.do",
    search=_("Name of the product"),
    sort="-written",
    columns=(
        Column("words", _("Review"), _link),
        Column("stars", _("Stars"), sort="stars", number=True, down=True),
        Column("product_name", _("Product")),
        Column("status", _("State"), lambda one: STATES[one.status]),
        Column("reports", _("Reports"), lambda one: one.reports or None, number=True, phone=False),
        Column("answered", _("Answered"), lambda one: State(_("Answered"), "good") if one.reply else None, phone=False),
        Column("name", _("Signed"), phone=False),
        Column("created_at", _("Written"), sort="written", down=True),
    ),
    filters=(
        choice("state", _("State"), [
            ("to_read", _("To read, or reported")), ("reported", _("Reported by readers")),
            *((status.value, state.label) for status, state in STATES.items()),
        ]),
        choice("stars", _("Stars"), [(str(stars), str(stars)) for stars in (5, 4, 3, 2, 1)]),
        choice("answered", _("Answered"), [("yes", _("Answered")), ("no", _("Not answered"))], many=False),
        words("product", _("Product (its address in the shop)")),
        days("written", _("Written")),
    ),
    bulk=(
        Bulk(key="show", label=_("Show"), permission="reviews.do",
             question=_("Show {count} reviews in the shop?"), apply=_show_many),
        Bulk(key="hide", label=_("Hide"), permission="reviews.do", question=_("Hide {count} reviews?"),
             apply=_hide_many, fields="staff/reviews/_hide_fields.html", is_dangerous=True),
    ),
    empty=_("No reviews yet"),
    empty_hint=_("Buyers are asked for one some days after their order has arrived."),
)  # fmt: skip


@get("/staff/reviews", name="staff.reviews", access=staff("reviews.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(request, db, visitor, REVIEWS, desk.find_reviews)


@post("/staff/reviews/bulk", name="staff.reviews.bulk", access=staff("reviews.do"), status_code=200)
async def act(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    options = {"reason": HIDE_REASONS}
    return await act_on_many(request, db, visitor, REVIEWS, desk.find_reviews, options=options)


@get("/staff/reviews/{id:uuid}", name="staff.reviews.show", access=staff("reviews.do"))
async def show(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _review_page(request, db, visitor, id)


@post("/staff/reviews/{id:uuid}/publication", name="staff.reviews.publish", access=staff("reviews.do"))
async def publish(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, ShowForm)
    async with db.transaction(visitor.actor) as tx:
        await reviews.publish(tx, id, seen=_moment(form.seen))
    return _done(request, id, _("The review is shown in the shop and counts."))


@post("/staff/reviews/{id:uuid}/hiding", name="staff.reviews.hide", access=staff("reviews.do"))
async def hide(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, HideForm)
    try:
        reason = _hide_reason(form.reason)
        async with db.transaction(visitor.actor) as tx:
            await reviews.hide(tx, id, reason=reason)
    except Invalid as refused:
        return await _review_page(request, db, visitor, id, status=422, errors=dict(refused.fields))
    return _done(request, id, _("The review is hidden, and no longer counts. Its writer is told why."))


@post("/staff/reviews/{id:uuid}/keeping", name="staff.reviews.keep", access=staff("reviews.do"))
async def keep(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await reviews.keep(tx, id)
    return _done(request, id, _("The review stays. It comes back here if others report it."))


@post("/staff/reviews/{id:uuid}/reply", name="staff.reviews.reply", access=staff("reviews.do"))
async def reply(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, ReplyForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await reviews.reply(tx, id, form.reply, instead_of=form.before)
    except Invalid as refused:
        return await _review_page(
            request, db, visitor, id, status=422, errors=dict(refused.fields), reply_text=form.reply
        )
    except ReviewChangedMeanwhile:
        errors = {"reply": _("A colleague has answered meanwhile; the answer above is theirs. Yours is not saved yet.")}
        return await _review_page(request, db, visitor, id, status=409, errors=errors, reply_text=form.reply)
    said = _("The answer stands under the review.") if form.reply.strip() else _("The answer is taken back.")
    return _done(request, id, said)


async def _review_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    review_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    reply_text: str | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        review = await desk.review(tx, review_id)
        next_one = await desk.next_review(tx, review_id)
    return page(
        request,
        "staff/reviews/show.html",
        status=status,
        review=review,
        seen=(review.edited_at or review.created_at).isoformat(),
        state=STATES[review.status],
        why=REASONS.get(review.reason or "", ""),
        hide_reasons=HIDE_REASONS,
        reply_text=reply_text if reply_text is not None else review.reply or "",
        next_one=next_one,
        errors=errors or {},
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _done(request: AnyRequest, review_id: UUID, said: str) -> Page:
    answer = redirect(request, url_for(request, "staff.reviews.show", id=review_id))
    say(request, answer, said)
    return answer


ROUTES = [show_all, act, show, publish, hide, keep, reply]
