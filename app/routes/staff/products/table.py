"""Chosen columns of the products of a view, as one table to type in: saved as a whole, or not at all.

Each row carries what it showed (`<variant>.was`). So what somebody else has saved meanwhile stays where the sender has
typed nothing, and is shown beside his words, for him to decide, where both have typed.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from domains.kit import Database, Forbidden, Invalid, Transaction
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
    was: str  # what the row shows, for `save` to know what was typed and what was there


class Goods(msgspec.Struct, frozen=True):
    """What a table is of, as it stands in the shop."""

    records: Sequence[ProductRecord]
    prices: Mapping[UUID, Price]
    currency: str

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[ProductRecord, VariantRecord, dict[str, str]]]:
        """Each variant with its cells; those of its product stand with the first one."""
        for record in self.records:
            for number, variant in enumerate(record.variants):
                present = _present(record, variant, self.prices.get(variant.id), self.currency)
                yield record, variant, {key: present[key] for key in columns if number == 0 or key in OF_VARIANT}


class SheetRefused(Exception):
    """Nothing was saved: some cells are wrong, or were saved otherwise by somebody else meanwhile."""

    def __init__(self, goods: Goods, cells: Mapping[str, str], *, is_clash: bool) -> None:
        super().__init__()
        self.goods, self.cells, self.is_clash = goods, cells, is_clash


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
        rows = _rows(await _goods(tx, found.rows, currency=shop.currency), columns)
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
            changed = await _change(tx, ids, typed, columns)
    except SheetRefused as refused:
        rows = _rows(refused.goods, columns, typed=typed)
        return _page(
            request,
            visitor,
            rows,
            columns,
            view,
            errors=refused.cells,
            is_clash=refused.is_clash,
            status=409 if refused.is_clash else 422,
        )
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
    is_clash: bool = False,
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
        is_clash=is_clash,
    )


async def _goods(tx: Transaction, ids: Sequence[UUID], *, currency: str = "") -> Goods:
    """A page that only shows hands in the shop's `currency`, which it knows, and saves a query."""
    records = {record.id: record for record in await catalog.product_records(tx, ids=ids)}
    currency = currency or (await store.shop(tx)).currency
    prices = await pricing.prices(tx, [one.id for record in records.values() for one in record.variants], currency)
    return Goods([records[one] for one in ids if one in records], prices, currency)


def _rows(goods: Goods, columns: Sequence[str], *, typed: Mapping[str, str] | None = None) -> list[Row]:
    """The table as it stands, with what was typed in the cells that its sender has changed."""
    rows = []
    for record, variant, present in goods.rows(columns):
        given = present if typed is None else {**present, **_typed_in(variant.id, present, typed)}
        rows.append(
            Row(
                variant_id=variant.id,
                product_id=record.id,
                name=record.name,
                words=", ".join(variant.values.values()),
                is_first=variant is record.variants[0],
                cells=tuple(given.items()),
                was=msgspec.json.encode(present).decode(),
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


async def _change(tx: Transaction, ids: Sequence[UUID], typed: Mapping[str, str], columns: Sequence[str]) -> int:
    """Save what was typed; answers how many products changed. Raises `SheetRefused`."""
    await catalog.hold_products(tx, ids)
    goods = await _goods(tx, ids)
    clashes = _clashes(goods, typed, columns)
    edits, wrong = _edits(goods, typed, columns)
    if not wrong and not clashes:
        try:
            return await transfer.edit_table(tx, edits)
        except TableRefused as refused:
            wrong = dict(refused.cells)
    told = {f"{variant_id}.{_column(field, columns)}": message for (variant_id, field), message in wrong.items()}
    raise SheetRefused(goods, {**clashes, **told}, is_clash=bool(clashes))


def _was(variant_id: UUID, present: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What the row has shown to who sends it."""
    try:
        was = msgspec.json.decode(typed.get(f"{variant_id}.was", ""), type=dict[str, str])
    except msgspec.DecodeError:
        was = {}
    return {**present, **{key: text for key, text in was.items() if key in present}}


def _typed_in(variant_id: UUID, present: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that its sender has changed. A row that was not sent has none; ticks are sent if they are."""
    if f"{variant_id}.was" not in typed:
        return {}
    was = _was(variant_id, present, typed)
    given = {key: typed.get(f"{variant_id}.{key}", "").strip() for key in present}
    return {key: text for key, text in given.items() if text != was[key].strip()}


def _clashes(goods: Goods, typed: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """The cells that both have changed, and otherwise, with what stands there now."""
    found = {}
    for _record, variant, present in goods.rows(columns):
        was = _was(variant.id, present, typed)
        for key, text in _typed_in(variant.id, present, typed).items():
            if present[key] not in {was[key], text}:
                found[f"{variant.id}.{key}"] = _("Saved meanwhile: {value}").format(value=_told(key, present[key]))
    return found


def _told(key: str, text: str) -> str:
    if key == "is_published":
        return _("published") if text else _("hidden")
    return f"“{text}”" if text else _("nothing")


def _edits(
    goods: Goods, typed: Mapping[str, str], columns: Sequence[str]
) -> tuple[list[RowEdit], dict[tuple[UUID, str], str]]:
    """What was typed and is otherwise now."""
    edits: list[RowEdit] = []
    wrong: dict[tuple[UUID, str], str] = {}
    for record, variant, shown in goods.rows(columns):
        new = {key: text for key, text in _typed_in(variant.id, shown, typed).items() if text != shown[key]}
        if not new:
            continue
        price = goods.prices.get(variant.id)
        present = _present(record, variant, price, goods.currency)
        try:
            edits.append(
                RowEdit(
                    variant_id=variant.id,
                    product_id=record.id,
                    product=_product_changes(new),
                    variant=_variant_changes(new),
                    price=price_change(variant.id, {**present, **new}, price, goods.currency)
                    if PRICES & set(new)
                    else None,
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
