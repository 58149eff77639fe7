"""Tax: kinds of goods, and what is taken of them where; one by one, or a whole table as CSV."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Response

from app.web.access import staff
from app.web.countries import every_country
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.staff.cells import defused
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import desk, pricing, store
from domains.kit import Database, Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.pricing import RateRow, TaxClassUnknown

COLUMNS = ("country", "state", "postal_codes", "class", "jurisdiction", "name", "rate")
MOST_ROWS = 5_000


class RateForm(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    country: str = ""
    state: str = ""
    postal_pattern: str = ""
    tax_class: str = "standard"
    jurisdiction: str = "country"
    rate: str = ""


class ClassForm(msgspec.Struct, forbid_unknown_fields=True):
    code: str = ""
    class_name: str = ""


@get("/staff/settings/taxes", name="staff.settings.taxes", access=staff("tax.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _index(request, db, visitor)


@get("/staff/settings/taxes/new", name="staff.settings.taxes.new", access=staff("settings.do"))
async def show_new(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        country = (await store.shop(tx)).country
    return await _form(request, db, visitor, RateForm(country=country))


@post("/staff/settings/taxes/new", name="staff.settings.taxes.add", access=staff("settings.do"))
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, RateForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await pricing.add_tax_rate(tx, **_fields(form))
    except Invalid as refused:
        return await _form(request, db, visitor, form, errors=_named(refused.fields))
    return _done(request, _("The rate is added; it counts from the next cart on."))


@get("/staff/settings/taxes/{rate:uuid}", name="staff.settings.taxes.show", access=staff("settings.do"))
async def show(
    request: AnyRequest, rate: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    row = await _rate(db, visitor, rate)
    form = RateForm(
        name=row.name,
        country=row.country,
        state=row.state,
        postal_pattern=row.postal_pattern,
        tax_class=row.tax_class,
        jurisdiction=row.jurisdiction,
        rate=row.percent,
    )
    return await _form(request, db, visitor, form, rate=row)


@post("/staff/settings/taxes/{rate:uuid}", name="staff.settings.taxes.change", access=staff("settings.do"))
async def change(
    request: AnyRequest, rate: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, RateForm)
    row = await _rate(db, visitor, rate)
    try:
        async with db.transaction(visitor.actor) as tx:
            await pricing.change_tax_rate(tx, rate, **_fields(form))
    except Invalid as refused:
        return await _form(request, db, visitor, form, rate=row, errors=_named(refused.fields))
    return _done(request, _("Saved; orders keep what they were taxed."))


@post("/staff/settings/taxes/{rate:uuid}/removal", name="staff.settings.taxes.remove", access=staff("settings.do"))
async def remove(
    request: AnyRequest, rate: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await pricing.remove_tax_rate(tx, rate)
    return _done(request, _("The rate is gone. The audit log brings it back."))


@post("/staff/settings/taxes/classes", name="staff.settings.taxes.classes", access=staff("settings.do"))
async def add_class(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, ClassForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await pricing.add_tax_class(tx, code=form.code, name=form.class_name)
    except Invalid as refused:
        errors = {"class_name" if field == "name" else field: words for field, words in refused.fields.items()}
        return await _index(request, db, visitor, new_class=form, errors=errors)
    return _done(request, _("The class is there; give it rates."))


@get("/staff/settings/taxes.csv", name="staff.settings.taxes.csv", access=staff("tax.see"))
async def export(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        rates = await pricing.every_tax_rate(tx)
        await desk.exported(tx, "taxes", "", len(rates))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for rate in rates:
        cells = (rate.country, rate.state, rate.postal_pattern, rate.tax_class, rate.jurisdiction, rate.name)
        writer.writerow([*(defused(cell) for cell in cells), rate.percent])
    return Response(
        out.getvalue().encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="taxes.csv"', "Cache-Control": PRIVATE},
    )


@post("/staff/settings/taxes.csv", name="staff.settings.taxes.import", access=staff("settings.do"))
async def take_file(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Page:
    """Rates of a file: a place that has one gets the new rate, others are added; all of it, or nothing."""
    sent = data.get("file")
    try:
        rows = _read(await sent.read() if isinstance(sent, UploadFile) else b"")
        async with db.transaction(visitor.actor) as tx:
            added, changed = await _take(tx, rows)
    except Invalid as refused:
        return await _index(request, db, visitor, errors=refused.fields)
    said = _("{added} rates are added and {changed} changed. The audit log takes the file back as a whole.")
    return _done(request, said.format(added=added, changed=changed))


def _read(content: bytes) -> list[RateForm]:
    """The rows of a file. Raises `Invalid` naming the first lines that are wrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid({"file": _("Save the file as CSV in UTF-8.")}) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in ("country", "class", "name", "rate") if column not in (reader.fieldnames or ())]
    if missing:
        raise Invalid({"file": _("The file has no column {columns}.").format(columns=", ".join(missing))})
    rows = [
        RateForm(
            name=(row.get("name") or "").removeprefix("'").strip(),
            country=(row.get("country") or "").strip().upper(),
            state=(row.get("state") or "").strip(),
            postal_pattern=(row.get("postal_codes") or "").strip(),
            tax_class=(row.get("class") or "standard").strip(),
            jurisdiction=(row.get("jurisdiction") or "country").strip(),
            rate=(row.get("rate") or "").strip(),
        )
        for row in reader
    ]
    if not rows or len(rows) > MOST_ROWS:
        raise Invalid({"file": _("Give it 1 to {most} rows.").format(most=MOST_ROWS)})
    return rows


