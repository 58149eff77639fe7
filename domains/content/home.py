"""The home page: what is shown, and the draft beside it until somebody publishes it."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from domains import audit, store
from domains.content.errors import HomeChangedMeanwhile, SectionNotFound
from domains.content.events import HomeChanged
from domains.content.models import HomeRow
from domains.content.queries import published, values_of
from domains.content.rich_text import fill
from domains.content.sections import MOST_SECTIONS, AnySection, Sections, Words, check_section, new_section_id
from domains.content.usual_home import usual_home
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _

HOME_ID = UUID("0f8fad5b-0000-4000-8000-000000000001")  # of its stream and in the log: there is one home page
_SUBJECT = ("home", HOME_ID)


class HomePage(msgspec.Struct, frozen=True):
    """The home page as staff see it. `draft` is None where nobody has changed anything since it was published;
    `is_usual` says that what is shown is the page that every shop begins with."""

    shown: Sections
    draft: Sections | None
    is_usual: bool

    @property
    def present(self) -> Sections:
        """What staff work on."""
        return self.shown if self.draft is None else self.draft

    def section(self, section_id: str) -> AnySection:
        """Raises `SectionNotFound`."""
        for one in self.present:
            if one.id == section_id:
                return one
        raise SectionNotFound

    @property
    def mark(self) -> str:
        return mark_of(self.present)


def mark_of(what: AnySection | Sections) -> str:
    """What tells whether something is still as it was when somebody looked at it."""
    return blake2b(msgspec.json.encode(what), digest_size=9).hexdigest()


async def home(tx: Transaction) -> Sections:
    """The sections that shoppers see."""
    return await _shown(tx, await tx.session.scalar(select(HomeRow)))


async def home_page(tx: Transaction, shop: store.Shop | None = None) -> HomePage:
    """The home page and its draft. Who has read the shop already hands it over."""
    return await _page(tx, await tx.session.scalar(select(HomeRow)), shop)


def words_of(sections: Sections, shop: store.Shop) -> dict[str, str]:
    """The HTML of the sections of words by their ids, placeholders filled as on pages."""
    values = values_of(shop)
    return {one.id: fill(one.html, values) for one in sections if isinstance(one, Words)}


async def add_section(tx: Transaction, section: AnySection) -> str:
    """Put a section at the end of the draft; its id. Raises `Invalid`."""
    check_section(section)
    added = msgspec.structs.replace(section, id=new_section_id())

    def with_it(sections: Sections) -> Sections:
        if len(sections) >= MOST_SECTIONS:
            raise Invalid({"": _("A home page has at most {most} sections.").format(most=MOST_SECTIONS)})
        return (*sections, added)

    await _change(tx, with_it)
    return added.id


async def change_section(tx: Transaction, section: AnySection, *, seen: str = "") -> None:
    """Put `section` in the draft in place of the one with its id.

    `seen` is the mark of the one that was looked at. Raises `Invalid`, `SectionNotFound`, `HomeChangedMeanwhile`.
    """
    check_section(section)

    def with_it(sections: Sections) -> Sections:
        place = _place(sections, section.id)
        if seen and mark_of(sections[place]) != seen:
            raise HomeChangedMeanwhile
        return (*sections[:place], section, *sections[place + 1 :])

    await _change(tx, with_it)


async def move_section(tx: Transaction, section_id: str, way: Literal["up", "down"]) -> None:
    """Change places with the one above or below in the draft; at the end nothing. Raises `SectionNotFound`."""

    def moved(sections: Sections) -> Sections:
        place = _place(sections, section_id)
        wanted = min(max(place + (-1 if way == "up" else 1), 0), len(sections) - 1)
        others = [*sections[:place], *sections[place + 1 :]]
        others.insert(wanted, sections[place])
        return tuple(others)

    await _change(tx, moved)


async def remove_section(tx: Transaction, section_id: str) -> None:
    """Take a section out of the draft. Raises `SectionNotFound`."""

    def without(sections: Sections) -> Sections:
        place = _place(sections, section_id)
        return (*sections[:place], *sections[place + 1 :])

    await _change(tx, without)


async def publish_home(tx: Transaction, *, seen: str = "") -> None:
    """Show the draft to everybody. Emits `home.changed`. Staff can undo it.

    `seen` is the mark of what was looked at. Raises `HomeChangedMeanwhile`; without a draft nothing happens.
    """
    row = await _locked(tx)
    if row.draft is None:
        return
    if seen and mark_of(_read(row.draft)) != seen:
        raise HomeChangedMeanwhile
    wanted, row.draft = row.draft, None  # the log tells the sections alone: a new draft hinders no undo
    await _set(tx, row, "home.published", {"sections": wanted})


async def drop_home_draft(tx: Transaction) -> None:
    """Forget the draft; what is shown stays."""
    await _set(tx, await _locked(tx), "home.draft_dropped", {"draft": None})


async def begin_usual_home(tx: Transaction) -> None:
    """Make the page that every shop begins with the draft."""
    await _change(tx, lambda _sections: (), fresh=True)


async def _change(tx: Transaction, change: Callable[[Sections], Sections], *, fresh: bool = False) -> None:
    row = await _locked(tx)
    page = await _page(tx, row)
    sections = await _usual(tx) if fresh else change(page.present)
    if sections == page.present:
        return
    draft = None if sections == page.shown else msgspec.to_builtins(sections)
    await _set(tx, row, "home.draft_changed", {"draft": draft})


async def _set(tx: Transaction, row: HomeRow, action: str, fields: dict[str, Any]) -> None:
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.updated_at = await tx.now()
    await tx.session.flush()
    if "sections" in fields:
        await record(tx, HomeChanged(home_id=HOME_ID))
    await audit.record(
        tx,
        action=action,
        subject=_SUBJECT,
        label=_("Home page"),
        changes={name: (before[name], value) for name, value in fields.items()},
        undo="home",
    )


async def _locked(tx: Transaction) -> HomeRow:
    await tx.session.execute(insert(HomeRow).values(only_row=True).on_conflict_do_nothing())
    return (await tx.session.execute(select(HomeRow).with_for_update())).scalar_one()


async def _page(tx: Transaction, row: HomeRow | None, shop: store.Shop | None = None) -> HomePage:
    draft = None if row is None or row.draft is None else _read(row.draft)
    return HomePage(await _shown(tx, row, shop), draft, is_usual=row is None or row.sections is None)


async def _shown(tx: Transaction, row: HomeRow | None, shop: store.Shop | None = None) -> Sections:
    return await _usual(tx, shop) if row is None or row.sections is None else _read(row.sections)


async def _usual(tx: Transaction, shop: store.Shop | None = None) -> Sections:
    shop = shop or await store.shop(tx)
    return usual_home(shop.tagline, {entry.slug for entry in await published(tx)})


def _read(kept: Any) -> Sections:
    found: Sections = msgspec.convert(kept, Sections)
    return found


def _place(sections: Sections, section_id: str) -> int:
    for place, one in enumerate(sections):
        if one.id == section_id:
            return place
    raise SectionNotFound


async def _present(tx: Transaction, _home: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await _locked(tx)
    return {field: getattr(row, field) for field in fields}


async def _put_back(tx: Transaction, _home: str, fields: dict[str, Any]) -> None:
    await _set(tx, await _locked(tx), "home.changed", fields)


audit.undoable("home", _put_back, _present)
