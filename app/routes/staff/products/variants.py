"""What is sold of a product: its variants as a table, further values, files of digital goods."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.products.forms import amount_of, amount_text, id_of, whole_of
from app.routes.staff.products.frames import Frame, frame_of, product_page
from app.routes.staff.products.making import values_of
from app.web.access import may, staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import on_disk, texts_of, upload_of
from app.web.visitors import Visitor
from domains import catalog, inventory, pricing, store, transfer
from domains.catalog import ChangedMeanwhile, FileStore, VariantChanges, VariantRecord
from domains.kit import Database, Forbidden, Invalid
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice, Price
from domains.transfer import RowEdit, TableRefused

MOST_BODY = catalog.MOST_FILE_BYTES + 1024 * 1024
_FIELDS = ("sku", "barcode", "weight_grams", "price", "compare_at", "picture", "is_active")
SEEN = frozenset({"version", "prices"})  # what the table says of the product it was made of
_LABELS = {
    "sku": _("SKU"),
    "barcode": _("Barcode"),
    "weight_grams": _("Grams"),
    "price": _("Price"),
    "compare_at": _("Former price"),
    "picture": _("Picture"),
    "is_active": _("Sold"),
}


class More(msgspec.Struct, forbid_unknown_fields=True):
    """Further values of an option, or a new one."""

    option: str
    values: str
    version: int
    price: str = ""
    on_hand: str = ""


class Default(msgspec.Struct, forbid_unknown_fields=True):
    variant: str


@get("/staff/products/{product_id:uuid}/variants", name="staff.products.variants", access=staff("catalogue.see"))
async def show(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _shown(request, db, visitor, product_id)


@post("/staff/products/{product_id:uuid}/variants", name="staff.products.variants.save", access=staff("catalogue.do"))
async def save(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Every cell of the table, all or nothing."""
    sent = {name: values[-1] for name, values in texts_of((await request.form()).dict()).items()}
    may_price = visitor.account is not None and may(visitor.account.role, "prices.do")
    try:
        async with db.transaction(visitor.actor) as tx:
            await catalog.expect_version(tx, product_id, whole_of(sent.get("version", ""), "version") or 0)
            await catalog.hold_products(tx, [product_id])
            frame = await frame_of(tx, product_id)
            prices = await pricing.prices(tx, [one.id for one in frame.product.variants], frame.currency)
            if sent.get("prices") != _seen(prices):
                raise ChangedMeanwhile
            edits, wrong = _edits(frame, prices, sent, may_price=may_price)
            if wrong:
                raise TableRefused(wrong)
            await transfer.edit_table(tx, edits)
    except TableRefused as refused:
        errors = {f"{variant_id}.{field}": message for (variant_id, field), message in refused.cells.items()}
        return await _shown(request, db, visitor, product_id, sent=sent, errors=errors, status=422)
    except ChangedMeanwhile as refused:
        return await _clash(request, db, visitor, product_id, sent, refused)
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("Saved."))
    return answer


@post("/staff/products/{product_id:uuid}/values", name="staff.products.values.add", access=staff("catalogue.do"))
async def add_values(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = texts_of((await request.form()).dict())
    try:
        form = form_from(sent, More)
        async with db.transaction(visitor.actor) as tx:
            await catalog.expect_version(tx, product_id, form.version)
            currency = (await store.shop(tx)).currency
            terms = transfer.NewTerms(amount_of(form.price, currency, "price"), None, whole_of(form.on_hand, "on_hand"))
            _may_price(visitor, terms)
            made = await transfer.add_values(tx, product_id, form.option, values_of(form.values, "values"), terms)
    except (Invalid, ChangedMeanwhile) as refused:
        more = {name: values[-1] for name, values in sent.items()}
        status = 422 if isinstance(refused, Invalid) else 409
        return await _shown(request, db, visitor, product_id, more=more, errors=_of_more(refused), status=status)
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("{count} variants are new.").format(count=len(made)))
    return answer


