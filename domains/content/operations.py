"""What can be done with pages and messages."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.content.errors import PageNotFound, SlugTaken
from domains.content.events import MessageReceived, PageChanged
from domains.content.models import MessageRow, PageRow
from domains.content.rich_text import rich_text
from domains.content.states import Kind, Menu
from domains.content.views import PageDraft
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

KEPT_DAYS = 30  # a message is in the merchant's mail box by then
LONGEST_BODY, LONGEST_MESSAGE = 100_000, 5_000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAIL = re.compile(r"[^@\s<>,;:\"\r\n]+@[^@\s<>,;:\"\r\n]+\.[^@\s<>,;:\"\r\n]+")


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
    await record(tx, PageChanged(page_id=row.id))
    await audit.record(
        tx,
        action="page.changed",
        subject=("page", row.id),
        label=row.title,
        changes={name: (getattr(present, name), getattr(draft, name)) for name in fields},
        undo="page",
    )


async def receive_message(tx: Transaction, *, name: str, email: str, body: str, order_number: str = "") -> UUID:
    """Take what a visitor wrote; it is mailed to the shop. Emits `message.received`. Raises `Invalid`."""
    errors: dict[str, str] = {}
    if not 1 <= len(name.strip()) <= 100:
        errors["name"] = _("Enter your name, in at most 100 characters.")
    if len(email) > 254 or not _MAIL.fullmatch(email.strip()):
        errors["email"] = _("Enter an email address such as ana@example.com, so that we can answer.")
    if len(order_number.strip()) > 40:
        errors["order_number"] = _("Enter the number as it stands in your mail; it begins with ORD.")
    if not body.strip():
        errors["message"] = _("Write what we can help you with.")
    elif len(body) > LONGEST_MESSAGE:
        errors["message"] = _("Use at most {most} characters; this has {now}.").format(
            most=LONGEST_MESSAGE, now=len(body)
        )
    if errors:
        raise Invalid(errors)
    row = MessageRow(
        id=new_id(),
        name=" ".join(name.split()),
        email=email.strip(),
        order_number=order_number.strip().upper(),
        body=body.strip(),
    )
    tx.session.add(row)
    await tx.session.flush()
    await record(tx, MessageReceived(message_id=row.id))
    return row.id


async def sweep_messages(tx: Transaction) -> int:
    """Delete messages older than `KEPT_DAYS`; how many."""
    gone = await tx.sql(
        "DELETE FROM content.messages WHERE created_at < kit.now() - make_interval(days => :kept) RETURNING id",
        {"kept": KEPT_DAYS},
    )
    return len(gone.all())


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
