"""Old addresses: what was once linked to goes on leading somewhere.

A redirect is asked for only where nothing else answers, so it never stands before a page that is there.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import audit
from domains.content.errors import RedirectNotFound
from domains.content.paths import LONGEST_PATH, not_ours, own_path, plain_path
from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_MOST_STEPS = 20
# What machines ask and what is nobody's to link to; nothing there is ever sent elsewhere.
_KEPT_OUT = re.compile(r"/(staff|api|health|media|static|webhooks|metrics)(/|$)")

_SHOWN = (
    "SELECT coalesce(r.target, CASE WHEN p.is_published THEN '/pages/' || p.slug END) FROM content.redirects r"
    " LEFT JOIN content.pages p ON p.id = r.page_id WHERE r.path = :path"
)
_LIST = Source(
    select="r.id, r.path, coalesce(r.target, '/pages/' || p.slug) AS target, r.page_id, r.created_at",
    tables="content.redirects r LEFT JOIN content.pages p ON p.id = r.page_id",
    key="r.id",
    key_type="uuid",
    orders={"created": OrderBy("r.created_at", "timestamptz"), "path": OrderBy("r.path")},
)


class Redirect(msgspec.Struct, frozen=True):
    """From a path to an address; `page_id` is the page that once was there, for one that was kept by itself."""

    id: UUID
    path: str
    target: str
    page_id: UUID | None
    created_at: datetime

    @property
    def is_kept(self) -> bool:
        return self.page_id is not None


async def leads_to(tx: Transaction, path: str) -> str | None:
    """Where the old address `path` (decoded, as it was asked for) leads; None where it leads nowhere."""
    if len(path) > LONGEST_PATH or _KEPT_OUT.match(path):
        return None
    found: str | None = (await tx.sql(_SHOWN, {"path": path.rstrip("/") or "/"})).scalar_one_or_none()
    return found


async def find_redirects(tx: Transaction, asked: Asked) -> Slice[Redirect]:
    where = Where()
    if asked.q:
        words = asked.q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        where.add("(r.path ILIKE :q OR r.target ILIKE :q OR p.slug ILIKE :q)", q=f"%{words}%")
    return (await slice_of(tx, _LIST, where, asked)).map(_redirect)


async def add_redirect(tx: Transaction, *, path: str, target: str) -> UUID:
    """Let `path` lead to `target`, both addresses of this shop; its id. Staff can undo it.

    Raises `Invalid` for a path where a page is, or which leads somewhere already, and for a target that would lead
    back to it.
    """
    wrong: dict[str, str] = {}
    old, new = plain_path(path), own_path(target)
    if not old:
        wrong["path"] = not_ours()
    elif old == "/" or _KEPT_OUT.match(old):
        wrong["path"] = _("This address belongs to the shop itself and cannot lead elsewhere.")
    elif "?" in path or "#" in path:
        wrong["path"] = _("Leave out what stands after ? or #: whatever it is, it goes along.")
    if not new:
        wrong["target"] = not_ours()
    if wrong:
        raise Invalid(wrong)
    # Two who add at once could make a circle of two halves.
    await tx.sql("LOCK TABLE content.redirects IN SHARE ROW EXCLUSIVE MODE")
    if await _is_page(tx, old):
        wrong["path"] = _("A page of the shop is at this address. Hide it, or give it another address first.")
    elif (known := await leads_to(tx, old)) is not None:
        wrong["path"] = _("This address leads to {target} already. Remove that first.").format(target=known)
    elif await _comes_back(tx, new, old):
        wrong["target"] = _("From there it would lead back to the old address, round and round.")
    if wrong:
        raise Invalid(wrong)
    await tx.sql("DELETE FROM content.redirects WHERE path = :path", {"path": old})  # of a page that is hidden now
    return await _put(tx, old, target=new)


async def remove_redirect(tx: Transaction, redirect_id: UUID) -> str:
    """Let an old address lead nowhere any more; the address. Staff can undo it. Raises `RedirectNotFound`."""
    gone = (
        await tx.sql(
            "DELETE FROM content.redirects WHERE id = :id RETURNING path, target, page_id", {"id": redirect_id}
        )
    ).one_or_none()
    if gone is None:
        raise RedirectNotFound
    await _told(tx, "redirect.removed", gone.path, before=(gone.target, gone.page_id), after=(None, None))
    path: str = gone.path
    return path


async def keep_old_slug(tx: Transaction, page_id: UUID, old: str, new: str) -> None:
    """The page was shown at `old` and is at `new` now: the old address leads to it, the new one nowhere else."""
    await tx.sql(
        "DELETE FROM content.redirects WHERE path IN (:old, :new)",
        {"old": f"/pages/{old}", "new": f"/pages/{new}"},
    )
    await tx.sql(
        "INSERT INTO content.redirects (id, path, page_id) VALUES (:id, :path, :page)",
        {"id": new_id(), "path": f"/pages/{old}", "page": page_id},
    )


async def _put(tx: Transaction, path: str, *, target: str | None, page_id: UUID | None = None) -> UUID:
    redirect_id = new_id()
    await tx.sql(
        "INSERT INTO content.redirects (id, path, target, page_id) VALUES (:id, :path, :target, :page)",
        {"id": redirect_id, "path": path, "target": target, "page": page_id},
    )
    await _told(tx, "redirect.created", path, before=(None, None), after=(target, page_id))
    return redirect_id


async def _told(tx: Transaction, action: str, path: str, *, before: tuple[Any, Any], after: tuple[Any, Any]) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("redirect", path),
        label=path,
        changes={field: (before[place], after[place]) for place, field in enumerate(("target", "page_id"))},
        undo="redirect",
    )


async def _is_page(tx: Transaction, path: str) -> bool:
    found = await tx.sql(
        "SELECT EXISTS (SELECT FROM content.pages WHERE is_published AND '/pages/' || slug = :path)", {"path": path}
    )
    return bool(found.scalar_one())


async def _comes_back(tx: Transaction, target: str, path: str) -> bool:
    """Whether going on from `target` ends at `path`, or nowhere within reason."""
    here: str | None = target
    for _step in range(_MOST_STEPS):
        if here is None:
            return False
        here = plain_path(here)
        if here == path:
            return True
        here = await leads_to(tx, here)
    return True


def _redirect(row: Any) -> Redirect:
    return Redirect(row.id, row.path, row.target, row.page_id, row.created_at)


async def _present(tx: Transaction, path: str, fields: Sequence[str]) -> dict[str, Any]:
    await tx.sql("LOCK TABLE content.redirects IN SHARE ROW EXCLUSIVE MODE")
    row = (
        await tx.sql("SELECT target, page_id FROM content.redirects WHERE path = :path", {"path": path})
    ).one_or_none()
    now = {"target": row.target, "page_id": row.page_id} if row is not None else {"target": None, "page_id": None}
    return {field: now[field] for field in fields}


async def _put_back(tx: Transaction, path: str, fields: dict[str, Any]) -> None:
    await tx.sql("DELETE FROM content.redirects WHERE path = :path", {"path": path})
    if fields.get("target") is not None:
        await add_redirect(tx, path=path, target=fields["target"])
    elif fields.get("page_id") is not None:
        await _put(tx, path, target=None, page_id=UUID(fields["page_id"]))


audit.undoable("redirect", _put_back, _present)
