"""Views that staff keep of a list: their own, and those they share with everybody."""

from uuid import UUID

import msgspec

from domains.kit import Conflict, Forbidden, Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _

MOST_VIEWS = 50
MAY_REMOVE = frozenset({"owner", "manager"})  # a view that another person shares
_LONGEST_NAME, _LONGEST_QUERY = 60, 4000


class SavedView(msgspec.Struct, frozen=True):
    """A view; `query` is what its address asks with."""

    id: UUID
    name: str
    query: str
    is_shared: bool
    is_own: bool


class ViewUnknown(NotFound):
    """No such view, or another person's own."""

    code = "view_unknown"


class TooManyViews(Conflict):
    """A person keeps only so many views."""

    code = "too_many_views"
    title = _("You keep as many views as one can.")
    hint = _("Remove one that you no longer need, then save this one.")


async def save_view(
    tx: Transaction, account_id: UUID, list_key: str, *, name: str, query: str, is_shared: bool = False
) -> UUID:
    """Keep a view under `name`; one of one's own with that name is replaced. Raises `Invalid`, `TooManyViews`."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid({"name": _("Enter a name of at most 60 characters.")})
    if len(query) > _LONGEST_QUERY:
        raise Invalid({"name": _("This view asks for too much to be kept.")})
    await tx.sql("SELECT id FROM accounts.accounts WHERE id = :account FOR NO KEY UPDATE", {"account": account_id})
    values = {"account": account_id, "list": list_key, "name": name, "query": query, "shared": is_shared}
    replaced: UUID | None = (
        await tx.sql(
            "UPDATE desk.saved_views SET query = :query, is_shared = :shared"
            " WHERE account_id = :account AND list_key = :list AND name = :name RETURNING id",
            values,
        )
    ).scalar_one_or_none()
    if replaced is not None:
        return replaced
    kept: int = (
        await tx.sql("SELECT count(*) FROM desk.saved_views WHERE account_id = :account", {"account": account_id})
    ).scalar_one()
    if kept >= MOST_VIEWS:
        raise TooManyViews
    view_id = new_id()
    await tx.sql(
        "INSERT INTO desk.saved_views (id, account_id, list_key, name, query, is_shared)"
        " VALUES (:id, :account, :list, :name, :query, :shared)",
        {**values, "id": view_id},
    )
    return view_id


async def views_of(tx: Transaction, account_id: UUID, list_key: str) -> tuple[SavedView, ...]:
    """The views of a list that this person sees: own and shared, by name."""
    rows = await tx.sql(
        "SELECT id, name, query, is_shared, account_id = :account AS is_own FROM desk.saved_views"
        " WHERE list_key = :list AND (is_shared OR account_id = :account) ORDER BY lower(name), id LIMIT 100",
        {"account": account_id, "list": list_key},
    )
    return tuple(SavedView(row.id, row.name, row.query, row.is_shared, row.is_own) for row in rows)


async def remove_view(tx: Transaction, account_id: UUID, view_id: UUID) -> None:
    """Forget a view of one's own; owner and manager may remove any shared one. Raises `ViewUnknown`, `Forbidden`."""
    row = (
        await tx.sql("SELECT account_id, is_shared FROM desk.saved_views WHERE id = :id FOR UPDATE", {"id": view_id})
    ).one_or_none()
    if row is None or (row.account_id != account_id and not row.is_shared):
        raise ViewUnknown
    if row.account_id != account_id and tx.actor.role not in MAY_REMOVE:
        raise Forbidden
    await tx.sql("DELETE FROM desk.saved_views WHERE id = :id", {"id": view_id})
