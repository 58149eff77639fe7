"""What can be done with pages."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.content.errors import PageNotFound, SlugTaken
from domains.content.events import PageChanged
from domains.content.models import PageRow
from domains.content.redirects import keep_old_slug
from domains.content.rich_text import rich_text
from domains.content.states import Kind, Menu
from domains.content.views import PageDraft
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

LONGEST_BODY = 100_000
CONTACT_SLUG = "contact"
"""Where the contact form is taken, and where mails and other pages send those who want to write."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def save_page(tx: Transaction, draft: PageDraft) -> UUID:
    """Make a page; its id. Emits `page.changed`. Raises `Invalid` with every wrong field, `SlugTaken`."""
    check_page(draft)
    row = PageRow(id=new_id(), **_columns(draft))
    try:
        async with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        raise SlugTaken from error
    await record(tx, PageChanged(page_id=row.id))
    await audit.record(
        tx,
        action="page.created",
        subject=("page", row.id),
        label=row.title,
        changes={name: (None, value) for name, value in msgspec.structs.asdict(draft).items()},
    )
    return row.id


async def change_page(tx: Transaction, slug: str, /, **fields: Any) -> None:
    """Change fields of the page by name; see `PageDraft`. Emits `page.changed`.

    Where a page that is shown gets another address, the old one leads to it from now on.

    Raises `PageNotFound`, `Invalid`, `SlugTaken`.
    """
    row = (await tx.session.execute(select(PageRow).where(PageRow.slug == slug).with_for_update())).scalar_one_or_none()
    if row is None:
        raise PageNotFound
    present = written(row)
    draft = msgspec.structs.replace(present, **fields)
    check_page(draft)
    try:
        async with tx.session.begin_nested():
            for name, value in _columns(draft).items():
                setattr(row, name, value)
            row.updated_at = await tx.now()
    except IntegrityError as error:
        raise SlugTaken from error
    if present.is_published and present.slug != draft.slug:
        await keep_old_slug(tx, row.id, present.slug, draft.slug)
    await record(tx, PageChanged(page_id=row.id))
    await audit.record(
        tx,
        action="page.changed",
        subject=("page", row.id),
        label=row.title,
        changes={name: (getattr(present, name), getattr(draft, name)) for name in fields},
        undo="page",
    )


async def _present(tx: Transaction, page_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await tx.session.get(PageRow, UUID(page_id), with_for_update=True)
    return {} if row is None else {field: getattr(written(row), field) for field in fields}


async def _put_back(tx: Transaction, page_id: str, fields: dict[str, Any]) -> None:
    row = await tx.session.get_one(PageRow, UUID(page_id))
    before = msgspec.convert({**msgspec.structs.asdict(written(row)), **fields}, PageDraft)
    await change_page(tx, row.slug, **{field: getattr(before, field) for field in fields})


audit.undoable("page", _put_back, _present)


def written(row: PageRow) -> PageDraft:
    return PageDraft(
        slug=row.slug,
        title=row.title,
        body=row.body,
        description=row.description,
        kind=Kind(row.kind),
        menu=Menu(row.menu),
        position=row.position,
        is_published=row.is_published,
    )


def check_page(draft: PageDraft) -> None:
    errors: dict[str, str] = {}
    if not _SLUG.fullmatch(draft.slug) or len(draft.slug) > 100:
        errors["slug"] = _("Use small letters, digits and single hyphens, such as size-guide.")
    elif (draft.kind is Kind.CONTACT) != (draft.slug == CONTACT_SLUG):
        errors["slug"] = _("The contact form has its own address, {slug}: other pages and mails lead there.").format(
            slug=CONTACT_SLUG
        )
    if not 1 <= len(draft.title.strip()) <= 150:
        errors["title"] = _("Enter 1 to {longest} characters.").format(longest=150)
    if len(draft.description) > 200:
        errors["description"] = _("Use at most {longest} characters.").format(longest=200)
    if len(draft.body) > LONGEST_BODY:
        errors["body"] = _("Use at most {longest} characters.").format(longest=LONGEST_BODY)
    if errors:
        raise Invalid(errors)


def _columns(draft: PageDraft) -> dict[str, Any]:
    return {**msgspec.structs.asdict(draft), "title": draft.title.strip(), "html": rich_text(draft.body)}
