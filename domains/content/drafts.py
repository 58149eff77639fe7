"""Pages that are being written: a draft stands beside what is shown until somebody publishes it."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains import audit, store
from domains.content.errors import PageNotFound
from domains.content.models import PageRow
from domains.content.operations import change_page, check_page, save_page, written
from domains.content.queries import values_of
from domains.content.rich_text import fill, rich_text
from domains.content.states import Kind
from domains.content.views import PageDraft, PageRecord, PageView
from domains.kit import Transaction


async def start_page(tx: Transaction, draft: PageDraft) -> UUID:
    """Begin a page that nobody sees yet; its id. Raises `Invalid`, `SlugTaken`."""
    return await save_page(tx, msgspec.structs.replace(draft, is_published=False))


async def keep_draft(tx: Transaction, page_id: UUID, draft: PageDraft) -> None:
    """Keep what somebody is writing; shoppers go on seeing what they saw. Raises `PageNotFound`, `Invalid`."""
    check_page(draft)
    row = await _locked(tx, page_id)
    row.draft = _as_json(draft)
    row.updated_at = await tx.now()
    await tx.session.flush()
    await audit.record(tx, action="page.draft_kept", subject=("page", page_id), label=row.title)


async def publish_page(tx: Transaction, page_id: UUID, draft: PageDraft | None = None) -> None:
    """Show a page as its draft has it, or as `draft`; without either as it is. Staff can undo it.

    Emits `page.changed`. Raises `PageNotFound`, `Invalid`, `SlugTaken`.
    """
    row = await _locked(tx, page_id)
    wanted = draft or (msgspec.convert(row.draft, PageDraft) if row.draft else written(row))
    row.draft = None
    await change_page(tx, row.slug, **{**msgspec.structs.asdict(wanted), "is_published": True})


async def hide_page(tx: Transaction, page_id: UUID) -> None:
    """Show a page to nobody any more; it can be published again. Emits `page.changed`. Raises `PageNotFound`."""
    await change_page(tx, (await _locked(tx, page_id)).slug, is_published=False)


async def drop_draft(tx: Transaction, page_id: UUID) -> None:
    """Forget what was being written. Raises `PageNotFound`."""
    row = await _locked(tx, page_id)
    row.draft = None
    await tx.session.flush()
    await audit.record(tx, action="page.draft_dropped", subject=("page", page_id), label=row.title)


async def every_page(tx: Transaction) -> tuple[PageRecord, ...]:
    """All pages, shown or not, by menu and place."""
    rows = await tx.session.execute(select(PageRow).order_by(PageRow.menu, PageRow.position, PageRow.title))
    return tuple(_record(row) for row in rows.scalars())


async def page_record(tx: Transaction, page_id: UUID) -> PageRecord:
    """A page as staff see it. Raises `PageNotFound`."""
    row = await tx.session.get(PageRow, page_id)
    if row is None:
        raise PageNotFound
    return _record(row)


async def preview(tx: Transaction, page_id: UUID) -> PageView:
    """A page as it would be shown if its draft were published. Raises `PageNotFound`."""
    record = await page_record(tx, page_id)
    draft = record.draft or record.shown
    return PageView(
        slug=draft.slug,
        title=draft.title,
        description=draft.description,
        html=fill(rich_text(draft.body), values_of(await store.shop(tx))),
        kind=Kind(draft.kind),
        updated_at=record.updated_at,
    )


async def _locked(tx: Transaction, page_id: UUID) -> PageRow:
    row = await tx.session.scalar(select(PageRow).where(PageRow.id == page_id).with_for_update())
    if row is None:
        raise PageNotFound
    return row


def _record(row: PageRow) -> PageRecord:
    draft = msgspec.convert(row.draft, PageDraft) if row.draft else None
    return PageRecord(row.id, written(row), draft, row.updated_at)


def _as_json(draft: PageDraft) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(draft)
    return built
