"""What can be asked of imports: how far they are, and what became of their pictures."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import accounts, catalog
from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.transfer.errors import ImportNotFound
from domains.transfer.reports import Summary


class PictureCounts(msgspec.Struct, frozen=True):
    """How many pictures of imports are here, on their way, and given up."""

    fetched: int
    wanted: int
    given_up: int


class MissingPicture(msgspec.Struct, frozen=True):
    """A picture that did not come yet: where it should come from, why it did not, and which products wait for it."""

    url: str
    is_given_up: bool
    tries: int
    last_error: str
    products: tuple[str, ...]


async def picture_counts(tx: Transaction) -> PictureCounts:
    row = (
        await tx.sql(
            "SELECT count(*) FILTER (WHERE status = 'fetched') AS fetched,"
            " count(*) FILTER (WHERE status = 'wanted') AS wanted,"
            " count(*) FILTER (WHERE status = 'given_up') AS given_up FROM transfer.pictures"
        )
    ).one()
    return PictureCounts(row.fetched, row.wanted, row.given_up)


async def missing_pictures(tx: Transaction, *, limit: int = 1000) -> list[MissingPicture]:
    """Pictures that were tried and did not come, those that were given up first."""
    found = await tx.sql(
        "SELECT w.url, w.status = 'given_up' AS is_given_up, w.tries, w.last_error,"
        " array(SELECT DISTINCT product_id FROM transfer.picture_uses WHERE picture_id = w.id) AS products"
        " FROM transfer.pictures w"
        " WHERE w.status <> 'fetched' AND w.tries > 0 AND w.last_error <> ''"
        " ORDER BY w.status <> 'given_up', w.url LIMIT :limit",
        {"limit": limit},
    )
    rows = found.all()
    slugs = await catalog.product_slugs(tx, {product_id for row in rows for product_id in row.products})
    return [
        MissingPicture(
            row.url,
            row.is_given_up,
            row.tries,
            row.last_error,
            tuple(sorted(slugs[product_id] for product_id in row.products if product_id in slugs)),
        )
        for row in rows
    ]


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was handed in, and how far it is; `summary` is the newest of what was found or done."""

    id: UUID
    name: str
    status: str
    bytes: int
    set_stock: bool
    dialect: str | None
    done: int
    total: int
    summary: Summary | None
    problem: str
    report_key: str | None
    by: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.status in {"waiting", "checking", "ready", "running", "undoing"}


_COLUMNS = (
    "i.id, i.name, i.status, i.bytes, i.set_stock, i.dialect, i.products_done AS done, i.products_total AS total,"
    " i.report, i.problem, i.report_key, i.staff_id, i.created_at, i.ended_at"
)
_IMPORTS = Source(
    select=_COLUMNS,
    tables="transfer.imports i",
    key="i.id",
    orders={"created": OrderBy("i.created_at", "timestamptz"), "name": OrderBy("i.name")},
)


async def find_imports(tx: Transaction, asked: Asked) -> Slice[ImportView]:
    """The imports there were. Filter: `status`."""
    where = Where().one_of("i.status", asked.chosen("status"))
    found = await slice_of(tx, _IMPORTS, where, asked)
    names = await _names(tx)
    return found.map(lambda row: _import(row, names))


async def import_of(tx: Transaction, import_id: UUID) -> ImportView:
    """Raises `ImportNotFound`."""
    row = (await tx.sql(f"SELECT {_COLUMNS} FROM transfer.imports i WHERE i.id = :id", {"id": import_id})).one_or_none()
    if row is None:
        raise ImportNotFound
    return _import(row, await _names(tx))


async def _names(tx: Transaction) -> dict[UUID, str]:
    return {member.id: member.name for member in await accounts.staff_members(tx)}


def _import(row: Any, names: dict[UUID, str]) -> ImportView:
    return ImportView(
        id=row.id,
        name=row.name,
        status=row.status,
        bytes=row.bytes,
        set_stock=row.set_stock,
        dialect=row.dialect,
        done=row.done,
        total=row.total,
        summary=None if row.report is None else msgspec.convert(row.report, Summary),
        problem=row.problem,
        report_key=row.report_key,
        by=names.get(row.staff_id, ""),
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