async def _take(tx: Transaction, rows: Sequence[RateForm]) -> tuple[int, int]:
    there = {
        (rate.jurisdiction, rate.country, rate.state, rate.postal_pattern, rate.tax_class): rate
        for rate in await pricing.every_tax_rate(tx)
    }
    batch, added, changed = new_id(), 0, 0
    for line, row in enumerate(rows, start=2):
        try:
            fields = _fields(row)
            place = (row.jurisdiction, row.country, row.state, row.postal_pattern, row.tax_class)
            known = there.get(place)
            if known is None:
                await pricing.add_tax_rate(tx, **fields, batch=batch)
                added += 1
            elif (known.name, known.rate_ppm) != (fields["name"], fields["rate_ppm"]):
                await pricing.change_tax_rate(tx, known.id, **fields, batch=batch)
                changed += 1
        except Invalid as refused:
            words = " ".join(refused.fields.values())
            raise Invalid({"file": _("Line {line}: {words}").format(line=line, words=words)}) from refused
        except TaxClassUnknown as refused:
            words = _("Line {line}: there is no tax class {code}.").format(line=line, code=row.tax_class)
            raise Invalid({"file": words}) from refused
    return added, changed


def _fields(form: RateForm) -> dict[str, Any]:
    """What a form says, as the operations take it. Raises `Invalid` for a rate that is none or a country unknown."""
    wrong: dict[str, str] = {}
    rate = Decimal(0)
    try:
        rate = Decimal(form.rate.replace(",", ".").removesuffix("%").strip()) * 10_000
    except InvalidOperation:
        wrong["rate"] = _("Enter a rate in percent, such as 7.25.")
    if not rate.is_finite() or rate != rate.to_integral_value() or not 0 <= rate <= 1_000_000:
        wrong["rate"] = _("Enter a rate from 0 to 100 percent with at most four places.")
    if form.country not in dict(every_country("en_US")):
        wrong["country"] = _("Enter a country's two letters, such as US.")
    if wrong:
        raise Invalid(wrong)
    return {
        "name": form.name.strip(),
        "country": form.country,
        "state": form.state.strip(),
        "postal_pattern": form.postal_pattern.strip(),
        "tax_class": form.tax_class,
        "jurisdiction": form.jurisdiction.strip() or "country",
        "rate_ppm": int(rate),
    }


def _named(fields: dict[str, str]) -> dict[str, str]:
    return {"rate" if field == "rate_ppm" else field: words for field, words in fields.items()}


async def _rate(db: Database, visitor: Visitor, rate_id: UUID) -> RateRow:
    async with db.transaction(visitor.actor) as tx:
        found = next((rate for rate in await pricing.every_tax_rate(tx) if rate.id == rate_id), None)
    if found is None:
        raise pricing.TaxRateUnknown
    return found


async def _index(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    *,
    new_class: ClassForm | None = None,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        rates = await pricing.every_tax_rate(tx)
        classes = await pricing.tax_classes(tx)
    return page(
        request,
        "staff/settings/taxes.html",
        status=422 if errors else 200,
        rates=rates,
        classes=classes,
        countries=dict(every_country("en_US")),
        new_class=new_class or ClassForm(),
        errors=errors or {},
    )


async def _form(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    form: RateForm,
    *,
    rate: RateRow | None = None,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        classes = list((await pricing.tax_classes(tx)).items())
    return page(
        request,
        "staff/settings/tax.html",
        status=422 if errors else 200,
        form=form,
        rate=rate,
        classes=classes,
        countries=every_country("en_US"),
        errors=errors or {},
    )


def _done(request: AnyRequest, words: str) -> Page:
    answer = redirect(request, url_for(request, "staff.settings.taxes"))
    say(request, answer, words)
    return answer


ROUTES = [show_all, show_new, add, export, take_file, add_class, show, change, remove]
