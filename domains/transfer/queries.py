"""What can be asked of imports: what became of their pictures."""

import msgspec

from domains import catalog
from domains.kit import Transaction


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
