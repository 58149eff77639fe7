"""Chosen columns of the products of a view, as one table to type in: saved as a whole, or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.routes.staff.products.forms import amount_text, tags_of, whole_of
from app.routes.staff.products.listing import PRODUCTS, options_of
from app.routes.staff.products.variants import price_change
from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.asking import query_from
from app.web.staff.desk import say
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog, desk, pricing, store, transfer
from domains.catalog import ProductChanges, ProductRecord, VariantChanges, VariantRecord
from domains.kit import Database, Forbidden, Invalid
from domains.kit.i18n import gettext as _
from domains.pricing import Price
from domains.transfer import RowEdit, TableRefused

MOST_BODY = 8 * 1024 * 1024
OF_PRODUCT = {
    "name": _("Name"),
    "brand": _("Brand"),
    "product_type": _("Type"),
    "tags": _("Tags"),
    "is_published": _("Published"),
}
OF_VARIANT = {
    "sku": _("SKU"),
    "barcode": _("Barcode"),
    "weight_grams": _("Grams"),
    "price": _("Price"),
    "compare_at": _("Former price"),
}
COLUMNS = {**OF_PRODUCT, **OF_VARIANT}
USUAL = ("name", "sku", "price", "compare_at", "is_published")
PRICES = frozenset({"price", "compare_at"})
MOST_PRODUCTS = 50


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A variant in the table; its product's own cells stand in the first of its rows."""

    variant_id: UUID
    product_id: UUID
    name: str
    words: str
    is_first: bool
    cells: tuple[tuple[str, str], ...]


