"""The audit log: who did what, with before and after, and the way back. Finance sees what moved money, and no more."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from app.routes.staff.audit_words import action_words, changes_in_words, field_words, page_of, subject_word
from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, Noted, State, Value
from app.web.staff.desk import say
from app.web.staff.lists import Column, Find, Options, StaffList, choice, days
from app.web.staff.showing import csv_of, show_list
from app.web.visitors import Visitor
from domains import audit, desk
from domains.audit import AlreadyUndone, ChangedSince, EntryNotFound, NotUndoable
from domains.desk import Trace
from domains.kit import Conflict, Database, Transaction
from domains.kit.i18n import gettext as _

ROLES = {
    "owner": _("Owner"),
    "manager": _("Manager"),
    "support": _("Support"),
    "warehouse": _("Warehouse"),
    "finance": _("Finance"),
    "marketing": _("Marketing"),
}


def _what(trace: Trace) -> Value:
    return Link(action_words(trace.action), "staff.audit.show", {"entry": trace.id})


def _who(trace: Trace) -> Value:
    return Noted(trace.who, ROLES.get(trace.role, trace.role)) if trace.who else _actor(trace.actor_kind, trace.role)


def _actor(kind: str, name: str) -> str:
    """Somebody without a name in the log: the program, or who bought."""
    if kind == "system":
        return _("The shop ({name})").format(name=name) if name else _("The shop")
    return {"customer": _("A customer"), "guest": _("A guest"), "staff": _("Staff")}.get(kind, kind)


def _subject(trace: Trace) -> Value:
    name = trace.subject.name or subject_word(trace.subject.kind)
    where = page_of(trace.subject)
    return Link(name, *where) if where is not None else name


def _fields(trace: Trace) -> str:
    return ", ".join(field_words(field) for field in trace.fields)


AUDIT = StaffList(
    key="audit",
    title=_("Audit log"),
    route="staff.audit",
    permission="audit.money",
    export="exports.take",
    search=_("Name, order number or id"),
    sort="-when",
    columns=(
        Column("action", _("What"), _what),
        Column("subject", _("Of"), _subject),
        Column("fields", _("Fields"), _fields, phone=False),
        Column("who", _("Who"), _who),
        Column("recorded_at", _("When"), sort="when", down=True),
        Column("is_undone", _("Undone"), lambda trace: State(_("Undone")) if trace.is_undone else None, phone=False),
        Column("note", _("Reason"), shown=False),
        Column("batch", _("Act"), lambda trace: str(trace.batch) if trace.batch else None, shown=False),
    ),
    filters=(
        choice("who", _("Who")),
        choice("action", _("What")),
        choice("subject", _("Of")),
        days("when", _("When")),
        choice("money", _("Money"), [("yes", _("Only what moved money"))], many=False),
    ),
    empty=_("Nothing has been done yet"),
    empty_hint=_("What staff change, and every movement of money, will stand here."),
)


@get("/staff/audit", name="staff.audit", access=staff("audit.money"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    options, people = await _options(db, visitor)
    return await show_list(request, db, visitor, AUDIT, _find(visitor, people), options=options)


@get("/staff/audit.csv", name="staff.audit.csv", access=staff("exports.take", fresh=True))
async def export(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    options, people = await _options(db, visitor)
    return await csv_of(request, db, visitor, AUDIT, _find(visitor, people), options=options)


@get("/staff/audit/{entry:uuid}", name="staff.audit.show", access=staff("audit.money"))
async def show(
    request: AnyRequest, entry: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _show(request, db, visitor, entry, "staff/audit/show.html")


@get("/staff/audit/{entry:uuid}/undo", name="staff.audit.undo", access=staff("audit.see"))
async def ask(
    request: AnyRequest, entry: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _show(request, db, visitor, entry, "staff/audit/undo.html")


@post("/staff/audit/{entry:uuid}/undo", name="staff.audit.undo.post", access=staff("audit.see"))
async def undo(
    request: AnyRequest, entry: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    try:
        async with db.transaction(visitor.actor) as tx:
            taken_back = await audit.undo(tx, entry)
    except (AlreadyUndone, ChangedSince, NotUndoable) as refused:
        return await _show(request, db, visitor, entry, "staff/audit/show.html", refused=refused)
    answer = redirect(request, url_for(request, "staff.audit.show", entry=taken_back))
    say(request, answer, _("Undone: everything is as it was before. This is the entry of the undo."))
    return answer


async def _show(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    entry_id: UUID,
    template: str,
    *,
    refused: Conflict | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        trace = await desk.trace(tx, entry_id, money_only=_money_only(visitor))
        if trace is None:
            raise EntryNotFound
        sentence = await _sentence(request, tx, refused)
    entry = trace.entry
    return page(
        request,
        template,
        status=409 if refused else 200,
        trace=trace,
        entry=entry,
        title=action_words(entry.action),
        kind=subject_word(entry.subject_kind),
        who=trace.who or _actor(entry.actor_kind, entry.actor_name),
        role=ROLES.get(entry.actor_name, "") if trace.who else "",
        subject_page=page_of(trace.subject),
        changes=changes_in_words(entry.changes, entry.hidden, request.app.state.shell().currency),
        others=[_other(one, subject) for one, subject in trace.others],
        refused=refused,
        sentence=sentence,
    )


async def _sentence(request: AnyRequest, tx: Transaction, refused: Conflict | None) -> str:
    """Why it cannot be undone, with the name of who changed it since and the time as the shop writes it."""
    if isinstance(refused, ChangedSince) and refused.recorded_at is not None:
        people = await desk.names_of_staff(tx)
        who = people.get(refused.actor_id, "") if refused.actor_id else ""
        moment: Callable[..., str] = request.app.state.templates.filters["datetime"]
        return refused.sentence(who or refused.actor_name, moment(refused.recorded_at))
    return str(refused) if refused else ""


def _other(entry: audit.EntryRow, subject: desk.Subject) -> list[Value]:
    return [
        Link(action_words(entry.action), "staff.audit.show", {"entry": entry.id}),
        subject.name or subject_word(subject.kind),
        ", ".join(field_words(field) for field in sorted((*entry.changes, *entry.hidden))),
    ]


def _find(visitor: Visitor, people: Mapping[UUID, str]) -> Find:
    return partial(desk.find_traces, money_only=_money_only(visitor), people=people)


def _money_only(visitor: Visitor) -> bool:
    return not may(visitor.actor.role, "audit.see")


async def _options(db: Database, visitor: Visitor) -> tuple[dict[str, Options], Mapping[UUID, str]]:
    async with db.transaction(visitor.actor) as tx:
        people = await desk.names_of_staff(tx)
        told = await desk.told_of(tx)
    options: dict[str, Options] = {
        "who": sorted(((str(account_id), name) for account_id, name in people.items()), key=lambda one: one[1]),
        "action": [(action, action_words(action)) for action in told.actions],
        "subject": [(kind, subject_word(kind)) for kind in told.kinds],
    }
    return options, people


ROUTES = [show_all, export, show, ask, undo]
