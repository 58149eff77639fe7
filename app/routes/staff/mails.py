"""The log of the shop's mails: what went to whom, what failed and why; tried again, sent again, set aside."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.runtime.mail import MailRenderer
from app.runtime.settings import Settings
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Bulk, Chosen, Column, StaffList, choice, days
from app.web.staff.showing import list_routes
from app.web.visitors import Visitor
from domains import accounts, audit, desk, notifications, orders
from domains.kit import Actor, Database, DomainError, Transaction
from domains.kit.i18n import gettext as _
from domains.notifications import NotFailed, NotificationNotFound, Rendered

STATES = {
    "sent": State(_("Sent"), "good"),
    "waiting": State(_("Waits"), "wait"),
    "failed": State(_("Failed"), "bad"),
    "bounced": State(_("Came back"), "bad"),
    "set_aside": State(_("Set aside")),
}
AUDIENCES = {"customer": _("Customer"), "merchant": _("The shop")}


def kind_words(template: str) -> str:
    """A kind of mail as people call it."""
    return template.replace("_", " ").capitalize()


async def _each(
    db: Database, actor: Actor, chosen: Chosen, change: Callable[[Transaction, UUID], Awaitable[object]]
) -> int:
    """Change each of them that has failed; how many."""
    done = 0
    with audit.together(chosen.batch):
        async with db.transaction(actor) as tx:
            for mail_id in sorted(chosen.ids):
                try:
                    await change(tx, mail_id)
                except NotFailed:
                    continue
                done += 1
    return done


async def _retry_many(db: Database, actor: Actor, chosen: Chosen) -> str:
    done = await _each(db, actor, chosen, notifications.retry)
    return _("Tried again within seconds: {number}. What was sent is left alone.").format(number=done)


async def _set_aside_many(db: Database, actor: Actor, chosen: Chosen) -> str:
    done = await _each(db, actor, chosen, notifications.set_aside)
    return _("Set aside: {number}. What has not failed is left alone.").format(number=done)


def _order(mail: desk.MailRow) -> Link | None:
    return Link(mail.order_number, "staff.orders.show", {"number": mail.order_number}) if mail.order_number else None


MAILS = StaffList(
    key="mails",
    title=_("Mails"),
    route="staff.mails",
    permission="mails.do",
    search=_("Mail address or order number"),
    sort="-made",
    columns=(
        Column("kind", _("Mail"), lambda one: Link(kind_words(one.template), "staff.mails.show", {"id": one.id})),
        Column("recipient", _("To")),
        Column("state", _("State"), lambda one: STATES[one.state]),
        Column("reason", _("Why not"), phone=False),
        Column("order", _("Order"), _order, phone=False),
        Column("made_at", _("Made"), sort="made", down=True),
        Column("sent_at", _("Sent"), shown=False),
        Column("subject", _("Subject"), shown=False),
        Column("audience", _("For"), lambda one: AUDIENCES[one.audience], shown=False),
        Column("tries", _("Failed tries"), number=True, shown=False),
        Column("is_repeated", _("Sent again"), shown=False),
    ),
    filters=(
        choice("state", _("State"), [(key, state.label) for key, state in STATES.items() if key != "bounced"]),
        choice("kind", _("Mail"), [(name, kind_words(name)) for name in notifications.templates()]),
        choice("to", _("For"), list(AUDIENCES.items()), many=False),
        days("made", _("Made")),
    ),
    bulk=(
        Bulk(
            key="retry",
            label=_("Try again"),
            permission="mails.do",
            question=_("Try to send {count} mails again? Those that were sent are left alone."),
            apply=_retry_many,
        ),
        Bulk(
            key="aside",
            label=_("Set aside"),
            permission="mails.do",
            question=_("Set {count} mails aside? Nobody is told; they no longer count among those that failed."),
            apply=_set_aside_many,
        ),
    ),
    empty=_("No mails yet"),
    empty_hint=_("Every mail that the shop sends stands here, with what became of it."),
)


@get("/staff/mails/{id:uuid}", name="staff.mails.show", access=staff("mails.do"))
async def show(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """One mail and its tries; that it was looked at is written down."""
    async with db.transaction(visitor.actor) as tx:
        mail = await notifications.mail(tx, id)
        number = await orders.number_of(tx, mail.order_id) if mail.order_id is not None else ""
        person = await accounts.account(tx, mail.user_id) if mail.user_id is not None else None
        await audit.seen(tx, ("mail", id), "mail page", label=mail.template)
    return page(
        request,
        "staff/mails/show.html",
        mail=mail,
        title=kind_words(mail.template),
        audience=AUDIENCES[mail.audience],
        state=_state(mail),
        order_number=number,
        customer_id=person.id if person is not None and not person.is_staff else None,
    )


@get("/staff/mails/{id:uuid}/words", name="staff.mails.words", access=staff("mails.do"))
async def show_words(
    request: AnyRequest,
    id: FromPath[UUID],
    db: NamedDependency[Database],
    settings: NamedDependency[Settings],
    visitor: NamedDependency[Visitor],
) -> Page:
    """The mail as it would be made now, as plain text: nothing in it is run or fetched, and no link of it works."""
    async with db.transaction(visitor.actor) as tx:
        await audit.seen(tx, ("mail", id), "mail in words")
    words: Rendered | None = None
    refused = ""
    try:
        composed = await notifications.preview_of(db, id, base_url=settings.base_url)
        words = MailRenderer(regional=request.app.state.shell)(composed.template, composed.context)
        template = composed.template
    except NotificationNotFound:
        raise
    except DomainError as error:
        refused = error.title
        async with db.transaction(visitor.actor) as tx:
            template = (await notifications.mail(tx, id)).template
    return page(request, "staff/mails/words.html", mail_id=id, title=kind_words(template), words=words, refused=refused)


@post("/staff/mails/{id:uuid}/again", name="staff.mails.again", access=staff("mails.do"))
async def send_again(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """As another mail, made anew of what is so now."""
    async with db.transaction(visitor.actor) as tx:
        again = await notifications.send_again(tx, id)
    return _done(request, again, _("It is sent again, made anew. This is the new one."))


@post("/staff/mails/{id:uuid}/retry", name="staff.mails.retry", access=staff("mails.do"))
async def retry(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The same mail, now."""
    async with db.transaction(visitor.actor) as tx:
        await notifications.retry(tx, id)
    return _done(request, id, _("It is tried again within seconds. If it fails again, it says so here."))


@post("/staff/mails/{id:uuid}/settlement", name="staff.mails.set_aside", access=staff("mails.do"))
async def set_aside(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await notifications.set_aside(tx, id)
    return _done(request, id, _("It is set aside, and no longer counts among those that failed."))


def _state(mail: notifications.MailView) -> State:
    if mail.has_failed and mail.settled_at is not None:
        return STATES["set_aside"]
    return STATES["waiting" if mail.status == "queued" else mail.status]


def _done(request: AnyRequest, mail_id: UUID, said: str) -> Page:
    answer = redirect(request, url_for(request, "staff.mails.show", id=mail_id))
    say(request, answer, said)
    return answer


ROUTES = [*list_routes(MAILS, desk.find_mails), show, show_words, send_again, retry, set_aside]
