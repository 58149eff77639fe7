"""Wanted pictures on their way: claimed, arrived, missed."""

from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import VariantChanges
from domains.kit import Transaction

MOST_TRIES = 8
_FIRST_WAIT = 15  # seconds; four times as long each time: a minute, 4, 16, an hour, 4 hours, at most 6
_LONGEST_WAIT = 6 * 3600
_CLAIMED_FOR = 300


class Claimed(msgspec.Struct, frozen=True):
    """A picture that is ours to fetch for a while; `tries` counts this one."""

    id: UUID
    url: str
    tries: int


async def claim(tx: Transaction, limit: int) -> list[Claimed]:
    """Take up pictures that are due. Whoever dies over one leaves it to be claimed again after five minutes."""
    rows = await tx.sql(
        "UPDATE transfer.pictures SET tries = tries + 1, updated_at = kit.now(),"
        " next_try_at = kit.now() + make_interval(secs => :claimed_for)"
        " WHERE id IN (SELECT id FROM transfer.pictures WHERE status = 'wanted' AND next_try_at <= kit.now()"
        " ORDER BY next_try_at, id LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING id, url, tries",
        {"limit": limit, "claimed_for": float(_CLAIMED_FOR)},
    )
    return [Claimed(row.id, row.url, row.tries) for row in rows]


async def arrived(tx: Transaction, picture_id: UUID, media_id: UUID) -> None:
    """A picture is here: show it wherever it is waited for. Emits `product.updated` for each product."""
    await tx.sql(
        "UPDATE transfer.pictures SET status = 'fetched', media_id = :media, last_error = '', updated_at = kit.now()"
        " WHERE id = :picture",
        {"picture": picture_id, "media": media_id},
    )
    uses = await tx.sql(
        "DELETE FROM transfer.picture_uses WHERE picture_id = :picture RETURNING product_id, variant_id, position, alt",
        {"picture": picture_id},
    )
    for use in sorted(uses, key=lambda use: (use.product_id, use.variant_id is not None)):
        if use.variant_id is None:
            await catalog.add_image(tx, use.product_id, media_id, alt=use.alt, position=use.position)
        else:
            await catalog.change_variant(tx, use.variant_id, VariantChanges(picture_id=media_id))


async def missed(tx: Transaction, picture: Claimed, why: str, *, for_good: bool, jitter: float) -> bool:
    """A picture did not come: try again later, or give it up; returns whether it was given up.

    The wait grows with each try and is shortened by up to a half by `jitter` (0 to 1), so that a thousand pictures of
    one server that was away do not come all at once.
    """
    wait = min(_FIRST_WAIT * 4 ** (picture.tries - 1), _LONGEST_WAIT) * (1 - jitter / 2)
    done = await tx.sql(
        "UPDATE transfer.pictures SET last_error = :why, updated_at = kit.now(),"
        " next_try_at = kit.now() + make_interval(secs => :wait),"
        " status = CASE WHEN :for_good OR tries >= :most THEN 'given_up' ELSE 'wanted' END"
        " WHERE id = :picture AND status = 'wanted' RETURNING status",
        {"picture": picture.id, "why": why[:500], "wait": float(wait), "for_good": for_good, "most": MOST_TRIES},
    )
    return done.scalar_one_or_none() == "given_up"
