"""The menus of the header and the footer as pages show them: those that staff made, and the usual ones."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from app.web.shell import MenuLink
from domains import catalog, content
from domains.content import LinkKind, MenuEntry, MenuItem, MenuName
from domains.kit import Transaction
from domains.kit.i18n import gettext as _

type Address = Callable[..., str]

TITLES = {MenuName.GOODS: _("Shop"), MenuName.SERVICE: _("Service"), MenuName.LEGAL: _("Legal")}


class Menus(msgspec.Struct, frozen=True):
    """Every menu with its links; `titles` stand above those of the footer."""

    links: Mapping[MenuName, tuple[MenuLink, ...]]
    titles: Mapping[MenuName, str]


async def menus_of(
    tx: Transaction, pages: Sequence[MenuEntry], tree: Sequence[catalog.CategoryNode], address: Address
) -> Menus:
    """The menus as they are now. What is gone or hidden is left out.

    The way to withdraw from a contract stays in the footer, whatever staff made of it: the EU wants it reachable from
    every page, without a log-in (Directive 2011/83/EU, Article 11a).
    """
    own = await content.own_menus(tx)
    usual = usual_menus(pages, tree, address)
    items = {name: own[name].items if name in own else usual[name] for name in MenuName}
    addresses = await addresses_of(tx, [item for name in MenuName for item in items[name]], pages, tree, address)
    children = {str(node.id): _below(node, address) for node in tree}
    links = {
        name: tuple(
            MenuLink(item.label, addresses[item], children.get(item.target, ()) if name is MenuName.HEADER else ())
            for item in items[name]
            if item in addresses
        )
        for name in MenuName
    }
    withdrawal = address("withdrawal")
    if all(link.url != withdrawal for name in TITLES for link in links[name]):
        links[MenuName.LEGAL] = (*links[MenuName.LEGAL], MenuLink(_("Withdraw from a contract"), withdrawal))
    titles = {name: (own[name].title if name in own else "") or title for name, title in TITLES.items()}
    return Menus(links, titles)


def usual_menus(
    pages: Sequence[MenuEntry], tree: Sequence[catalog.CategoryNode], address: Address
) -> dict[MenuName, tuple[MenuItem, ...]]:
    """The menus that fill themselves: the categories at the top, and the pages that say so."""
    categories = tuple(MenuItem(node.name, LinkKind.CATEGORY, str(node.id)) for node in tree)

    def listed(menu: content.Menu) -> list[MenuItem]:
        return [MenuItem(entry.title, LinkKind.PAGE, str(entry.id)) for entry in pages if entry.menu is menu]

    def route(label: str, name: str) -> MenuItem:
        return MenuItem(label, LinkKind.PATH, address(name))

    return {
        MenuName.HEADER: categories,
        MenuName.GOODS: categories,
        MenuName.SERVICE: (
            *listed(content.Menu.SERVICE),
            route(_("Find your order"), "orders.find"),
            route(_("Wish list"), "wishlist.show"),
        ),
        MenuName.LEGAL: (*listed(content.Menu.LEGAL), route(_("Withdraw from a contract"), "withdrawal")),
    }


async def addresses_of(
    tx: Transaction,
    items: Sequence[MenuItem],
    pages: Sequence[MenuEntry],
    tree: Sequence[catalog.CategoryNode],
    address: Address,
) -> dict[MenuItem, str]:
    """Where each link leads now; those whose goods, page or category are not there are left out.

    A product that got another address since is found at its old one, which leads on.
    """
    slugs = {str(entry.id): entry.slug for entry in pages}
    shelves = dict(_every(tree))
    wanted = [UUID(item.target) for item in items if item.kind is LinkKind.PRODUCT]
    products = {str(key): slug for key, slug in (await catalog.product_slugs(tx, wanted)).items()} if wanted else {}
    known = {
        LinkKind.CATEGORY: ("categories.show", shelves),
        LinkKind.PAGE: ("pages.show", slugs),
        LinkKind.PRODUCT: ("products.show", products),
    }
    found: dict[MenuItem, str] = {}
    for item in items:
        if item.kind is LinkKind.PATH:
            found[item] = item.target
        else:
            route, there = known[item.kind]
            if item.target in there:
                found[item] = address(route, slug=there[item.target])
    return found


def _every(tree: Sequence[catalog.CategoryNode]) -> list[tuple[str, str]]:
    return [pair for node in tree for pair in ((str(node.id), node.slug), *_every(node.children))]


def _below(node: catalog.CategoryNode, address: Address) -> tuple[MenuLink, ...]:
    return tuple(
        MenuLink(child.name, address("categories.show", slug=child.slug), _below(child, address))
        for child in node.children
    )
