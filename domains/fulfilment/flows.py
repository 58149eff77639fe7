"""What speaks with carriers: steps of ours and of theirs, each of ours a transaction of its own."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import structlog

from domains.fulfilment import operations
from domains.fulfilment.errors import CarrierRefused, CarrierUnavailable, TrackingTaken
from domains.fulfilment.gateway import Carrier, Followed
from domains.fulfilment.operations.labels import Asked
from domains.fulfilment.queries import carrier as carrier_of
from domains.fulfilment.queries import carriers as all_carriers
from domains.fulfilment.views import CarrierEvent, Label
from domains.kit import Actor, Database

log = structlog.get_logger(__name__)

_LABELS, _FOLLOWER, _ALLOCATOR = Actor.system("labels"), Actor.system("tracking"), Actor.system("fulfilment")
_EVERY = 60  # seconds between two questions about the same parcel


async def make_labels(db: Database, carriers: Mapping[str, Carrier]) -> int:
    """Ask the carriers for every label that is due; returns how many were made.

    One that fails waits longer each time; after the last try its shipment is held and operations are told (FUL-07).
    A crash between asking and keeping asks again: the parcel's id is the carrier's key.
    """
    async with db.transaction(_LABELS) as tx:
        due = await operations.due_labels(tx)
        adapters = {each.code: each.adapter for each in await all_carriers(tx, also_idle=True)}
    made = 0
    for asked in due:
        made += await _make(db, carriers[adapters[asked.carrier]], asked)
    return made


async def _make(db: Database, carrier: Carrier, asked: Asked) -> bool:
    answer: Label | CarrierUnavailable | CarrierRefused
    try:
        answer = await carrier.label(asked.request)
    except (CarrierUnavailable, CarrierRefused) as refused:
        answer = refused
    try:
        async with db.transaction(_LABELS) as tx:
            if isinstance(answer, Label):
                return await operations.keep_label(tx, asked.parcel_id, answer)
            log.warning("label.failed", parcel_id=str(asked.parcel_id), tries=asked.tries, error=answer.code)
            await operations.label_failed(tx, asked, why=str(answer), for_good=isinstance(answer, CarrierRefused))
    except TrackingTaken as taken:
        async with db.transaction(_LABELS) as tx:
            await operations.label_failed(tx, asked, why=next(iter(taken.fields.values())), for_good=True)
    return False


async def follow(db: Database, carriers: Mapping[str, Carrier]) -> int:
    """Ask the carriers what became of the parcels under way; returns how much of it was new.

    Each parcel is asked about once a minute, those longest not asked about first.
    """
    async with db.transaction(_FOLLOWER) as tx:
        by_code = {each.code: each.adapter for each in await all_carriers(tx, also_idle=True)}
        speaking = [code for code, adapter in by_code.items() if carriers[adapter].makes_labels]
        rows = (
            await tx.sql(
                "SELECT p.id, p.carrier, p.tracking_number, s.shipped_at, kit.now() AS now FROM fulfilment.parcels p"
                " JOIN fulfilment.shipments s ON s.id = p.shipment_id"
                " WHERE p.delivered_at IS NULL AND p.tracking_number IS NOT NULL AND s.status = 'shipped'"
                " AND p.carrier = ANY(CAST(:carriers AS text[]))"
                " AND (p.followed_at IS NULL OR p.followed_at < kit.now() - make_interval(secs => :every))"
                " ORDER BY p.followed_at NULLS FIRST LIMIT 200",
                {"carriers": speaking, "every": float(_EVERY)},
            )
        ).all()
        await operations.looked_at(tx, [row.id for row in rows])
    parcels: dict[str, list[Followed]] = defaultdict(list)
    for row in rows:
        parcels[row.carrier].append(Followed(row.tracking_number, row.shipped_at, row.now))
    fresh = 0
    for code, followed in parcels.items():
        try:
            told = await carriers[by_code[code]].events(followed)
        except CarrierUnavailable as error:
            log.warning("carrier.not_asked", carrier=code, error=error.code)
            continue
        fresh += await take(db, code, told)
    return fresh


async def take_notice(
    db: Database, carriers: Mapping[str, Carrier], code: str, body: bytes, headers: Mapping[str, str]
) -> int:
    """What a carrier posts by itself: checked, and put down; returns how much of it was new.

    Raises `NoticeUnsigned`, and `CarrierUnknown` for a code that is none of ours.
    """
    async with db.transaction(_FOLLOWER) as tx:
        adapter = (await carrier_of(tx, code)).adapter
    return await take(db, code, carriers[adapter].read_notice(body, headers))


async def take(db: Database, code: str, events: Sequence[CarrierEvent]) -> int:
    """Put down what a carrier told, each parcel in a transaction of its own."""
    by_number: dict[str, list[CarrierEvent]] = defaultdict(list)
    for event in events:
        by_number[event.tracking_number].append(event)
    fresh = 0
    for told in by_number.values():
        async with db.transaction(_FOLLOWER) as tx:
            fresh += await operations.track(tx, code, told)
    return fresh


async def catch_up(db: Database, order_ids: Collection[UUID]) -> int:
    """Make the shipments of paid orders that have none: of a release before there were any, or of a lost delivery."""
    made = 0
    for order_id in order_ids:
        async with db.transaction(_ALLOCATOR) as tx:
            made += len(await operations.allocate(tx, order_id))
    return made
