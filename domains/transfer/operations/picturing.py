"""Pictures of a file beside those of the shop: which are here, which are wanted, and in what order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import ProductRecord
from domains.kit import Transaction, new_id

_KEY = re.compile(r"[0-9a-f]{64}\.[a-z]{3,4}")


class Here(msgspec.Struct, frozen=True):
    """A picture that the shop has."""

    media_id: UUID


class Wanted(msgspec.Struct, frozen=True):
    """A picture that is still to be fetched, by the id of its row."""

    picture_id: UUID


type Found = Here | Wanted


class Shown(msgspec.Struct, frozen=True):
    """A picture of a product with its words."""

    found: Found
    alt: str


class Pending(msgspec.Struct, frozen=True):
    """Where a wanted picture is to go."""

    picture_id: UUID
    variant_id: UUID | None
    position: int
    alt: str


class Album(msgspec.Struct, frozen=True):
    """The pictures that a batch of products speaks of: each address as what it is here, and what is pending."""

    addresses: Mapping[str, Found]
    pending: Mapping[UUID, Sequence[Pending]]

    def of(self, record: ProductRecord) -> list[Shown]:
        """The pictures of a product in their order, those that are still to come in their places."""
        places = [(image.position, 0, Shown(Here(image.media_id), image.alt)) for image in record.images]
        places += [
            (one.position, 1, Shown(Wanted(one.picture_id), one.alt))
            for one in self.pending.get(record.id, ())
            if one.variant_id is None
        ]
        return [shown for _position, _kind, shown in sorted(places, key=lambda place: place[:2])]

    def of_variant(self, product_id: UUID, variant_id: UUID, picture_id: UUID | None) -> Found | None:
        """The picture of a variant, or the one that it will have."""
        for one in self.pending.get(product_id, ()):
            if one.variant_id == variant_id:
                return Wanted(one.picture_id)
        return Here(picture_id) if picture_id is not None else None


async def open_album(tx: Transaction, urls: Iterable[str], product_ids: Sequence[UUID], media_base: str) -> Album:
    """Look up addresses; those never heard of are wanted from now on, those given up are tried again.

    An address below `media_base` is the shop's own; one whose picture is not here is left out.
    """
    own = {url: url.removeprefix(media_base) for url in urls if media_base and url.startswith(media_base)}
    own = {url: key for url, key in own.items() if _KEY.fullmatch(key)}
    keys = await catalog.media_by_keys(tx, sorted(set(own.values()))) if own else {}
    addresses: dict[str, Found] = {url: Here(keys[key]) for url, key in own.items() if key in keys}
    foreign = sorted({url for url in urls if url not in own})
    if foreign:
        await tx.sql(
            "INSERT INTO transfer.pictures (id, url)"
            " SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:urls AS text[])) ON CONFLICT (url) DO NOTHING",
            {"ids": [new_id() for _url in foreign], "urls": foreign},
        )
        await tx.sql(
            "UPDATE transfer.pictures SET status = 'wanted', tries = 0, next_try_at = kit.now(),"
            " updated_at = kit.now() WHERE status = 'given_up' AND url = ANY(:urls)",
            {"urls": foreign},
        )
        rows = await tx.sql("SELECT id, url, media_id FROM transfer.pictures WHERE url = ANY(:urls)", {"urls": foreign})
        for row in rows:
            addresses[row.url] = Here(row.media_id) if row.media_id is not None else Wanted(row.id)
    pending: dict[UUID, list[Pending]] = {}
    if product_ids:
        rows = await tx.sql(
            "SELECT picture_id, product_id, variant_id, position, alt FROM transfer.picture_uses"
            " WHERE product_id = ANY(CAST(:products AS uuid[])) ORDER BY position, id",
            {"products": list(product_ids)},
        )
        for row in rows:
            pending.setdefault(row.product_id, []).append(
                Pending(row.picture_id, row.variant_id, row.position, row.alt)
            )
    return Album(addresses, pending)


def arranged(wanted: Sequence[Shown], present: Sequence[Shown], *, keep_alt: bool) -> list[Shown]:
    """The pictures of a product as a file has them, each once; what it does not name follows in its old order."""
    words = {shown.found: shown.alt for shown in present}
    named: dict[Found, Shown] = {}
    for shown in wanted:
        alt = words.get(shown.found, shown.alt) if keep_alt else shown.alt
        named.setdefault(shown.found, Shown(shown.found, alt))
    return [*named.values(), *(shown for shown in present if shown.found not in named)]


async def show(tx: Transaction, product_id: UUID, shown: Sequence[Shown]) -> None:
    """Give a product these pictures in this order; those that are still to come get their places kept."""
    for position, one in enumerate(shown):
        if isinstance(one.found, Here):
            await catalog.add_image(tx, product_id, one.found.media_id, alt=one.alt, position=position)
    await tx.sql(
        "DELETE FROM transfer.picture_uses WHERE product_id = :product AND variant_id IS NULL", {"product": product_id}
    )
    await keep_places(
        tx,
        {
            product_id: [
                Pending(one.found.picture_id, None, position, one.alt)
                for position, one in enumerate(shown)
                if isinstance(one.found, Wanted)
            ]
        },
    )


async def keep_places(tx: Transaction, pending: Mapping[UUID, Sequence[Pending]]) -> None:
    """Remember where wanted pictures are to go, by product; a variant waits for one at most."""
    rows = [(product_id, one) for product_id, uses in pending.items() for one in uses]
    if not rows:
        return
    await tx.sql(
        "INSERT INTO transfer.picture_uses (id, product_id, picture_id, variant_id, position, alt)"
        " SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:products AS uuid[]), CAST(:pictures AS uuid[]),"
        " CAST(:variants AS uuid[]), CAST(:positions AS integer[]), CAST(:alts AS text[]))"
        " ON CONFLICT (variant_id) WHERE variant_id IS NOT NULL DO UPDATE SET picture_id = excluded.picture_id",
        {
            "ids": [new_id() for _row in rows],
            "products": [product_id for product_id, _use in rows],
            "pictures": [use.picture_id for _product, use in rows],
            "variants": [use.variant_id for _product, use in rows],
            "positions": [use.position for _product, use in rows],
            "alts": [use.alt for _product, use in rows],
        },
    )


async def forget_place(tx: Transaction, variant_id: UUID) -> None:
    """A variant that waits for a picture waits no longer."""
    await tx.sql("DELETE FROM transfer.picture_uses WHERE variant_id = :variant", {"variant": variant_id})
