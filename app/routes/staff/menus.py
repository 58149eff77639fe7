"""The menus of the header and the footer: words, where they lead, and their order."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.own_addresses import within_the_shop
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.menus import TITLES, Address, addresses_of, usual_menus
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog, content
from domains.content import HomeChangedMeanwhile, LinkKind, MenuItem, MenuName
from domains.kit import Database, Invalid, NotFound, Transaction
from domains.kit.i18n import gettext as _

NAMES = {
    MenuName.HEADER: _("Header"),
    MenuName.GOODS: _("Footer: goods"),
    MenuName.SERVICE: _("Footer: service"),
    MenuName.LEGAL: _("Footer: legal"),
}
USUAL = {
    MenuName.HEADER: _("The categories at the top of the tree, with those below them."),
    MenuName.GOODS: _("The categories at the top of the tree."),
    MenuName.SERVICE: _("The pages that name this menu, the way to an order, and the wish list."),
    MenuName.LEGAL: _("The pages that name this menu, and the way to withdraw from a contract."),
}
_SPARE = 3  # empty rows below those that are there


class Row(msgspec.Struct, frozen=True):
    """A link as it stands in the form."""

    label: str = ""
    target: str = ""


class _Around(msgspec.Struct, frozen=True):
    """What the links of every menu are told from: the usual ones, and the pages and categories there are."""

    usual: Mapping[MenuName, tuple[MenuItem, ...]]
    pages: list[content.MenuEntry]
    categories: Sequence[catalog.CategoryNode]
    address: Address


@get("/staff/pages/menus", name="staff.menus", access=staff("pages.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        own, around = await content.own_menus(tx), await _around(tx, request)
        menus = [
            (name, label, name in own, await _rows(tx, around, name, own.get(name))) for name, label in NAMES.items()
        ]
    return page(request, "staff/menus/index.html", menus=menus, usual=USUAL)


@get("/staff/pages/menus/{menu:str}", name="staff.menus.show", access=staff("pages.do"))
async def show(
    request: AnyRequest, menu: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _form_page(request, db, visitor, _known(menu))


@post("/staff/pages/menus/{menu:str}", name="staff.menus.save", access=staff("pages.do"))
async def save(
    request: AnyRequest, menu: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The links in the order of their places; a row without words and address is none."""
    named = _known(menu)
    typed = {field: values[-1].strip() for field, values in texts_of((await request.form()).dict()).items()}
    rows = _typed_rows(typed)
    title = typed.get("title", "")
    try:
        async with db.transaction(visitor.actor) as tx:
            items = await _items(tx, request, rows)
            await content.set_menu(tx, named, items, title=title, seen=typed.get("seen", ""))
    except Invalid as refused:
        return await _form_page(request, db, visitor, named, rows=rows, title=title, errors=refused.fields)
    except HomeChangedMeanwhile:
        words = _("Somebody has changed this menu meanwhile. What you entered is still here; saving puts it in place.")
        return await _form_page(request, db, visitor, named, rows=rows, title=title, errors={"": words})
    answer = redirect(request, url_for(request, "staff.menus"))
    say(request, answer, _("Saved. Shoppers see the menu on the next page that they open."))
    return answer


