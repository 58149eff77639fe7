"""Delivery: zones of places, the ways to deliver to them, and what those cost."""

import re
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.countries import every_country
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import shipping, store
from domains.kit import Database, Invalid, Money
from domains.kit.i18n import gettext as _
from domains.shipping import BandDraft, MethodDraft, MethodUnknown, MethodView, RegionDraft, ZoneUnknown, ZoneView

_CODE = re.compile(r"[^a-z0-9]+")
_EMPTY_ROWS = 3


class ZoneForm(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    regions: str = ""


class MethodForm(msgspec.Struct, forbid_unknown_fields=True):
    """The prices are columns of equal length; a row without an amount is none."""

    name: str = ""
    description: str = ""
    days_min: int = 1
    days_max: int = 3
    cutoff_hour: int = 14
    sort_order: int = 0
    is_active: bool = False
    amount: tuple[str, ...] = ()
    subtotal_from: tuple[str, ...] = ()
    subtotal_to: tuple[str, ...] = ()
    weight_from: tuple[str, ...] = ()
    weight_to: tuple[str, ...] = ()


@get("/staff/settings/shipping", name="staff.settings.shipping", access=staff("settings.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    zones, currency = await _zones(db, visitor)
    return page(
        request,
        "staff/settings/shipping.html",
        zones=zones,
        currency=currency,
        countries=dict(every_country("en_US")),
        regions_of=_regions_in_words,
        money=lambda amount: Money(amount, currency),
    )


@get("/staff/settings/shipping/zones/new", name="staff.settings.zones.new", access=staff("settings.do"))
async def show_new_zone(request: AnyRequest) -> Page:
    return _zone_page(request, ZoneForm())


@post("/staff/settings/shipping/zones/new", name="staff.settings.zones.add", access=staff("settings.do"))
async def add_zone(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, ZoneForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await shipping.add_zone(tx, name=_name(form.name), regions=_regions(form.regions))
    except Invalid as refused:
        return _zone_page(request, form, errors=_about_regions(refused.fields))
    return _done(request, _("The zone is there; now give it a way to deliver."))


@get("/staff/settings/shipping/zones/{zone:uuid}", name="staff.settings.zones.show", access=staff("settings.do"))
async def show_zone(
    request: AnyRequest, zone: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    view = await _zone(db, visitor, zone)
    lines = [" ".join(filter(None, msgspec.structs.astuple(region))) for region in view.regions]
    return _zone_page(request, ZoneForm(view.name, "\n".join(lines)), zone=view)


@post("/staff/settings/shipping/zones/{zone:uuid}", name="staff.settings.zones.change", access=staff("settings.do"))
async def change_zone(
    request: AnyRequest, zone: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, ZoneForm)
    view = await _zone(db, visitor, zone)
    try:
        async with db.transaction(visitor.actor) as tx:
            await shipping.change_zone(tx, zone, name=form.name, regions=_regions(form.regions))
    except Invalid as refused:
        return _zone_page(request, form, zone=view, errors=_about_regions(refused.fields))
    return _done(request, _("Saved."))


@post(
    "/staff/settings/shipping/zones/{zone:uuid}/removal",
    name="staff.settings.zones.remove",
    access=staff("settings.do"),
)
async def remove_zone(
    request: AnyRequest, zone: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await shipping.remove_zone(tx, zone)
    return _done(request, _("The zone is gone."))


@get("/staff/settings/shipping/zones/{zone:uuid}/new", name="staff.settings.methods.new", access=staff("settings.do"))
async def show_new_method(
    request: AnyRequest, zone: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _method_page(request, db, visitor, MethodForm(is_active=True), zone=await _zone(db, visitor, zone))


@post("/staff/settings/shipping/zones/{zone:uuid}/new", name="staff.settings.methods.add", access=staff("settings.do"))
async def add_method(
    request: AnyRequest, zone: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, MethodForm)
    view = await _zone(db, visitor, zone)
    try:
        async with db.transaction(visitor.actor) as tx:
            draft = _draft(form, (await store.shop(tx)).currency)
            method_id = await shipping.add_method(
                tx,
                zone_id=zone,
                code=_code(form.name, view),
                name=draft.name,
                days_min=draft.days_min,
                days_max=draft.days_max,
                bands=draft.bands,
                description=draft.description,
                cutoff_hour=draft.cutoff_hour,
                sort_order=draft.sort_order,
            )
            if not draft.is_active:
                await shipping.switch_method(tx, method_id, is_active=False)
    except Invalid as refused:
        return await _method_page(request, db, visitor, form, zone=view, errors=refused.fields)
    return _done(request, _("The way to deliver is there."))


@get("/staff/settings/shipping/methods/{method:uuid}", name="staff.settings.methods.show", access=staff("settings.do"))
async def show_method(
    request: AnyRequest, method: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    zone, view, currency = await _method(db, visitor, method)

    def told(amount: int | None) -> str:
        return "" if amount is None else f"{Money(amount, currency).decimal:f}"

    form = MethodForm(
        name=view.name,
        description=view.description,
        days_min=view.days_min,
        days_max=view.days_max,
        cutoff_hour=view.cutoff_hour,
        sort_order=view.sort_order,
        is_active=view.is_active,
        amount=tuple(told(band.amount) for band in view.bands),
        subtotal_from=tuple(told(band.subtotal_from or None) for band in view.bands),
        subtotal_to=tuple(told(band.subtotal_to) for band in view.bands),
        weight_from=tuple(str(band.weight_from or "") for band in view.bands),
        weight_to=tuple(str(band.weight_to or "") for band in view.bands),
    )
    return await _method_page(request, db, visitor, form, zone=zone, method=view)


@post(
    "/staff/settings/shipping/methods/{method:uuid}", name="staff.settings.methods.change", access=staff("settings.do")
)
async def change_method(
    request: AnyRequest, method: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, MethodForm)
    zone, view, currency = await _method(db, visitor, method)
    try:
        async with db.transaction(visitor.actor) as tx:
            await shipping.change_method(tx, method, _draft(form, currency))
    except Invalid as refused:
        return await _method_page(request, db, visitor, form, zone=zone, method=view, errors=refused.fields)
    return _done(request, _("Saved; orders keep what they were promised."))


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= 100:
        raise Invalid({"name": _("Enter 1 to {longest} characters.").format(longest=100)})
    return name.strip()


def _regions(text: str) -> list[RegionDraft]:
    """Places as they are typed, one a line: `US`, `US CA`, `US CA 900*`, `DE 10115-14199`. Raises `Invalid`."""
    known = dict(every_country("en_US"))
    regions = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        code, *rest = line.split()
        code = code.upper()
        if code not in known:
            raise Invalid({"regions": _("“{line}”: begin with a country's two letters, such as US.").format(line=line)})
        state = rest.pop(0) if rest and not any(char.isdigit() for char in rest[0]) else ""
        regions.append(RegionDraft(code, state.upper() if len(state) <= 3 else state, " ".join(rest)))
    return regions


def _about_regions(fields: dict[str, str]) -> dict[str, str]:
    return {"regions" if field == "postal_pattern" else field: words for field, words in fields.items()}


def _regions_in_words(regions: tuple[RegionDraft, ...]) -> str:
    names = dict(every_country("en_US"))
    return ", ".join(
        " ".join(filter(None, (names.get(region.country, region.country), region.state, region.postal_pattern)))
        for region in regions
    )


def _draft(form: MethodForm, currency: str) -> MethodDraft:
    bands = []
    for place, amount in enumerate(form.amount):
        row = {
            name: _at(getattr(form, name), place)
            for name in ("subtotal_from", "subtotal_to", "weight_from", "weight_to")
        }
        if not amount.strip():
            if any(row.values()):
                raise Invalid({"bands": _("Row {row}: enter the price.").format(row=place + 1)})
            continue
        try:
            bands.append(
                BandDraft(
                    currency=currency,
                    amount=_money(amount, currency) or 0,
                    subtotal_from=_money(row["subtotal_from"], currency) or 0,
                    subtotal_to=_money(row["subtotal_to"], currency),
                    weight_from=int(row["weight_from"] or 0),
                    weight_to=int(row["weight_to"]) if row["weight_to"] else None,
                )
            )
        except (ValueError, Invalid) as error:
            words = _("Row {row}: enter prices such as 4.90 and weights in whole grams.").format(row=place + 1)
            raise Invalid({"bands": words}) from error
    draft = MethodDraft(
        name=form.name.strip(),
        description=form.description.strip(),
        days_min=form.days_min,
        days_max=form.days_max,
        cutoff_hour=form.cutoff_hour,
        sort_order=form.sort_order,
        is_active=form.is_active,
        bands=tuple(bands),
    )
    shipping.check_method(draft)
    return draft


def _at(values: tuple[str, ...], place: int) -> str:
    return values[place].strip() if place < len(values) else ""


def _money(text: str, currency: str) -> int | None:
    return Money.parse(text.replace(",", ".").strip(), currency).amount if text.strip() else None


def _code(name: str, zone: ZoneView) -> str:
    """A code for a new method that its zone does not have yet, from its name."""
    stem = _CODE.sub("-", name.lower()).strip("-")[:30]
    stem = stem if stem[:1].isalpha() else f"way-{stem}".rstrip("-")
    taken = {method.code for method in zone.methods}
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


async def _zones(db: Database, visitor: Visitor) -> tuple[tuple[ZoneView, ...], str]:
    async with db.transaction(visitor.actor) as tx:
        currency = (await store.shop(tx)).currency
        return await shipping.zones(tx, currency=currency), currency


async def _zone(db: Database, visitor: Visitor, zone_id: UUID) -> ZoneView:
    zones, _currency = await _zones(db, visitor)
    found = next((zone for zone in zones if zone.id == zone_id), None)
    if found is None:
        raise ZoneUnknown
    return found


async def _method(db: Database, visitor: Visitor, method_id: UUID) -> tuple[ZoneView, MethodView, str]:
    zones, currency = await _zones(db, visitor)
    for zone in zones:
        for method in zone.methods:
            if method.id == method_id:
                return zone, method, currency
    raise MethodUnknown


def _zone_page(
    request: AnyRequest, form: ZoneForm, *, zone: ZoneView | None = None, errors: dict[str, str] | None = None
) -> Page:
    return page(
        request, "staff/settings/zone.html", status=422 if errors else 200, form=form, zone=zone, errors=errors or {}
    )


async def _method_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    form: MethodForm,
    *,
    zone: ZoneView,
    method: MethodView | None = None,
    errors: dict[str, str] | None = None,
) -> Page:
    _all, currency = await _zones(db, visitor)
    columns: tuple[Any, ...] = (form.amount, form.subtotal_from, form.subtotal_to, form.weight_from, form.weight_to)
    rows = [tuple(_at(column, place) for column in columns) for place in range(len(form.amount))]
    filled = [row for row in rows if any(row)]
    return page(
        request,
        "staff/settings/method.html",
        status=422 if errors else 200,
        form=form,
        zone=zone,
        method=method,
        currency=currency,
        rows=[*filled, *[("",) * 5] * _EMPTY_ROWS],
        errors=errors or {},
    )


def _done(request: AnyRequest, words: str) -> Page:
    answer = redirect(request, url_for(request, "staff.settings.shipping"))
    say(request, answer, words)
    return answer


ROUTES = [
    *(show_all, show_new_zone, add_zone, show_zone, change_zone, remove_zone),
    *(show_new_method, add_method, show_method, change_method),
]
