"""Menus of the header and the footer: each fills itself until staff make one of their own."""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from domains import audit
from domains.content.errors import HomeChangedMeanwhile
from domains.content.events import MenuChanged
from domains.content.models import MenuRow
from domains.content.paths import not_ours, own_path
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _

MENUS_ID = UUID("0f8fad5b-0000-4000-8000-000000000002")  # of their stream
MOST_LINKS = 30


class MenuName(StrEnum):
    """`HEADER` stands at the top of every page; the others are the columns of the footer."""

    HEADER = "header"
    GOODS = "goods"
    SERVICE = "service"
    LEGAL = "legal"


class LinkKind(StrEnum):
    """What a link leads to; all but a `PATH` are followed when their address changes."""

    CATEGORY = "category"
    PAGE = "page"
    PRODUCT = "product"
    PATH = "path"


class MenuItem(msgspec.Struct, frozen=True):
    """A link of a menu: its words, and the id of what it leads to, or a path."""

    label: str
    kind: LinkKind
    target: str


class OwnMenu(msgspec.Struct, frozen=True):
    """A menu as staff made it; `title` stands above it in the footer, the usual one where it is empty."""

    title: str
    items: tuple[MenuItem, ...]

    @property
    def mark(self) -> str:
        return blake2b(msgspec.json.encode(self), digest_size=9).hexdigest()


async def own_menus(tx: Transaction) -> dict[MenuName, OwnMenu]:
    """The menus that staff made; the others fill themselves."""
    rows = await tx.session.scalars(select(MenuRow))
    return {MenuName(row.name): _menu(row) for row in rows}


async def set_menu(
    tx: Transaction, name: MenuName, items: Sequence[MenuItem], *, title: str = "", seen: str | None = None
) -> None:
    """Make a menu of these links; staff can undo it. Emits `menu.changed`.

    `seen` is the mark of the menu that was looked at, empty for one that filled itself. Raises `Invalid` (`label1` is
    the first link's), `HomeChangedMeanwhile`.
    """
    _check(title, items)
    present = await _locked(tx, name)
    if seen is not None and seen != (present.mark if present else ""):
        raise HomeChangedMeanwhile
    await _set(tx, name, present, OwnMenu(title.strip(), tuple(items)))


async def let_menu_fill_itself(tx: Transaction, name: MenuName) -> None:
    """Forget what staff made of a menu. Emits `menu.changed`."""
    await _set(tx, name, await _locked(tx, name), None)


async def _set(tx: Transaction, name: MenuName, present: OwnMenu | None, wanted: OwnMenu | None) -> None:
    if wanted is None:
        await tx.sql("DELETE FROM content.menus WHERE name = :name", {"name": name})
    else:
        values = {"title": wanted.title, "links": msgspec.to_builtins(wanted.items), "updated_at": await tx.now()}
        await tx.session.execute(
            insert(MenuRow).values(name=name, **values).on_conflict_do_update(index_elements=["name"], set_=values)
        )
    await record(tx, MenuChanged(menu_id=MENUS_ID))
    before, after = _fields(present), _fields(wanted)
    await audit.record(
        tx,
        action="menu.changed",
        subject=("menu", name),
        label=name,
        changes={field: (before[field], after[field]) for field in before},
        undo="menu",
    )


async def _locked(tx: Transaction, name: MenuName) -> OwnMenu | None:
    # There may be no row to lock: two who make the same menu at once wait here for each other.
    await tx.sql("SELECT pg_advisory_xact_lock(hashtextextended('content.menus:' || :name, 0))", {"name": name})
    row = await tx.session.scalar(select(MenuRow).where(MenuRow.name == name).execution_options(populate_existing=True))
    return None if row is None else _menu(row)


def _menu(row: MenuRow) -> OwnMenu:
    return OwnMenu(row.title, msgspec.convert(row.links, tuple[MenuItem, ...]))


def _fields(menu: OwnMenu | None) -> dict[str, Any]:
    if menu is None:
        return {"title": None, "links": None}
    return {"title": menu.title, "links": msgspec.to_builtins(menu.items)}


def _check(title: str, items: Sequence[MenuItem]) -> None:
    wrong: dict[str, str] = {}
    if len(title) > 60:
        wrong["title"] = _("Use at most {longest} characters.").format(longest=60)
    if not items:
        wrong[""] = _("A menu needs at least one link. To have the usual one again, let it fill itself.")
    elif len(items) > MOST_LINKS:
        wrong[""] = _("A menu has at most {most} links.").format(most=MOST_LINKS)
    for number, item in enumerate(items, 1):
        if not 1 <= len(item.label.strip()) <= 60:
            wrong[f"label{number}"] = _("Enter 1 to {longest} characters.").format(longest=60)
        if item.kind is LinkKind.PATH and not own_path(item.target):
            wrong[f"target{number}"] = not_ours()
    if wrong:
        raise Invalid(wrong)


async def _present(tx: Transaction, name: str, fields: Sequence[str]) -> dict[str, Any]:
    now = _fields(await _locked(tx, MenuName(name)))
    return {field: now[field] for field in fields}


async def _put_back(tx: Transaction, name: str, fields: dict[str, Any]) -> None:
    present = await _locked(tx, MenuName(name))
    wanted = {**_fields(present), **fields}
    menu = (
        None
        if wanted["links"] is None
        else OwnMenu(wanted["title"] or "", msgspec.convert(wanted["links"], tuple[MenuItem, ...]))
    )
    await _set(tx, MenuName(name), present, menu)


audit.undoable("menu", _put_back, _present)
