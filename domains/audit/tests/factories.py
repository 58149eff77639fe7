"""A small thing that can be edited and undone: settings of a drawer, kept in a table of the test's own."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import audit
from domains.audit.registry import WAYS
from domains.kit import Actor, Transaction, new_id

MANAGER = Actor.staff(new_id(), "manager")
OWNER = Actor.staff(new_id(), "owner")


async def with_drawers(tx: Transaction, *names: str) -> None:
    """The table of drawers, with one of each name, and the way to undo what is done to them."""
    await tx.sql("CREATE TABLE IF NOT EXISTS public.drawers (name text PRIMARY KEY, fields jsonb NOT NULL)")
    for name in names:
        await tx.sql("INSERT INTO public.drawers VALUES (:name, '{}')", {"name": name})
    if "drawer" not in WAYS:
        audit.undoable("drawer", put_back, inside)


async def inside(tx: Transaction, name: str, fields: Sequence[str]) -> Mapping[str, Any]:
    found = await tx.sql("SELECT fields FROM public.drawers WHERE name = :name FOR UPDATE", {"name": name})
    present = found.scalar_one_or_none()
    return {} if present is None else {field: present.get(field) for field in fields}


async def put_back(tx: Transaction, name: str, fields: dict[str, Any]) -> None:
    await put(tx, name, **fields)


async def put(tx: Transaction, name: str, batch: UUID | None = None, **fields: Any) -> Any:
    """Put things into a drawer; the entry's id, None where all of it was there."""
    before = await inside(tx, name, tuple(fields))
    await tx.sql(
        "UPDATE public.drawers SET fields = fields || CAST(:fields AS jsonb) WHERE name = :name",
        {"name": name, "fields": msgspec.json.encode(fields).decode()},
    )
    return await audit.record(
        tx,
        action="drawer.changed",
        subject=("drawer", name),
        label=f"Drawer {name}",
        changes={field: (before[field], after) for field, after in fields.items()},
        undo="drawer",
        batch=batch,
    )


async def all_drawers(tx: Transaction) -> dict[str, dict[str, Any]]:
    rows = await tx.sql("SELECT name, fields FROM public.drawers")
    return {row.name: {field: value for field, value in row.fields.items() if value is not None} for row in rows}
