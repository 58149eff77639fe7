"""What can be done with zones, methods and bands."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.shipping.changing import write_regions
from domains.shipping.errors import MethodUnknown, ZoneUnknown
from domains.shipping.models import Band, Method, Zone
from domains.shipping.views import BandDraft, RegionDraft


async def add_zone(tx: Transaction, *, name: str, regions: Sequence[RegionDraft]) -> UUID:
    """Deliver to these places alike. A place belongs to one zone; raises `Invalid` for one that is taken."""
    zone = Zone(id=new_id(), name=name)
    try:
        async with tx.session.begin_nested():
            tx.session.add(zone)
    except IntegrityError as error:
        if "uq_zones_name" not in str(error.orig):
            raise
        raise Invalid({"name": _("There is a zone of this name already.")}) from error
    await write_regions(tx, zone, regions)
    await audit.record(
        tx,
        action="zone.created",
        subject=("zone", zone.id),
        label=name,
        changes={"name": (None, name), "regions": (None, [msgspec.structs.astuple(region) for region in regions])},
    )
    return zone.id


async def add_method(
    tx: Transaction,
    *,
    zone_id: UUID,
    code: str,
    name: str,
    days_min: int,
    days_max: int,
    bands: Sequence[BandDraft],
    description: str = "",
    cutoff_hour: int = 14,
    sort_order: int = 0,
    pick_up_at: UUID | None = None,
) -> UUID:
    """Offer a way to deliver in a zone, with what it costs; with `pick_up_at` the order is fetched in that warehouse.

    Raises `ZoneUnknown`, and `Invalid` for no price.
    """
    if await tx.session.get(Zone, zone_id) is None:
        raise ZoneUnknown
    if not bands:
        raise Invalid({"bands": _("Enter what it costs.")})
    method = Method(
        id=new_id(),
        zone_id=zone_id,
        code=code,
        name=name,
        description=description,
        days_min=days_min,
        days_max=days_max,
        cutoff_hour=cutoff_hour,
        sort_order=sort_order,
        pick_up_at=pick_up_at,
    )
    tx.session.add(method)
    await tx.session.flush()
    tx.session.add_all(
        Band(
            id=new_id(),
            method_id=method.id,
            currency=band.currency,
            amount=band.amount,
            weight_from=band.weight_from,
            weight_to=band.weight_to,
            subtotal_from=band.subtotal_from,
            subtotal_to=band.subtotal_to,
        )
        for band in bands
    )
    await tx.session.flush()
    await audit.record(
        tx,
        action="method.created",
        subject=("method", method.id),
        label=name,
        changes={"name": (None, name), "days": (None, [days_min, days_max]), "bands": (None, list(bands))},
    )
    return method.id


async def switch_method(tx: Transaction, method_id: UUID, *, is_active: bool) -> None:
    """Stop offering a method, or offer it again; orders keep the one they chose. Raises `MethodUnknown`."""
    found = await tx.sql(
        "UPDATE shipping.methods m SET is_active = :is_active, updated_at = kit.now()"
        " FROM (SELECT id, is_active FROM shipping.methods WHERE id = :id FOR UPDATE) was"
        " WHERE m.id = was.id RETURNING m.name, was.is_active AS was",
        {"id": method_id, "is_active": is_active},
    )
    row = found.one_or_none()
    if row is None:
        raise MethodUnknown
    await audit.record(
        tx,
        action="method.changed",
        subject=("method", method_id),
        label=row.name,
        changes={"is_active": (row.was, is_active)},
        undo="method",
    )
