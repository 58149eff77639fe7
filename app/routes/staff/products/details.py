"""A product's words: name, description, where it stands, what it has, how search engines see it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.staff.products.forms import (
    ATTRIBUTE,
    Details,
    attribute_text,
    attribute_values,
    changes_of,
    id_of,
    read_details,
)
from app.routes.staff.products.frames import Frame, frame_of, product_page
from app.routes.staff.products.listing import category_options
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import catalog, pricing
from domains.catalog import AttributeView, ChangedMeanwhile, ProductChanges, ProductRecord
from domains.kit import Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

LABELS = {
    "name": _("Name"),
    "sku": _("SKU"),
    "description": _("Description"),
    "brand": _("Brand"),
    "product_type": _("Type"),
    "category_id": _("Category"),
    "others": _("Further categories"),
    "tags": _("Tags"),
    "tax_class": _("Tax class"),
    "weight_grams": _("Weight in grams"),
    "slug": _("Address"),
    "seo_title": _("Title for search engines"),
    "seo_description": _("Text for search engines"),
    "attributes": _("Properties"),
}


class Clash(msgspec.Struct, frozen=True):
    """A field that somebody else has saved otherwise than this form."""

    label: str
    theirs: str
    yours: str


@get("/staff/products/{product_id:uuid}", name="staff.products.show", access=staff("catalogue.see"))
async def show(
    request: AnyRequest,
    product_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    category: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id, currency=request.app.state.shell().currency)
        choices = await details_choices(tx, _home(category, frame.product))
    return _shown(request, frame, choices, filled(frame.product, category=category or ""))


@post("/staff/products/{product_id:uuid}", name="staff.products.save", access=staff("catalogue.do"))
async def save(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    try:
        form, texts = read_details(sent)
        async with db.transaction(visitor.actor) as tx:
            await catalog.expect_version(tx, product_id, form.version)
            await _save(tx, product_id, form, texts)
    except ChangedMeanwhile:
        return await _clash(request, db, visitor, product_id, sent)
    except Invalid as refused:
        return await _again(request, db, visitor, product_id, sent, refused)
    answer = redirect(request, url_for(request, "staff.products.show", product_id=product_id))
    say(request, answer, _("Saved."))
    return answer


async def details_choices(tx: Transaction, category_id: UUID | None) -> dict[str, Any]:
    """What the selects of the form offer, and the attributes that the home category asks for."""
    return {
        "categories": await category_options(tx),
        "tax_classes": list((await pricing.tax_classes(tx)).items()),
        "attributes": await catalog.attributes_of(tx, category_id) if category_id is not None else [],
    }


def filled(record: ProductRecord, *, category: str = "") -> dict[str, Any]:
    """The product as the form shows it."""
    return {
        "name": record.name,
        "sku": record.sku,
        "description": record.description_html if record.description_html is not None else record.description or "",
        "brand": record.brand or "",
        "product_type": record.product_type or "",
        "category": category or str(record.category_id),
        "others": [str(one) for one in record.other_categories],
        "tags": ", ".join(record.tags),
        "tax_class": record.tax_class,
        "weight_grams": "" if record.weight_grams is None else str(record.weight_grams),
        "slug": record.slug,
        "seo_title": record.seo_title or "",
        "seo_description": record.seo_description or "",
        **{ATTRIBUTE + code: attribute_text(value) for code, value in record.attributes.items()},
    }


def typed(sent: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The form as it was sent, to be shown again."""
    return {
        name: [str(one) for one in values] if name == "others" else str(values[-1]) for name, values in sent.items()
    }


async def _save(tx: Transaction, product_id: UUID, form: Details, texts: Mapping[str, str]) -> None:
    record = (await catalog.product_records(tx, ids=[product_id]))[0]
    known = await catalog.attributes_of(tx, id_of(form.category, "category"))
    changes, others = _wanted(form, texts, known, record)
    if changes != ProductChanges():
        await catalog.change_product(tx, product_id, changes)
    if others != sorted(record.other_categories):
        await catalog.place_product(tx, product_id, others)


def _wanted(
    form: Details, texts: Mapping[str, str], known: list[AttributeView], record: ProductRecord
) -> tuple[ProductChanges, list[UUID]]:
    changes = changes_of(form, attribute_values(texts, known, record.attributes), record)
    present = catalog.read_description(catalog.write_description(record.description, record.description_html))
    described = catalog.read_description(form.description)
    if (described.text, described.html) != (present.text, present.html):
        changes = msgspec.structs.replace(changes, description_html=form.description)
    others = sorted({id_of(one, "others") for one in form.others} - {id_of(form.category, "category")})
    return changes, others


async def _again(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    product_id: UUID,
    sent: Mapping[str, list[Any]],
    refused: Invalid,
) -> Page:
    values = typed(sent)
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        choices = await details_choices(tx, _home(values.get("category"), frame.product))
    return _shown(request, frame, choices, values, errors=named(refused), status=422)


async def _clash(
    request: AnyRequest, db: Database, visitor: Visitor, product_id: UUID, sent: Mapping[str, list[Any]]
) -> Page:
    """Both versions side by side; where they do not differ, what was wanted is so already."""
    form, texts = read_details(sent)
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        choices = await details_choices(tx, id_of(form.category, "category"))
        changes, others = _wanted(form, texts, choices["attributes"], frame.product)
    names = dict(choices["categories"])
    told = {field: value for field, value in msgspec.structs.asdict(changes).items() if value is not msgspec.UNSET}
    rows = [
        Clash(LABELS.get(_field(field), field), _words(getattr(frame.product, field), names), _words(value, names))
        for field, value in told.items()
    ]
    if others != sorted(frame.product.other_categories):
        rows.append(Clash(LABELS["others"], _words(frame.product.other_categories, names), _words(others, names)))
    if not rows:
        answer = redirect(request, url_for(request, "staff.products.show", product_id=product_id))
        say(request, answer, _("Somebody else has saved the same. Nothing is lost."), "info")
        return answer
    hidden = [
        (name, str(value))
        for name, values in sent.items()
        for value in values
        if name != "version" and isinstance(value, str)
    ]
    return page(
        request,
        "staff/products/clash.html",
        status=409,
        frame=frame,
        rows=rows,
        hidden=hidden,
        version=frame.standing.version,
        refusal=ChangedMeanwhile(),
    )


def named(refused: Invalid) -> dict[str, str]:
    """The refusals by the names that the form's fields have."""
    renamed = {"category_id": "category", "description_html": "description"}
    return {
        renamed.get(field, field.replace("attributes.", ATTRIBUTE, 1)): message
        for field, message in refused.fields.items()
    }


def _shown(
    request: AnyRequest,
    frame: Frame,
    choices: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    return product_page(
        request,
        "staff/products/details.html",
        frame,
        here="staff.products.show",
        status=status,
        values=values,
        errors=errors or {},
        **choices,
    )


def _home(category: str | None, record: ProductRecord) -> UUID:
    """The category whose attributes are asked for: the one that was chosen, saved or not."""
    try:
        return UUID(category or "")
    except ValueError:
        return record.category_id


def _field(name: str) -> str:
    return "description" if name == "description_html" else name


def _words(value: Any, names: Mapping[str, str]) -> str:
    match value:
        case None | "" | () | []:
            return "–"
        case UUID():
            return names.get(str(value), str(value))
        case dict():
            return ", ".join(f"{code}: {attribute_text(one)}" for code, one in sorted(value.items())) or "–"
        case tuple() | list():
            return ", ".join(_words(one, names) for one in value)
        case _:
            return str(value)


ROUTES = [show, save]