@post("/staff/products/{product_id:uuid}/missing", name="staff.products.missing.make", access=staff("catalogue.do"))
async def make_missing(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Combinations that are not made yet, by their numbers in the list."""
    sent = texts_of((await request.form()).dict())
    version = whole_of((sent.get("version") or [""])[-1], "version") or 0
    async with db.transaction(visitor.actor) as tx:
        await catalog.expect_version(tx, product_id, version)
        frame = await frame_of(tx, product_id)
        missing = transfer.missing_combinations(frame.product)
        chosen = {int(one) for one in sent.get("missing", ()) if one.isascii() and one.isdecimal() and len(one) < 5}
        wanted = [one for number, one in enumerate(missing) if number in chosen]
        made = await transfer.make_variants(tx, product_id, wanted, transfer.NewTerms())
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("{count} variants are new.").format(count=len(made)))
    return answer


@post("/staff/products/{product_id:uuid}/default", name="staff.products.default", access=staff("catalogue.do"))
async def choose_default(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = form_from(texts_of((await request.form()).dict()), Default)
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        await catalog.make_default(tx, _variant(frame, form.variant))
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("The page now shows it first."))
    return answer


@post(
    "/staff/products/{product_id:uuid}/file",
    name="staff.products.file",
    access=staff("catalogue.do"),
    request_max_body_size=MOST_BODY,
)
async def sell_file(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """A variant becomes a file that is downloaded, or gets a newer edition of it."""
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    files: FileStore = request.app.state.files
    try:
        upload = upload_of(sent, "file")
        async with db.transaction(visitor.actor) as tx:
            variant_id = _variant(await frame_of(tx, product_id), str((sent.get("variant") or [""])[-1]))
        async with on_disk(upload) as path:
            file_id = await catalog.flows.keep_file(db, files, visitor.actor, path, name=upload.filename)
        async with db.transaction(visitor.actor) as tx:
            await catalog.make_digital(tx, variant_id, file_id)
    except Invalid as refused:
        return await _shown(request, db, visitor, product_id, errors=refused.fields, status=422)
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("It is sold as a file: nothing is sent, and who buys it gets a link."))
    return answer


@post("/staff/products/{product_id:uuid}/thing", name="staff.products.thing", access=staff("catalogue.do"))
async def sell_thing(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = form_from(texts_of((await request.form()).dict()), Default)
    async with db.transaction(visitor.actor) as tx:
        await catalog.make_physical(tx, _variant(await frame_of(tx, product_id), form.variant))
    answer = redirect(request, url_for(request, "staff.products.variants", product_id=product_id))
    say(request, answer, _("It is sold as a thing again, which is sent."))
    return answer


def _edits(
    frame: Frame, prices: Mapping[UUID, Price], sent: Mapping[str, str], *, may_price: bool
) -> tuple[list[RowEdit], dict[tuple[UUID, str], str]]:
    edits: list[RowEdit] = []
    wrong: dict[tuple[UUID, str], str] = {}
    for variant in frame.product.variants:
        given = {field: sent.get(f"{variant.id}.{field}", "").strip() for field in _FIELDS}
        if f"{variant.id}.sku" not in sent:
            continue  # it was made after the table was shown
        changes: dict[str, Any] = {}
        price = None
        try:
            changes = _variant_changes(variant, given)
        except Invalid as refused:
            wrong |= {(variant.id, field): message for field, message in refused.fields.items()}
        try:
            price = price_change(variant.id, given, prices.get(variant.id), frame.currency)
        except Invalid as refused:
            wrong |= {(variant.id, field): message for field, message in refused.fields.items()}
        if price is not None and not may_price:
            raise Forbidden
        edits.append(
            RowEdit(
                variant_id=variant.id,
                product_id=frame.product.id,
                variant=VariantChanges(**changes),
                price=price,
            )
        )
    return edits, wrong


def _variant_changes(variant: VariantRecord, given: Mapping[str, str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "sku": given["sku"],
        "barcode": given["barcode"] or None,
        "picture_id": id_of(given["picture"], "picture") if given["picture"] else None,
        "is_active": given["is_active"] == "on",
    }
    if not variant.is_digital:
        wanted["weight_grams"] = whole_of(given["weight_grams"], "weight_grams")
    return {field: value for field, value in wanted.items() if getattr(variant, field) != value}


def price_change(variant_id: UUID, given: Mapping[str, str], present: Price | None, currency: str) -> NewPrice | None:
    """The price that the fields ask for, if it is another one than the present. Raises `Invalid`."""
    amount = amount_of(given["price"], currency, "price")
    compare_at = amount_of(given["compare_at"], currency, "compare_at")
    if amount is None:
        if present is not None or compare_at is not None:
            raise Invalid({"price": _("Enter a price: what was sold once has one.")})
        return None
    before = (
        None if present is None else (present.amount.amount, present.compare_at.amount if present.compare_at else None)
    )
    return None if before == (amount, compare_at) else NewPrice(variant_id, amount, compare_at)


async def _shown(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    product_id: UUID,
    *,
    sent: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        ids = [variant.id for variant in frame.product.variants]
        prices = await pricing.prices(tx, ids, frame.currency)
        stock = await inventory.availability(tx, ids)
        files = await catalog.files(tx, [one.file_id for one in frame.product.variants if one.file_id])
    missing = transfer.missing_combinations(frame.product)
    return product_page(
        request,
        "staff/products/variants.html",
        frame,
        here="staff.products.variants",
        status=status,
        cells=sent or _cells(frame, prices),
        seen=_seen(prices),
        stock=stock,
        files=files,
        pictures=[
            (str(one.media_id), one.alt or _("Picture {number}").format(number=number))
            for number, one in enumerate(frame.product.images, 1)
        ],
        missing=[(number, ", ".join(one.values())) for number, one in enumerate(missing[:100])],
        more=more or {},
        errors=errors or {},
    )


def _seen(prices: Mapping[UUID, Price]) -> str:
    """Tells whether prices are still as they were shown: they change without a new version of their product."""
    told = sorted(
        (str(one), price.amount.amount, price.compare_at.amount if price.compare_at else None)
        for one, price in prices.items()
    )
    return hashlib.blake2b(msgspec.json.encode(told), digest_size=12).hexdigest()


def _cells(frame: Frame, prices: Mapping[UUID, Price]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for variant in frame.product.variants:
        price = prices.get(variant.id)
        told = {
            "sku": variant.sku,
            "barcode": variant.barcode or "",
            "weight_grams": "" if variant.weight_grams is None else str(variant.weight_grams),
            "price": amount_text(price.amount.amount if price else None, frame.currency),
            "compare_at": amount_text(price.compare_at.amount if price and price.compare_at else None, frame.currency),
            "picture": str(variant.picture_id or ""),
            "is_active": "on" if variant.is_active else "",
        }
        cells |= {f"{variant.id}.{field}": text for field, text in told.items()}
    return cells


async def _clash(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    product_id: UUID,
    sent: Mapping[str, str],
    refusal: ChangedMeanwhile,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        prices = await pricing.prices(tx, [one.id for one in frame.product.variants], frame.currency)
    present = _cells(frame, prices)
    rows = [
        {"label": f"{variant.sku}, {_LABELS[field]}", "theirs": present[key] or "–", "yours": sent.get(key, "") or "–"}
        for variant in frame.product.variants
        for field in _FIELDS
        if (key := f"{variant.id}.{field}") in present
        and f"{variant.id}.sku" in sent
        and present[key] != sent.get(key, "")
    ]
    return page(
        request,
        "staff/products/clash.html",
        status=409,
        frame=frame,
        rows=rows,
        hidden=[*((name, value) for name, value in sent.items() if name not in SEEN), ("prices", _seen(prices))],
        version=frame.standing.version,
        refusal=refusal,
        action=url_for(request, "staff.products.variants.save", product_id=product_id),
        keep=url_for(request, "staff.products.variants", product_id=product_id),
    )


def _variant(frame: Frame, text: str) -> UUID:
    """One of the product's own. Raises `catalog.VariantNotFound`."""
    found = next((variant.id for variant in frame.product.variants if str(variant.id) == text), None)
    if found is None:
        raise catalog.VariantNotFound
    return found


def _may_price(visitor: Visitor, terms: transfer.NewTerms) -> None:
    if terms.price is not None and (visitor.account is None or not may(visitor.account.role, "prices.do")):
        raise Forbidden


def _of_more(refused: Invalid | ChangedMeanwhile) -> dict[str, str]:
    if isinstance(refused, ChangedMeanwhile):
        return {"values": f"{refused.title} {_('Look at its variants above, and send this again if it still fits.')}"}
    return {
        ("values" if field in {"options", "variants", "swatch"} else field): message
        for field, message in refused.fields.items()
    }


ROUTES = [show, save, add_values, make_missing, choose_default, sell_file, sell_thing]