@get("/staff/products/bulk", name="staff.products.table", access=staff("catalogue.do"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """The first products of the view that the address asks for, as the list understands it."""
    asked = request.query_params
    columns = _columns(asked.getall("column", []), visitor)
    options = await options_of(db, visitor)
    shop = request.app.state.shell()
    pairs = [(key, value) for key, value in parse_qsl(request.url.query) if key != "column"]
    query = query_from(pairs, PRODUCTS, zone=ZoneInfo(shop.time_zone), currency=shop.currency, options=options)
    async with db.transaction(visitor.actor) as tx:
        asked_for = msgspec.structs.replace(query.asked, limit=MOST_PRODUCTS)
        found = await desk.find_product_ids(tx, asked_for, currency=shop.currency)
        rows = await _rows(tx, found.rows, columns, currency=shop.currency)
    return _page(request, visitor, rows, columns, urlencode(pairs), count=found.count.number if found.count else 0)


@post(
    "/staff/products/bulk/cells",
    name="staff.products.table.save",
    access=staff("catalogue.do"),
    request_max_body_size=MOST_BODY,
)
async def save(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = texts_of((await request.form()).dict())
    columns = _columns(sent.get("column", []), visitor)
    view = (sent.get("view") or [""])[-1][:2000]
    ids = [UUID(one) for one in dict.fromkeys(sent.get("product", [])) if _is_id(one)][:MOST_PRODUCTS]
    typed = {name: values[-1] for name, values in sent.items()}
    try:
        async with db.transaction(visitor.actor) as tx:
            currency = (await store.shop(tx)).currency
            records = await catalog.product_records(tx, ids=ids)
            prices = await pricing.prices(tx, [one.id for record in records for one in record.variants], currency)
            edits, wrong = _edits(records, prices, typed, columns, currency)
            if wrong:
                raise TableRefused(wrong)
            changed = await transfer.edit_table(tx, edits)
    except TableRefused as refused:
        errors = {
            f"{variant_id}.{_column(field, columns)}": message for (variant_id, field), message in refused.cells.items()
        }
        async with db.transaction(visitor.actor) as tx:
            rows = await _rows(tx, ids, columns, currency=currency, typed=typed)
        return _page(request, visitor, rows, columns, view, errors=errors, status=422)
    address = url_for(request, "staff.products.table")
    answer = redirect(request, f"{address}?{view}&{urlencode([('column', one) for one in columns])}")
    say(request, answer, _("{count} products were changed.").format(count=changed))
    return answer


def _page(
    request: AnyRequest,
    visitor: Visitor,
    rows: Sequence[Row],
    columns: Sequence[str],
    view: str,
    *,
    count: int = 0,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    role = visitor.account.role if visitor.account is not None else None
    offered = {key: label for key, label in COLUMNS.items() if key not in PRICES or may(role, "prices.do")}
    return page(
        request,
        "staff/products/table.html",
        status=status,
        rows=rows,
        columns=[(key, COLUMNS[key]) for key in columns],
        offered=[(key, label, key in columns) for key, label in offered.items()],
        pairs=parse_qsl(view),
        view=view,
        count=count,
        most=MOST_PRODUCTS,
        errors=errors or {},
    )


async def _rows(
    tx: Any, ids: Sequence[UUID], columns: Sequence[str], *, currency: str, typed: Mapping[str, str] | None = None
) -> list[Row]:
    records = {record.id: record for record in await catalog.product_records(tx, ids=ids)}
    prices = await pricing.prices(tx, [one.id for record in records.values() for one in record.variants], currency)
    rows = []
    for record in (records[one] for one in ids if one in records):
        for number, variant in enumerate(record.variants):
            present = _present(record, variant, prices.get(variant.id), currency)
            cells = tuple(
                (key, present[key] if typed is None else typed.get(f"{variant.id}.{key}", ""))
                for key in columns
                if number == 0 or key in OF_VARIANT
            )
            rows.append(
                Row(
                    variant_id=variant.id,
                    product_id=record.id,
                    name=record.name,
                    words=", ".join(variant.values.values()),
                    is_first=number == 0,
                    cells=cells,
                )
            )
    return rows


def _present(record: ProductRecord, variant: VariantRecord, price: Price | None, currency: str) -> dict[str, str]:
    return {
        "name": record.name,
        "brand": record.brand or "",
        "product_type": record.product_type or "",
        "tags": ", ".join(record.tags),
        "is_published": "on" if record.is_active else "",
        "sku": variant.sku,
        "barcode": variant.barcode or "",
        "weight_grams": "" if variant.weight_grams is None else str(variant.weight_grams),
        "price": amount_text(price.amount.amount if price else None, currency),
        "compare_at": amount_text(price.compare_at.amount if price and price.compare_at else None, currency),
    }


def _edits(
    records: Sequence[ProductRecord],
    prices: Mapping[UUID, Price],
    typed: Mapping[str, str],
    columns: Sequence[str],
    currency: str,
) -> tuple[list[RowEdit], dict[tuple[UUID, str], str]]:
    """What differs from what is there. A cell that was not sent is left alone, but for ticks, which are not sent."""
    edits: list[RowEdit] = []
    wrong: dict[tuple[UUID, str], str] = {}
    for record in records:
        for number, variant in enumerate(record.variants):
            if f"{variant.id}.row" not in typed:
                continue
            present = _present(record, variant, prices.get(variant.id), currency)
            given = {
                key: typed.get(f"{variant.id}.{key}", "").strip() for key in columns if number == 0 or key in OF_VARIANT
            }
            new = {key: text for key, text in given.items() if text != present[key]}
            try:
                price = (
                    price_change(variant.id, {**present, **given}, prices.get(variant.id), currency)
                    if PRICES & set(new)
                    else None
                )
                edits.append(
                    RowEdit(
                        variant_id=variant.id,
                        product_id=record.id,
                        product=_product_changes(new),
                        variant=_variant_changes(new),
                        price=price,
                        is_published=new["is_published"] == "on" if "is_published" in new else None,
                    )
                )
            except Invalid as refused:
                wrong |= {(variant.id, field): message for field, message in refused.fields.items()}
    return edits, wrong


def _product_changes(new: Mapping[str, str]) -> ProductChanges:
    changes: dict[str, Any] = {key: new[key] or None for key in ("brand", "product_type") if key in new}
    if "name" in new:
        changes["name"] = new["name"]
    if "tags" in new:
        changes["tags"] = tags_of(new["tags"])
    return ProductChanges(**changes)


def _variant_changes(new: Mapping[str, str]) -> VariantChanges:
    changes: dict[str, Any] = {}
    if "sku" in new:
        changes["sku"] = new["sku"]
    if "barcode" in new:
        changes["barcode"] = new["barcode"] or None
    if "weight_grams" in new:
        changes["weight_grams"] = whole_of(new["weight_grams"], "weight_grams")
    return VariantChanges(**changes)


def _columns(chosen: Sequence[str], visitor: Visitor) -> tuple[str, ...]:
    """The columns of the table in their order. Raises `Forbidden` for prices that the role may not change."""
    role = visitor.account.role if visitor.account is not None else None
    wanted = set(chosen) & set(COLUMNS) or {key for key in USUAL if key not in PRICES or may(role, "prices.do")}
    if wanted & PRICES and not may(role, "prices.do"):
        raise Forbidden
    return (
        tuple(key for key in ("name", *COLUMNS) if key in wanted and key != "name")
        if "name" not in wanted
        else (
            "name",
            *(key for key in COLUMNS if key in wanted and key != "name"),
        )
    )


def _column(field: str, columns: Sequence[str]) -> str:
    """Where a refusal is shown: in its own cell, or in one that is there."""
    if field in columns:
        return field
    return "price" if field in PRICES and "price" in columns else columns[0]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


ROUTES = [show, save]
