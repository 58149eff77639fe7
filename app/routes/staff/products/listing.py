"""The products: found by name or SKU, filtered, and changed by the dozen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal, InvalidOperation
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page
from app.web.staff.cells import Link, Picture, State
from app.web.staff.lists import Bulk, Chosen, Column, Options, StaffList, amounts, choice
from app.web.staff.showing import act_on_many, csv_of, show_list
from app.web.visitors import Visitor
from domains import audit, catalog, desk, pricing, store
from domains.catalog import ProductChanges
from domains.kit import Actor, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice

STATES = {
    "shown": State(_("Published"), "good"),
    "hidden": State(_("Hidden"), "wait"),
    "archived": State(_("Archived"), "plain"),
}
_LARGEST_CUT = Decimal(99)


@asynccontextmanager
async def _together(db: Database, actor: Actor, chosen: Chosen) -> AsyncIterator[Transaction]:
    """One transaction, and one act in the audit log, that is undone as a whole."""
    with audit.together(chosen.batch):
        async with db.transaction(actor) as tx:
            yield tx


async def _publish(db: Database, actor: Actor, chosen: Chosen) -> str:
    held_back = 0
    async with _together(db, actor, chosen) as tx:
        for product_id in sorted(chosen.ids):
            try:
                async with tx.session.begin_nested():
                    await catalog.publish(tx, product_id)
            except catalog.CannotPublish:
                held_back += 1
    done = _("{count} products are published.").format(count=len(chosen.ids) - held_back)
    if held_back:
        done += " " + _("{count} have nothing that could be sold, and stay hidden.").format(count=held_back)
    return done


async def _unpublish(db: Database, actor: Actor, chosen: Chosen) -> str:
    async with _together(db, actor, chosen) as tx:
        for product_id in sorted(chosen.ids):
            await catalog.unpublish(tx, product_id)
    return _("{count} products are hidden.").format(count=len(chosen.ids))


async def _archive(db: Database, actor: Actor, chosen: Chosen) -> str:
    async with _together(db, actor, chosen) as tx:
        for product_id in sorted(chosen.ids):
            await catalog.archive(tx, product_id)
    return _("{count} products are archived.").format(count=len(chosen.ids))


async def _change_prices(db: Database, actor: Actor, chosen: Chosen) -> str:
    """By so many percent, up or down, each to the nearest minor unit; a cut can be shown beside the former price."""
    try:
        percent = Decimal(chosen.form.get("percent", "").strip().replace(",", ".").removesuffix("%"))
    except InvalidOperation as error:
        raise Invalid({"percent": _("Enter a percentage such as -10 or 5.")}) from error
    if not -_LARGEST_CUT <= percent <= 1000 or percent == 0:
        raise Invalid({"percent": _("Enter a percentage from -99 to 1000, and not 0.")})
    shows_cut = chosen.form.get("show_cut") == "on" and percent < 0
    async with _together(db, actor, chosen) as tx:
        currency = (await store.shop(tx)).currency
        variants = await catalog.variant_ids_of(tx, chosen.ids)
        ids = [one for those in variants.values() for one in those]
        present = await pricing.prices(tx, ids, currency)
        prices = []
        for variant_id, price in sorted(present.items()):
            before = price.amount.amount
            amount = int((Decimal(before) * (100 + percent) / 100).quantize(Decimal(1)))
            former = price.compare_at.amount if price.compare_at is not None else None
            compare_at = max(before, former or 0) if shows_cut else None
            prices.append(NewPrice(variant_id, amount, compare_at if compare_at and compare_at > amount else None))
        await pricing.set_prices(tx, prices)
    return _("{count} variants have a new price.").format(count=len(prices))


async def _put_into_category(db: Database, actor: Actor, chosen: Chosen) -> str:
    category_id = _id(chosen.form.get("category", ""), "category")
    wrong = 0
    async with _together(db, actor, chosen) as tx:
        for product_id in sorted(chosen.ids):
            try:
                async with tx.session.begin_nested():
                    await catalog.change_product(tx, product_id, ProductChanges(category_id=category_id))
            except Invalid as refused:
                if "category_id" in refused.fields:
                    raise Invalid({"category": refused.fields["category_id"]}) from refused
                wrong += 1
    if wrong:
        return _("{count} products were moved; {wrong} lack what the category asks for, and stay.").format(
            count=len(chosen.ids) - wrong, wrong=wrong
        )
    return _("{count} products were moved.").format(count=len(chosen.ids))


async def _tag(db: Database, actor: Actor, chosen: Chosen) -> str:
    adds = [tag.strip() for tag in chosen.form.get("add", "").split(",") if tag.strip()]
    takes = {tag.strip() for tag in chosen.form.get("take", "").split(",") if tag.strip()}
    if not adds and not takes:
        raise Invalid({"add": _("Enter a tag to add, or one to take away.")})
    async with _together(db, actor, chosen) as tx:
        for record in sorted(await catalog.product_records(tx, ids=chosen.ids), key=lambda record: record.id):
            tags = tuple(dict.fromkeys(tag for tag in (*record.tags, *adds) if tag not in takes))
            if tags != record.tags:
                await catalog.change_product(tx, record.id, ProductChanges(tags=tags))
    return _("{count} products have their tags.").format(count=len(chosen.ids))


def _id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid({field: _("Choose one from the list.")}) from error


def _name(row: desk.ProductRow) -> Link:
    return Link(row.name, "staff.products.show", {"product_id": row.id})


PRODUCTS = StaffList(
    key="products",
    title=_("Products"),
    route="staff.products",
    permission="catalogue.see",
    export="catalogue.do",
    search=_("Part of a name, or an SKU"),
    sort="-updated",
    columns=(
        Column("name", _("Product"), _name, sort="name"),
        Column("picture", _("Picture"), lambda row: Picture(row.picture) if row.picture else None, phone=False),
        Column("state", _("State"), lambda row: STATES[row.state]),
        Column("sku", _("SKU"), sort="sku", phone=False),
        Column("category", _("Category"), phone=False),
        Column("brand", _("Brand"), shown=False),
        Column("variants", _("Variants"), number=True, phone=False),
        Column("price", _("Price from"), number=True),
        Column("available", _("Available"), number=True, phone=False),
        Column("updated_at", _("Changed"), sort="updated", down=True, phone=False),
        Column("created_at", _("Made"), sort="created", down=True, shown=False),
    ),
    filters=(
        choice("state", _("State"), [(key, state.label) for key, state in STATES.items()]),
        choice("category", _("Category"), many=False),
        choice("brand", _("Brand"), many=False),
        choice("stock", _("Stock"), [("there", _("To be had")), ("out", _("Sold out"))], many=False),
        amounts("price", _("Price")),
    ),
    bulk=(
        Bulk(
            key="publish",
            label=_("Publish"),
            permission="catalogue.do",
            question=_("Publish {count} products?"),
            apply=_publish,
        ),
        Bulk(
            key="unpublish",
            label=_("Hide"),
            permission="catalogue.do",
            question=_("Hide {count} products from shoppers?"),
            apply=_unpublish,
        ),
        Bulk(
            key="price",
            label=_("Change prices"),
            permission="prices.do",
            question=_("Change the prices of {count} products, with all their variants?"),
            apply=_change_prices,
            fields="staff/products/_price_fields.html",
        ),
        Bulk(
            key="category",
            label=_("Move to a category"),
            permission="catalogue.do",
            question=_("Which category shall be the home of {count} products?"),
            apply=_put_into_category,
            fields="staff/products/_category_field.html",
        ),
        Bulk(
            key="tags",
            label=_("Change tags"),
            permission="catalogue.do",
            question=_("Change the tags of {count} products?"),
            apply=_tag,
            fields="staff/products/_tag_fields.html",
        ),
        Bulk(
            key="archive",
            label=_("Archive"),
            permission="catalogue.do",
            question=_("Archive {count} products? Shoppers no longer see them; orders keep them."),
            apply=_archive,
            is_dangerous=True,
        ),
    ),
    empty=_("No products yet"),
    empty_hint=_("Make the first one, or import a file from another shop."),
)


async def category_options(tx: Transaction) -> Options:
    """Every category by its path, for a list to choose from."""
    return [(str(one.id), " › ".join(one.path)) for one in await catalog.category_lines(tx)]


async def options_of(db: Database, visitor: Visitor) -> dict[str, Options]:
    async with db.transaction(visitor.actor) as tx:
        return {
            "category": await category_options(tx),
            "brand": [(brand, brand) for brand in await catalog.brands(tx)],
        }


@get("/staff/products", name="staff.products", access=staff("catalogue.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    options = await options_of(db, visitor)
    return await show_list(
        request,
        db,
        visitor,
        PRODUCTS,
        desk.find_products,
        template="staff/products/list.html",
        options=options,
        view=request.url.query,
    )


@get("/staff/products.csv", name="staff.products.csv", access=staff("catalogue.do", fresh=True))
async def export(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    return await csv_of(request, db, visitor, PRODUCTS, desk.find_products, options=await options_of(db, visitor))


@post("/staff/products/bulk", name="staff.products.bulk", access=staff("catalogue.do"), status_code=200)
async def act(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    options = await options_of(db, visitor)
    return await act_on_many(request, db, visitor, PRODUCTS, desk.find_products, options=options)


ROUTES = [show, export, act]