@post("/staff/pages/menus/{menu:str}/own/removal", name="staff.menus.reset", access=staff("pages.do"))
async def reset(
    request: AnyRequest, menu: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.let_menu_fill_itself(tx, _known(menu))
    answer = redirect(request, url_for(request, "staff.menus"))
    say(request, answer, _("The menu fills itself again. The audit log takes it back."))
    return answer


def _known(name: str) -> MenuName:
    try:
        return MenuName(name)
    except ValueError as error:
        raise NotFound from error


def _typed_rows(typed: Mapping[str, str]) -> list[Row]:
    """The rows of the form in the order of the places that were entered."""
    numbers = sorted({int(name[5:]) for name in typed if name.startswith("label") and name[5:].isdecimal()})
    placed: list[tuple[int, int, Row]] = []
    for number in numbers[: content.MOST_LINKS + _SPARE]:
        row = Row(typed.get(f"label{number}", ""), typed.get(f"target{number}", ""))
        place = typed.get(f"place{number}", "")
        if (row.label or row.target) and f"remove{number}" not in typed:
            placed.append(
                (int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else 999, number, row)
            )
    return [row for _place, _number, row in sorted(placed, key=lambda one: one[:2])]


async def _items(tx: Transaction, request: AnyRequest, rows: list[Row]) -> list[MenuItem]:
    """The links that were typed. Raises `Invalid` for an address where nothing is."""
    errors: dict[str, str] = {}
    items: list[MenuItem] = []
    for number, row in enumerate(rows, 1):
        try:
            items.append(await _item(tx, request, row))
        except Invalid as refused:
            errors[f"target{number}"] = refused.fields["target"]
    if errors:
        raise Invalid(errors)
    return items


async def _item(tx: Transaction, request: AnyRequest, row: Row) -> MenuItem:
    """A link to a category, a page or a product by what it is, so that it follows them; to all else by its address.

    A category or page that is hidden may be named: the link is left out until it is shown.
    """
    path = content.own_path(within_the_shop(request, row.target))
    kind, _slash, slug = path.removeprefix("/").partition("/")
    try:
        if kind == "categories" and slug:
            category = next((one for one in await catalog.category_lines(tx) if one.slug == slug), None)
            if category is None:
                raise catalog.CategoryNotFound
            return MenuItem(row.label or category.path[-1], LinkKind.CATEGORY, str(category.id))
        if kind == "products" and slug and "?" not in slug:
            product = await catalog.product_by_slug(tx, slug)
            return MenuItem(row.label or product.name, LinkKind.PRODUCT, str(product.id))
        if kind == "pages" and slug:
            found = next((one for one in await _every_page(tx) if one.slug == slug), None)
            if found is None:
                raise content.PageNotFound
            return MenuItem(row.label or found.title, LinkKind.PAGE, str(found.id))
    except NotFound as error:
        raise Invalid({"target": _("Shoppers find nothing at {path}.").format(path=path)}) from error
    return MenuItem(row.label, LinkKind.PATH, path or row.target)


async def _around(tx: Transaction, request: AnyRequest) -> _Around:
    def address(route: str, **params: Any) -> str:
        return url_for(request, route, **params)

    return _Around(
        usual=usual_menus(await content.published(tx), await catalog.tree(tx), address),
        pages=await _every_page(tx),
        categories=await catalog.tree(tx, include_inactive=True),
        address=address,
    )


async def _rows(tx: Transaction, around: _Around, name: MenuName, own: content.OwnMenu | None) -> list[Row]:
    items = around.usual[name] if own is None else own.items
    addresses = await addresses_of(tx, items, around.pages, around.categories, around.address)
    return [Row(item.label, addresses[item]) for item in items if item in addresses]


async def _every_page(tx: Transaction) -> list[content.MenuEntry]:
    """Pages with their addresses, those that are hidden too."""
    return [
        content.MenuEntry(one.shown.slug, one.shown.title, one.shown.menu, one.id)
        for one in await content.every_page(tx)
    ]


async def _form_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    name: MenuName,
    *,
    rows: list[Row] | None = None,
    title: str | None = None,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        own = (await content.own_menus(tx)).get(name)
        present = await _rows(tx, await _around(tx, request), name, own) if rows is None else rows
        pages = await content.published(tx)
        categories = await catalog.category_lines(tx)
    offered = [(url_for(request, "categories.show", slug=one.slug), " › ".join(one.path)) for one in categories]
    offered += [(url_for(request, "pages.show", slug=one.slug), one.title) for one in pages]
    return page(
        request,
        "staff/menus/form.html",
        status=422 if errors else 200,
        name=name,
        label=NAMES[name],
        is_own=own is not None,
        usual=USUAL[name],
        seen=own.mark if own is not None else "",
        title=title if title is not None else (own.title if own is not None else ""),
        usual_title=TITLES.get(name, ""),
        rows=[*present, *([Row()] * min(_SPARE, content.MOST_LINKS - len(present)))],
        offered=offered,
        errors=errors or {},
    )


ROUTES = [show_all, show, save, reset]
