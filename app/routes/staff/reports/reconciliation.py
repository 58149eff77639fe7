"""The payment service's list held against ours, day by day, and what to do about what differs (PAY-17)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from app.routes.staff.reports.showing import tabs
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State, Value
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import desk, payments
from domains.desk import ComparedDay, MoneyFinding
from domains.kit import Database, NotFound
from domains.kit.i18n import gettext as _
from domains.payments import FindingKind

ROUTE = "staff.reports.reconciliation"

# What differs, and what to do about it.
WORDS: Mapping[FindingKind, tuple[str, str]] = {
    FindingKind.PAYMENT_UNKNOWN: (
        _("A payment that belongs to no order here"),
        _(
            "Look it up by its number at the payment service. If another shop or machine uses the same account, it is"
            " theirs: note that and mark it as looked at. If a customer of yours paid it, give it back there."
        ),
    ),
    FindingKind.PAYMENT_DIFFERS: (
        _("A payment with another amount than here"),
        _(
            "Open the order and hold its payment against the payment service. Give back what was taken too much; where"
            " too little was taken, do not send the order before the rest is paid."
        ),
    ),
    FindingKind.PAYMENT_MISSING: (
        _("A payment that is taken here and not there"),
        _(
            "Do not send the order. Look for the payment by its number at the payment service; if it is not there, or"
            " was disputed or taken back, cancel the order or ask the customer to pay again."
        ),
    ),
    FindingKind.PAYMENT_HELD_BACK: (
        _("A payment that does not fit its order and was not believed"),
        _(
            "The order counts as not paid. Hold what is said below against the order; if the money is not meant for it,"
            " give it back at the payment service."
        ),
    ),
    FindingKind.REFUND_UNKNOWN: (
        _("A refund that we do not know"),
        _(
            "Somebody made it at the payment service. If it is of an order here, it is written down by the next"
            " comparison; if it stays, its payment belongs to no order here, or it was more than was left of it."
        ),
    ),
    FindingKind.REFUND_DIFFERS: (
        _("A refund with another amount or state than here"),
        _("Open the order and hold the refund against the payment service, which is right about what it sent."),
    ),
    FindingKind.REFUND_MISSING: (
        _("A refund that was sent here and not there"),
        _(
            "The customer may not have his money. Look for the refund by its number at the payment service; if it"
            " failed, refund the order again."
        ),
    ),
}


class Looked(msgspec.Struct, forbid_unknown_fields=True):
    """What came of it, and whether to go back to the day."""

    note: str = ""
    day: str = ""


class Shown(msgspec.Struct, frozen=True):
    """A finding as a page shows it."""

    finding: MoneyFinding
    title: str
    advice: str
    state: State
    facts: list[tuple[str, Value]]


Before = Annotated[str | None, QueryParameter(name="before")]


@get("/staff/reports/reconciliation", name=ROUTE, access=staff("reports.see"))
async def show(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor], before: Before = None
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        days = await desk.compared_days(tx, before=_day(before or ""))
        waiting = await desk.findings(tx)
    is_more, days = len(days) > desk.DAYS_SHOWN, days[: desk.DAYS_SHOWN]
    older = f"{url_for(request, ROUTE)}?before={days[-1].day}" if is_more else ""
    return page(
        request,
        "staff/reports/reconciliation.html",
        tabs=tabs(request, visitor.actor.role, ROUTE),
        days=[_row(day) for day in days],
        compared_at=max((day.compared_at for day in days), default=None),
        findings=[_shown(found, {}) for found in waiting],
        older=older,
        day=None,
    )


@get("/staff/reports/reconciliation/{day:str}", name=f"{ROUTE}.day", access=staff("reports.see"))
async def show_day(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor], day: FromPath[str]
) -> Page:
    wanted = _day(day)
    if wanted is None:
        raise NotFound
    async with db.transaction(visitor.actor) as tx:
        days = [one for one in await desk.compared_days(tx, before=date.fromordinal(wanted.toordinal() + 1))
                if one.day == wanted]  # fmt: skip
        found = await desk.findings(tx, day=wanted)
        names = await desk.names_of_staff(tx) if any(one.looked_by for one in found) else {}
    if not days and not found:
        raise NotFound
    return page(
        request,
        "staff/reports/reconciliation.html",
        tabs=tabs(request, visitor.actor.role, ROUTE),
        days=[_row(one) for one in days],
        compared_at=max((one.compared_at for one in days), default=None),
        findings=[_shown(one, names) for one in found],
        older="",
        day=wanted,
    )


@post("/staff/reports/reconciliation/findings/{finding:uuid}", name=f"{ROUTE}.look", access=staff("reports.see"))
async def look(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor], finding: FromPath[UUID]
) -> Page:
    form = await read_form(request, Looked)
    async with db.transaction(visitor.actor) as tx:
        await payments.look_at(tx, finding, note=form.note)
    day = _day(form.day)
    answer = redirect(request, url_for(request, f"{ROUTE}.day", day=str(day)) if day else url_for(request, ROUTE))
    say(request, answer, _("Marked as looked at. It waits again if its amounts change."))
    return answer


def _row(day: ComparedDay) -> list[Value]:
    if day.open:
        state = State(_("{number} to look at").format(number=day.open), "bad")
    elif day.agrees:
        state = State(_("Agrees"), "good")
    else:
        state = State(_("Differs, looked at"), "plain")
    return [
        Link(day.day.isoformat(), f"{ROUTE}.day", {"day": day.day.isoformat()}),
        state,
        day.their_payments,
        day.their_taken,
        day.our_taken,
        day.their_refunds,
        day.their_refunded,
        day.our_refunded,
    ]


def _shown(found: MoneyFinding, names: Mapping[UUID, str]) -> Shown:
    title, advice = WORDS[found.kind]
    state = State(_("To look at"), "bad")
    if found.ended_at is not None:
        state = State(_("Agrees by now"), "good")
    elif found.looked_at is not None:
        state = State(_("Looked at"), "plain")
    facts: list[tuple[str, Value]] = [
        (_("Day"), found.day),
        (_("At the payment service"), found.theirs),
        (_("Here"), found.ours),
        (_("Its number there"), found.reference),
    ]
    if found.order_number:
        facts.append((_("Order"), Link(found.order_number, "staff.orders.show", {"number": found.order_number})))
    if found.detail:
        facts.append((_("Told"), found.detail))
    facts.append((_("Found"), found.found_at))
    if found.looked_at is not None:
        who = names.get(found.looked_by, "") if found.looked_by is not None else ""
        facts += [(_("Looked at"), found.looked_at), (_("By"), who or None), (_("Note"), found.note or None)]
    return Shown(found, title, advice, state, facts)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


ROUTES = [show, show_day, look]
