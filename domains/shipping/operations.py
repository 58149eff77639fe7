"""What can be done with zones, methods and bands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.kit.regions import postal_range
from domains.shipping.errors import ZoneUnknown
from domains.shipping.models import Band, Method, Zone, ZoneRegion
from domains.shipping.views import BandDraft, RegionDraft


async def add_zone(tx: Transaction, *, name: str, regions: Sequence[RegionDraft]) -> UUID:
    """Deliver to these places alike. A place belongs to one zone; raises `Invalid` for one that is taken."""
    zone = Zone(id=new_id(), name=name)
    rows: list[ZoneRegion] = []
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
            tx.session.add(zone)
            await tx.session.flush()
            tx.session.add_all(rows)
    except IntegrityError as error:
        constraint = str(error.orig)
        if "uq_zones_name" in constraint:
            raise Invalid({"name": _("There is a zone of this name already.")}) from error
        if "uq_zone_regions" in constraint:
            raise Invalid({"regions": _("One of these places is in another zone already.")}) from error
        raise
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
    return method.id


async def switch_method(tx: Transaction, method_id: UUID, *, is_active: bool) -> None:
    """Stop offering a method, or offer it again; orders keep the one they chose."""
    await tx.sql(
        "UPDATE shipping.methods SET is_active = :is_active, updated_at = kit.now() WHERE id = :id",
        {"id": method_id, "is_active": is_active},
    )
