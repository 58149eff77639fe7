"""Zones and methods as staff change them; what they do is on record and can be taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.kit.regions import postal_range
from domains.shipping.errors import MethodUnknown, ZoneInUse, ZoneUnknown
from domains.shipping.models import Band, Method, Zone, ZoneRegion
from domains.shipping.views import BandDraft, MethodDraft, RegionDraft

LONGEST_NAME, LONGEST_DESCRIPTION = 100, 200


async def change_zone(tx: Transaction, zone_id: UUID, *, name: str, regions: Sequence[RegionDraft]) -> None:
    """Give a zone another name and other places. Raises `ZoneUnknown`, and `Invalid` as `add_zone` does."""
    zone = await _zone(tx, zone_id)
    before = {"name": zone.name, "regions": await _regions(tx, zone_id)}
    zone.name = _named(name)
    await write_regions(tx, zone, regions)
    await audit.record(
        tx,
        action="zone.changed",
        subject=("zone", zone_id),
        label=zone.name,
        changes={"name": (before["name"], zone.name), "regions": (before["regions"], await _regions(tx, zone_id))},
        undo="zone",
    )


async def remove_zone(tx: Transaction, zone_id: UUID) -> None:
    """Deliver to the places of a zone no more, unless another covers them. Raises `ZoneInUse` while it has methods."""
    zone = await _zone(tx, zone_id)
    if (await tx.session.scalar(select(Method.id).where(Method.zone_id == zone_id).limit(1))) is not None:
        raise ZoneInUse
    gone = await _regions(tx, zone_id)
    await tx.session.delete(zone)
    await tx.session.flush()
    await audit.record(
        tx,
        action="zone.removed",
        subject=("zone", zone_id),
        label=zone.name,
        changes={"name": (zone.name, None), "regions": (gone, None)},
    )


async def change_method(tx: Transaction, method_id: UUID, draft: MethodDraft) -> None:
    """Make a method what `draft` says; orders keep what they were promised and paid. Raises `MethodUnknown`, `Invalid`.

    Bands replace those of their currencies: what it costs in another currency stays.
    """
    check_method(draft)
    row = await _method(tx, method_id)
    before = await _as_draft(tx, row)
    await _write_method(tx, row, draft)
    await _tell(tx, row, before, await _as_draft(tx, row))


async def write_regions(tx: Transaction, zone: Zone, regions: Sequence[RegionDraft]) -> None:
    """The places of a zone, anew. Raises `Invalid` for one that belongs to another zone."""
    if not regions:
        raise Invalid({"regions": _("Name at least one place.")})
    rows = []
    for region in regions:
        first, last = postal_range(region.postal_pattern, region.country)
        rows.append(
            ZoneRegion(
                id=new_id(),
                zone_id=zone.id,
                country=region.country,
                state=region.state,
                postal_pattern=region.postal_pattern,
                postal_first=first,
                postal_last=last,
            )
        )
    try:
        async with tx.session.begin_nested():
            await tx.sql("DELETE FROM shipping.zone_regions WHERE zone_id = :zone", {"zone": zone.id})
            tx.session.add_all(rows)
    except IntegrityError as error:
        constraint = str(error.orig)
        if "uq_zones_name" in constraint:
            raise Invalid({"name": _("There is a zone of this name already.")}) from error
        if "uq_zone_regions" in constraint:
            raise Invalid({"regions": _("One of these places is in another zone already.")}) from error
        raise


def check_method(draft: MethodDraft) -> None:
    """Raises `Invalid` with every wrong field."""
    wrong: dict[str, str] = {}
    if not 1 <= len(draft.name.strip()) <= LONGEST_NAME:
        wrong["name"] = _("Enter 1 to {longest} characters.").format(longest=LONGEST_NAME)
    if len(draft.description) > LONGEST_DESCRIPTION:
        wrong["description"] = _("Use at most {longest} characters.").format(longest=LONGEST_DESCRIPTION)
    if not 0 <= draft.days_min <= draft.days_max <= 90:
        wrong["days_max"] = _("Enter from and to, in at most 90 business days.")
    if not 0 <= draft.cutoff_hour <= 24:
        wrong["cutoff_hour"] = _("Enter an hour from 0 to 24.")
    if not draft.bands:
        wrong["bands"] = _("Enter what it costs.")
    for band in draft.bands:
        ends = ((band.weight_from, band.weight_to), (band.subtotal_from, band.subtotal_to))
        if band.amount < 0 or any(low < 0 or (high is not None and high <= low) for low, high in ends):
            wrong["bands"] = _("A price is 0 or more, and goes from less to more.")
    if wrong:
        raise Invalid(wrong)


def _named(name: str) -> str:
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise Invalid({"name": _("Enter 1 to {longest} characters.").format(longest=LONGEST_NAME)})
    return name.strip()


async def _zone(tx: Transaction, zone_id: UUID) -> Zone:
    row = await tx.session.scalar(select(Zone).where(Zone.id == zone_id).with_for_update())
    if row is None:
        raise ZoneUnknown
    return row


async def _method(tx: Transaction, method_id: UUID) -> Method:
    row = await tx.session.scalar(select(Method).where(Method.id == method_id).with_for_update())
    if row is None:
        raise MethodUnknown
    return row


async def _regions(tx: Transaction, zone_id: UUID) -> list[list[str]]:
    rows = await tx.sql(
        "SELECT country, state, postal_pattern FROM shipping.zone_regions WHERE zone_id = :zone ORDER BY 1, 2, 3",
        {"zone": zone_id},
    )
    return [list(row) for row in rows]


async def _as_draft(tx: Transaction, row: Method) -> MethodDraft:
    bands = await tx.sql(
        "SELECT currency, amount, weight_from, weight_to, subtotal_from, subtotal_to FROM shipping.bands"
        " WHERE method_id = :method ORDER BY currency, subtotal_from, weight_from, amount",
        {"method": row.id},
    )
    return MethodDraft(
        name=row.name,
        description=row.description,
        days_min=row.days_min,
        days_max=row.days_max,
        cutoff_hour=row.cutoff_hour,
        sort_order=row.sort_order,
        is_active=row.is_active,
        bands=tuple(BandDraft(**band) for band in bands.mappings()),
    )


async def _write_method(tx: Transaction, row: Method, draft: MethodDraft) -> None:
    for field in ("name", "description", "days_min", "days_max", "cutoff_hour", "sort_order", "is_active"):
        setattr(row, field, getattr(draft, field))
    row.updated_at = await tx.now()
    await tx.sql(
        "DELETE FROM shipping.bands WHERE method_id = :method AND currency = ANY(CAST(:currencies AS text[]))",
        {"method": row.id, "currencies": sorted({band.currency for band in draft.bands})},
    )
    tx.session.add_all(Band(id=new_id(), method_id=row.id, **msgspec.structs.asdict(band)) for band in draft.bands)
    await tx.session.flush()


async def _tell(tx: Transaction, row: Method, before: MethodDraft, after: MethodDraft) -> None:
    await audit.record(
        tx,
        action="method.changed",
        subject=("method", row.id),
        label=row.name,
        changes={field: (getattr(before, field), getattr(after, field)) for field in MethodDraft.__struct_fields__},
        undo="method",
    )


async def _zone_now(tx: Transaction, zone_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await tx.session.scalar(select(Zone).where(Zone.id == UUID(zone_id)).with_for_update())
    if row is None:
        return {}
    known = {"name": row.name, "regions": await _regions(tx, row.id)}
    return {field: known[field] for field in fields}


async def _zone_back(tx: Transaction, zone_id: str, fields: dict[str, Any]) -> None:
    known = {**await _zone_now(tx, zone_id, ("name", "regions")), **fields}
    regions = [RegionDraft(*region) for region in known["regions"]]
    await change_zone(tx, UUID(zone_id), name=known["name"], regions=regions)


async def _method_now(tx: Transaction, method_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await tx.session.scalar(select(Method).where(Method.id == UUID(method_id)).with_for_update())
    if row is None:
        return {}
    draft = await _as_draft(tx, row)
    return {field: getattr(draft, field) for field in fields}


async def _method_back(tx: Transaction, method_id: str, fields: dict[str, Any]) -> None:
    row = await _method(tx, UUID(method_id))
    present = audit.plain(await _as_draft(tx, row))
    await _write_method(tx, row, msgspec.convert({**present, **fields}, MethodDraft))


audit.undoable("zone", _zone_back, _zone_now)
audit.undoable("method", _method_back, _method_now)
