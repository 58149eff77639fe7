"""What a product costs: now, from a day on, and what it did cost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.products.forms import amount_of
from app.routes.staff.products.frames import frame_of, product_page
from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog, pricing, store
from domains.kit import Database, Invalid, Money
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice, Schedule

_MOST_PAST = 20


class Plan(msgspec.Struct, forbid_unknown_fields=True):
    """A price for one variant or all of them (`""`), from now on or from a moment in the shop's time."""

    price: str
    variant: str = ""
    compare_at: str = ""
    valid_from: str = ""


class Withdrawal(msgspec.Struct, forbid_unknown_fields=True):
    variant: str
    valid_from: str


@get("/staff/products/{product_id:uuid}/prices", name="staff.products.prices", access=staff("prices.see"))
async def show(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _shown(request, db, visitor, product_id)


@post("/staff/products/{product_id:uuid}/prices", name="staff.products.prices.set", access=staff("prices.do"))
async def set_price(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = texts_of((await request.form()).dict())
    try:
        form = form_from(sent, Plan)
        async with db.transaction(visitor.actor) as tx:
            frame = await frame_of(tx, product_id)
            shop = await store.shop(tx)
            amount = amount_of(form.price, shop.currency, "price")
            if amount is None:
                raise Invalid({"price": _("Enter an amount such as 12.50.")})
            compare_at = amount_of(form.compare_at, shop.currency, "compare_at")
            if compare_at is not None and compare_at <= amount:
                raise Invalid({"compare_at": _("Enter a former price that is higher than the price, or none.")})
            ids = [one.id for one in frame.product.variants if form.variant in {"", str(one.id)}]
            if not ids:
                raise catalog.VariantNotFound
            moment = _moment(form.valid_from, shop.time_zone)
            if moment is None:
                await pricing.set_prices(tx, [NewPrice(one, amount, compare_at) for one in ids])
            else:
                for one in ids:
                    await pricing.plan(tx, one, amount, compare_at=compare_at, valid_from=moment)
    except Invalid as refused:
        values = {name: values[-1] for name, values in sent.items()}
        return await _shown(request, db, visitor, product_id, values=values, errors=refused.fields, status=422)
    answer = redirect(request, url_for(request, "staff.products.prices", product_id=product_id))
    say(request, answer, _("The price is planned.") if moment else _("The price is set."))
    return answer


@post(
    "/staff/products/{product_id:uuid}/prices/withdrawals",
    name="staff.products.prices.withdraw",
    access=staff("prices.do"),
)
async def withdraw(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = form_from(texts_of((await request.form()).dict()), Withdrawal)
    try:
        async with db.transaction(visitor.actor) as tx:
            frame = await frame_of(tx, product_id)
            variant = next((one for one in frame.product.variants if str(one.id) == form.variant), None)
            if variant is None:
                raise catalog.VariantNotFound
            await pricing.withdraw(tx, variant.id, _iso(form.valid_from), (await store.shop(tx)).currency)
    except Invalid as refused:
        return await _shown(request, db, visitor, product_id, errors=refused.fields, status=422)
    answer = redirect(request, url_for(request, "staff.products.prices", product_id=product_id))
    say(request, answer, _("The plan is withdrawn: the price stays as it is."))
    return answer


async def _shown(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    product_id: UUID,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        ids = [one.id for one in frame.product.variants]
        shop = await store.shop(tx)
        schedules, lowest = await pricing.schedules_and_lowest(tx, ids, shop.currency)
    return product_page(
        request,
        "staff/products/prices.html",
        frame,
        here="staff.products.prices",
        status=status,
        schedules=schedules,
        tables={variant_id: _table(schedule, shop.currency) for variant_id, schedule in schedules.items()},
        lowest=lowest,
        tells_lowest=shop.tells_lowest_price,
        time_zone=shop.time_zone,
        values=values or {},
        errors=errors or {},
    )


def _table(schedule: Schedule, currency: str) -> list[tuple[Any, ...]]:
    """Planned prices, the present one, and the last of those that were: from when, what, beside what."""
    told = [(step, _("planned")) for step in schedule.planned]
    told += [(schedule.present, _("now"))] if schedule.present is not None else []
    told += [(step, _("was")) for step in schedule.past[:_MOST_PAST]]
    return [
        (
            step.valid_from,
            words,
            Money(step.amount, currency),
            None if step.compare_at is None else Money(step.compare_at, currency),
        )
        for step, words in told
    ]


def _moment(text: str, time_zone: str) -> datetime | None:
    """A moment as a browser sends it (2026-12-01T00:00), in the shop's time. Raises `Invalid`."""
    if not text.strip():
        return None
    found = _iso(text.strip())
    return found if found.tzinfo is not None else found.replace(tzinfo=ZoneInfo(time_zone))


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid({"valid_from": _("Enter a day and a time, such as 2026-12-01 00:00.")}) from error


ROUTES = [show, set_price, withdraw]
