"""Messages of the contact form: read beside the customer and the order, answered by mail, closed, opened again."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.order_states import STATUSES
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Bulk, Chosen, Column, StaffList, choice, days
from app.web.staff.showing import list_routes
from app.web.visitors import Visitor
from domains import audit, content, desk
from domains.content import AnsweredMeanwhile, MessageState, MessageStateForbidden
from domains.kit import Actor, Database, Invalid, new_id
from domains.kit.i18n import gettext as _

STATES = {
    MessageState.OPEN: State(_("To answer"), "wait"),
    MessageState.ANSWERED: State(_("Answered"), "good"),
    MessageState.CLOSED: State(_("Closed without an answer")),
}
# How the mail of an answer stands; before the worker has heard of it there is none.
SENT = {
    "": State(_("Waits to be sent"), "wait"),
    "queued": State(_("Waits to be sent"), "wait"),
    "sent": State(_("Sent"), "good"),
    "failed": State(_("Could not be sent"), "bad"),
    "bounced": State(_("Came back"), "bad"),
}


class AnswerForm(msgspec.Struct, forbid_unknown_fields=True):
    """`key` makes two presses one answer; `seen` is how many answers stood on the page."""

    answer: str = ""
    key: str = ""
    seen: int = 0


async def _close_many(db: Database, actor: Actor, chosen: Chosen) -> str:
    done = 0
    with audit.together(chosen.batch):
        async with db.transaction(actor) as tx:
            for message_id in sorted(chosen.ids):
                try:
                    await content.close_message(tx, message_id)
                except MessageStateForbidden:  # somebody has answered it
                    continue
                done += 1
    return _("Closed: {number}.").format(number=done)


MESSAGES = StaffList(
    key="messages",
    title=_("Messages"),
    route="staff.messages",
    permission="mails.do",
    search=_("Mail address or order number"),
    sort="-received",
    live=30,
    columns=(
        Column("name", _("From"), lambda one: Link(one.name, "staff.messages.show", {"id": one.id})),
        Column("words", _("Message")),
        Column("state", _("State"), lambda one: STATES[one.state]),
        Column("order_number", _("Order"), lambda one: one.order_number or None, phone=False),
        Column("email", _("Email"), shown=False),
        Column("created_at", _("Received"), sort="received", down=True),
        Column("answers", _("Answers"), number=True, shown=False),
        Column("settled_at", _("Settled"), shown=False),
    ),
    filters=(
        choice("state", _("State"), [(key.value, state.label) for key, state in STATES.items()]),
        days("received", _("Received")),
    ),
    bulk=(
        Bulk(
            key="close",
            label=_("Close without an answer"),
            permission="mails.do",
            question=_("Close {count} messages? Nobody is written to."),
            apply=_close_many,
        ),
    ),
    empty=_("No messages yet"),
    empty_hint=_("What visitors write by the contact form stands here, until a year after it was settled."),
)


@get("/staff/messages/{id:uuid}", name="staff.messages.show", access=staff("mails.do"))
async def show(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _message_page(request, db, visitor, id, AnswerForm(key=str(new_id())))


@post("/staff/messages/{id:uuid}/answers", name="staff.messages.answer", access=staff("mails.do"))
async def answer(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, AnswerForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await content.answer_message(tx, id, form.answer, answer_id=_id(form.key), seen=form.seen)
    except Invalid as refused:
        return await _message_page(request, db, visitor, id, form, status=422, errors=dict(refused.fields))
    except AnsweredMeanwhile as refused:
        errors = {"answer": f"{refused.title} {refused.hint}"}
        return await _message_page(request, db, visitor, id, form, status=409, errors=errors)
    return _done(request, id, _("The answer is on its way."))


@post("/staff/messages/{id:uuid}/closing", name="staff.messages.close", access=staff("mails.do"))
async def close(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.close_message(tx, id)
    return _done(request, id, _("The message is closed without an answer."))


@post("/staff/messages/{id:uuid}/reopening", name="staff.messages.reopen", access=staff("mails.do"))
async def reopen(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.reopen_message(tx, id)
    return _done(request, id, _("The message waits for an answer again."))


async def _message_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    message_id: UUID,
    form: AnswerForm,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Page:
    """A message with whose it is; that it was looked at is written down."""
    async with db.transaction(visitor.actor) as tx:
        detail = await desk.message_detail(tx, message_id)
        await audit.seen(tx, ("message", message_id), "message page", label=detail.message.order_number)
    return page(
        request,
        "staff/messages/show.html",
        status=status,
        detail=detail,
        message=detail.message,
        state=STATES[detail.message.state],
        answers=[(told, SENT[told.mail_status]) for told in detail.answers],
        orders=[(order, STATUSES[order.status]) for order in detail.orders if order.is_theirs],
        form=form,
        errors=errors or {},
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


def _done(request: AnyRequest, message_id: UUID, said: str) -> Page:
    answered = redirect(request, url_for(request, "staff.messages.show", id=message_id))
    say(request, answered, said)
    return answered


ROUTES = [*list_routes(MESSAGES, desk.find_messages), show, answer, close, reopen]
