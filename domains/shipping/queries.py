"""What can be asked of shipping."""

from uuid import UUID
from zoneinfo import ZoneInfo

from domains import store
from domains.kit import Money, Transaction
from domains.kit.regions import COVERS, comparable, precision
from domains.shipping.errors import NoDelivery
from domains.shipping.estimates import delivery_dates
from domains.shipping.views import (
    BandDraft,
    MethodPrices,
    MethodView,
    RegionDraft,
    ShippingOption,
    ZonePrices,
    ZoneView,
)

# Each place that covers the address with the ways to send there, and once without where there is none.
_OFFERED = f"""
WITH covering AS (SELECT id, zone_id, state, postal_first, postal_last FROM shipping.zone_regions WHERE {COVERS})
SELECT r.id AS region, r.state, r.postal_first, r.postal_last, way.*, kit.now() AS now
FROM covering r LEFT JOIN LATERAL (
    SELECT m.id, m.name, m.description, m.days_min, m.days_max, m.cutoff_hour, m.pick_up_at, m.sort_order,
           min(b.amount) AS amount
    FROM shipping.methods m JOIN shipping.bands b ON b.method_id = m.id
    WHERE m.zone_id = r.zone_id AND m.is_active AND b.currency = :currency
      AND :weight >= b.weight_from AND (b.weight_to IS NULL OR :weight < b.weight_to)
      AND :subtotal >= b.subtotal_from AND (b.subtotal_to IS NULL OR :subtotal < b.subtotal_to)
    GROUP BY m.id
) way ON true
ORDER BY r.id, way.sort_order, way.amount, way.id
"""


async def options(
    tx: Transaction,
    *,
    country: str,
    state: str,
    postal_code: str,
    weight_grams: int,
    subtotal: Money,
    shop: store.Shop | None = None,
) -> list[ShippingOption]:
    """The ways to deliver an order of this weight and value to this place, with the dates for an order made now.

    The zone is that of the smallest place that covers the address. Raises `NoDelivery`: where no zone covers it or the
    shop does not deliver to the country, and, then `is_too_heavy`, where no method takes it. Who has read the shop
    already hands it over.
    """
    shop = shop or await store.shop(tx)
    if country not in shop.countries:
        raise NoDelivery
    where = {"country": country, "state": state, "postal": comparable(postal_code, country)}
    order = {"currency": subtotal.currency, "weight": weight_grams, "subtotal": subtotal.amount}
    offered = (await tx.sql(_OFFERED, {**where, **order})).all()
    if not offered:
        raise NoDelivery
    smallest = max(offered, key=lambda row: precision(row.state, row.postal_first, row.postal_last)).region
    now = offered[0].now.astimezone(ZoneInfo(shop.time_zone))
    found = []
    for row in offered:
        if row.region != smallest or row.id is None:
            continue
        earliest, latest = delivery_dates(
            now, cutoff_hour=row.cutoff_hour, days_min=row.days_min, days_max=row.days_max
        )
        amount = Money(row.amount, subtotal.currency)
        found.append(
            ShippingOption(row.id, row.name, row.description, amount, earliest, latest, row.pick_up_at is not None)
        )
    if not found:
        raise NoDelivery(is_too_heavy=True)
    return found


async def pick_up_place(tx: Transaction, method_id: UUID) -> UUID | None:
    """The warehouse where orders of this method are picked up; None for one that is sent, or that is not there."""
    found: UUID | None = (
        await tx.sql("SELECT pick_up_at FROM shipping.methods WHERE id = :id", {"id": method_id})
    ).scalar()
    return found


async def deliverable_countries(tx: Transaction) -> tuple[str, ...]:
    """The countries of the shop in which some place has a way to deliver, sorted by code."""
    rows = await tx.sql(
        "SELECT DISTINCT r.country FROM shipping.zone_regions r"
        " JOIN shipping.methods m ON m.zone_id = r.zone_id AND m.is_active"
        " WHERE r.country = ANY(CAST(:countries AS text[])) ORDER BY r.country",
        {"countries": list((await store.shop(tx)).countries)},
    )
    return tuple(rows.scalars())


_PRICES = """
SELECT z.name AS zone, m.name, m.description, m.days_min, m.days_max,
       min(b.amount) FILTER (WHERE b.amount > 0) AS lowest, max(b.amount) AS highest,
       min(b.subtotal_from) FILTER (WHERE b.amount = 0) AS free_from
FROM shipping.zones z JOIN shipping.methods m ON m.zone_id = z.id AND m.is_active
JOIN shipping.bands b ON b.method_id = m.id AND b.currency = :currency
GROUP BY z.id, m.id ORDER BY z.created_at, z.name, m.sort_order, m.name
"""


async def price_list(tx: Transaction, *, currency: str) -> tuple[ZonePrices, ...]:
    """What delivery costs, by zone and way: for a page that tells it ahead. Checkout asks `options`."""
    zones: dict[str, list[MethodPrices]] = {}
    for row in await tx.sql(_PRICES, {"currency": currency}):
        zones.setdefault(row.zone, []).append(
            MethodPrices(
                row.name,
                row.description,
                row.days_min,
                row.days_max,
                Money(row.lowest or 0, currency),
                Money(row.highest, currency),
                None if row.free_from is None else Money(row.free_from, currency),
            )
        )
    return tuple(ZonePrices(name, tuple(methods)) for name, methods in zones.items())


async def zones(tx: Transaction, *, currency: str) -> tuple[ZoneView, ...]:
    """Every zone with its places and ways to deliver, those not offered too, and what they cost in this currency."""
    bands: dict[UUID, list[BandDraft]] = {}
    for row in await tx.sql(
        "SELECT method_id, currency, amount, weight_from, weight_to, subtotal_from, subtotal_to FROM shipping.bands"
        " WHERE currency = :currency ORDER BY method_id, subtotal_from, weight_from, amount",
        {"currency": currency},
    ):
        bands.setdefault(row.method_id, []).append(BandDraft(*tuple(row)[1:]))
    methods: dict[UUID, list[MethodView]] = {}
    for row in await tx.sql(
        "SELECT id, zone_id, code, name, description, days_min, days_max, cutoff_hour, sort_order, is_active,"
        " pick_up_at FROM shipping.methods ORDER BY sort_order, name"
    ):
        methods.setdefault(row.zone_id, []).append(MethodView(**row._mapping, bands=tuple(bands.get(row.id, ()))))
    regions: dict[UUID, list[RegionDraft]] = {}
    for row in await tx.sql(
        "SELECT zone_id, country, state, postal_pattern FROM shipping.zone_regions ORDER BY country, state, 4"
    ):
        regions.setdefault(row.zone_id, []).append(RegionDraft(row.country, row.state, row.postal_pattern))
    return tuple(
        ZoneView(row.id, row.name, tuple(regions.get(row.id, ())), tuple(methods.get(row.id, ())))
        for row in await tx.sql("SELECT id, name FROM shipping.zones ORDER BY created_at, name")
    )
