"""A new product, with its price, its first count, its options and its first pictures, in one go."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from slugify import slugify

from app.routes.staff.products.details import details_choices, named, typed
from app.routes.staff.products.forms import amount_of, attribute_values, id_of, read_details, tags_of, whole_of
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import uploads_of
from app.web.visitors import Visitor
from domains import catalog, store, transfer
from domains.catalog import OptionDraft, ProductDraft, Storage, ValueDraft, VariantDraft
from domains.kit import Actor, Database, Invalid
from domains.kit.i18n import gettext as _

MOST_BODY = 120 * 1024 * 1024  # a few pictures of the largest size
_OPTIONS = 3
_OWN = (
    "price",
    "compare_at",
    "on_hand",
    "publish",
    "alt",
    *(f"{part}{n}" for n in range(1, _OPTIONS + 1) for part in ("option", "values")),
)


@get("/staff/products/new", name="staff.products.new", access=staff("catalogue.do"))
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    category: FromQuery[str | None] = None,
) -> Page:
    return await _form(request, db, visitor, {"category": category or "", "others": []})


@post(
    "/staff/products/new",
    name="staff.products.make",
    access=staff("catalogue.do"),
    request_max_body_size=MOST_BODY,
)
async def make(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """Pictures are taken in first, with nothing open; then all the rest stands or falls together."""
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    words = {name: values for name, values in sent.items() if name not in _OWN and name != "pictures"}
    own = {name: str(sent[name][-1]) for name in _OWN if name in sent}
    storage: Storage = request.app.state.storage
    try:
        pictures = await _take_in(db, storage, visitor.actor, sent)
        form, texts = read_details(words)
        async with db.transaction(visitor.actor) as tx:
            currency = (await store.shop(tx)).currency
            terms = transfer.NewTerms(
                amount_of(own.get("price", ""), currency, "price"),
                amount_of(own.get("compare_at", ""), currency, "compare_at"),
                whole_of(own.get("on_hand", ""), "on_hand"),
            )
            _check_terms(terms)
            category_id = id_of(form.category, "category")
            known = await catalog.attributes_of(tx, category_id)
            sku = form.sku or _sku_of(form.name)
            options = _options(own)
            product_id = await catalog.create_product(
                tx,
                ProductDraft(
                    sku=sku,
                    name=" ".join(form.name.split()),
                    category_id=category_id,
                    slug=form.slug or None,
                    description_html=form.description or None,
                    brand=form.brand or None,
                    product_type=form.product_type or None,
                    weight_grams=form.weight_grams,
                    tax_class=form.tax_class,
                    attributes=attribute_values(texts, known, {}),
                    tags=tags_of(form.tags),
                    seo_title=form.seo_title or None,
                    seo_description=form.seo_description or None,
                    other_categories=tuple({id_of(one, "others") for one in form.others}),
                    options=options,
                    variants=_variants(sku, options),
                    is_active=own.get("publish") == "on",
                ),
            )
            made = (await catalog.variant_ids_of(tx, [product_id]))[product_id]
            await transfer.offer(tx, made, terms)
            for position, media_id in enumerate(pictures):
                await catalog.add_image(tx, product_id, media_id, alt=own.get("alt", ""), position=position)
    except Invalid as refused:
        values = {**typed(words), **own}
        return await _form(request, db, visitor, values, errors=_named(refused), status=422)
    answer = redirect(request, url_for(request, "staff.products.show", product_id=product_id))
    say(request, answer, _("{name} is made.").format(name=form.name))
    return answer


async def _take_in(db: Database, storage: Storage, actor: Actor, sent: Mapping[str, list[Any]]) -> list[UUID]:
    found = []
    for upload in uploads_of(sent, "pictures"):
        upload.file.seek(0)
        try:
            found.append(await catalog.store_picture(db, storage, actor, upload.file.read(catalog.MOST_BYTES + 1)))
        except catalog.PictureRefused as refused:
            raise Invalid({"pictures": f"{upload.filename}: {refused.fields['picture']}"}) from refused
    return found


async def _form(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    values: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    try:
        category_id = UUID(str(values.get("category", "")))
    except ValueError:
        category_id = None
    async with db.transaction(visitor.actor) as tx:
        choices = await details_choices(tx, category_id)
        currency = (await store.shop(tx)).currency
    return page(
        request,
        "staff/products/new.html",
        status=status,
        values=values,
        errors=errors or {},
        currency=currency,
        rows=range(1, _OPTIONS + 1),
        version=0,
        **choices,
    )


def _options(own: Mapping[str, str]) -> tuple[OptionDraft, ...]:
    """The options that were entered: a name, and values divided by commas, each with its colour if it has one.

    Raises `Invalid`.
    """
    found = []
    for number in range(1, _OPTIONS + 1):
        name = " ".join(own.get(f"option{number}", "").split())
        values = values_of(own.get(f"values{number}", ""), f"values{number}")
        if bool(name) != bool(values):
            raise Invalid({f"values{number}": _("Enter an option and its values, or neither.")})
        if name:
            found.append(OptionDraft(name, tuple(values)))
    return tuple(found)


def values_of(text: str, field: str) -> list[ValueDraft]:
    """Values of an option: "S, M, L" or "Sage #8a9a5b, Rust #a0522d". Raises `Invalid` for one that stands twice."""
    values = []
    for part in text.split(","):
        words = " ".join(part.split())
        name, _space, colour = words.rpartition(" ")
        if name and colour.startswith("#"):
            values.append(ValueDraft(name, colour.lower()))
        elif words:
            values.append(ValueDraft(words))
    if len({value.value for value in values}) != len(values):
        raise Invalid({field: _("Enter each value once.")})
    return values


def _variants(sku: str, options: Sequence[OptionDraft]) -> tuple[VariantDraft, ...]:
    combinations: list[dict[str, str]] = [{}]
    for option in options:
        combinations = [{**one, option.name: value.value} for one in combinations for value in option.values]
    if len(combinations) > transfer.MOST_VARIANTS:
        raise Invalid(
            {"values1": _("That would be {count} variants, and a product has at most {most}.").format(
                count=len(combinations), most=transfer.MOST_VARIANTS)}
        )  # fmt: skip
    if not options:
        return ()
    return tuple(
        VariantDraft("-".join([sku[:30], *(slugify(value).upper()[:8] for value in one.values())])[:50], one)
        for one in combinations
    )


def _check_terms(terms: transfer.NewTerms) -> None:
    if terms.compare_at is not None and (terms.price is None or terms.compare_at <= terms.price):
        raise Invalid({"compare_at": _("Enter a former price that is higher than the price, or none.")})


def _sku_of(name: str) -> str:
    return slugify(name).upper()[:40] or "ITEM"


def _named(refused: Invalid) -> dict[str, str]:
    return {("values1" if field == "variants" else field): message for field, message in named(refused).items()}


ROUTES = [show, make]
