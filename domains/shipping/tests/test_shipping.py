"""CHK-06: the ways to deliver, what they cost and when they arrive."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domains import shipping
from domains.kit import Database, Invalid, Money, Transaction
from domains.kit.clock import shift
from domains.pricing.tests.factories import STAFF, open_shop
from domains.shipping import BandDraft, RegionDraft, delivery_dates

STANDARD = [
    BandDraft("USD", 500, weight_to=2000),
    BandDraft("USD", 900, weight_from=2000, weight_to=20_000),
    BandDraft("USD", 0, subtotal_from=10_000, weight_to=20_000),
    BandDraft("EUR", 700),
]


async def _zones(db: Database) -> dict[str, UUID]:
    await open_shop(db)
    regions = {
        "mainland": [RegionDraft("US")],
        "far": [RegionDraft("US", "AK"), RegionDraft("US", "HI")],
        "anchorage": [RegionDraft("US", "AK", "995*")],
        "europe": [RegionDraft("DE"), RegionDraft("FR")],
    }
    async with db.transaction(STAFF) as tx:
        zones = {name: await shipping.add_zone(tx, name=name, regions=places) for name, places in regions.items()}
        for name, zone_id in zones.items():
            await shipping.add_method(
                tx, zone_id=zone_id, code="standard", name=f"{name} standard", days_min=3, days_max=5, bands=STANDARD
            )
        await shipping.add_method(
            tx,
            zone_id=zones["mainland"],
            code="express",
            name="mainland express",
            days_min=1,
            days_max=1,
            cutoff_hour=12,
            sort_order=1,
            bands=[BandDraft("USD", 2500)],
        )
    return zones


async def _options(
    tx: Transaction, state: str = "NY", postal_code: str = "10001", *, country: str = "US", weight: int = 100,
    subtotal: int = 5000, currency: str = "USD",
) -> list[tuple[str, int]]:  # fmt: skip
    found = await shipping.options(
        tx,
        country=country,
        state=state,
        postal_code=postal_code,
        weight_grams=weight,
        subtotal=Money(subtotal, currency),
    )
    return [(option.name, option.amount.amount) for option in found]


async def test_two_addresses_are_offered_different_ways(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        new_york = await _options(tx)
        hawaii = await _options(tx, "HI", "96801")

    assert new_york == [("mainland standard", 500), ("mainland express", 2500)]
    assert hawaii == [("far standard", 500)]


async def test_the_smallest_place_names_the_zone(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        assert await _options(tx, "AK", "99501") == [("anchorage standard", 500)]
        assert await _options(tx, "AK", "99701") == [("far standard", 500)]


@pytest.mark.parametrize(
    ("weight", "subtotal", "amount"),
    [(0, 0, 500), (1999, 5000, 500), (2000, 5000, 900), (19_999, 9_999, 900), (19_999, 10_000, 0), (1, 10_000, 0)],
)
async def test_weight_and_value_make_the_price(db: Database, weight: int, subtotal: int, amount: int) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        assert (await _options(tx, "HI", "96801", weight=weight, subtotal=subtotal))[0][1] == amount


async def test_what_is_too_heavy_for_every_method_is_told(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        assert await _options(tx, weight=20_000) == [("mainland express", 2500)]
        with pytest.raises(shipping.NoDelivery) as refused:
            await _options(tx, "HI", "96801", weight=20_000)

    assert refused.value.is_too_heavy
    assert "fewer" in refused.value.hint


async def test_where_no_zone_is_nothing_is_delivered(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        with pytest.raises(shipping.NoDelivery) as refused:
            await _options(tx, "", "M5V 3L9", country="CA")
        with pytest.raises(shipping.NoDelivery):
            await _options(tx, "", "75001", country="FR")  # has a zone, but the shop does not sell there

    assert not refused.value.is_too_heavy
    assert refused.value.hint


async def test_prices_of_another_currency_are_not_offered(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        assert await _options(tx, "", "10115", country="DE", currency="EUR") == [("europe standard", 700)]


async def test_a_method_that_was_switched_off_is_not_offered(db: Database) -> None:
    zones = await _zones(db)

    async with db.transaction(STAFF) as tx:
        method_id = await shipping.add_method(
            tx, zone_id=zones["far"], code="boat", name="boat", days_min=20, days_max=30, bands=[BandDraft("USD", 1)]
        )
        assert ("boat", 1) in await _options(tx, "HI", "96801")
        await shipping.switch_method(tx, method_id, is_active=False)
        assert ("boat", 1) not in await _options(tx, "HI", "96801")


async def test_the_shop_delivers_to_the_countries_that_have_a_method(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        assert await shipping.deliverable_countries(tx) == ("DE", "US")


async def test_the_estimate_is_made_of_dates_in_the_time_of_the_shop(db: Database) -> None:
    await _zones(db)
    async with db.transaction(STAFF) as tx:  # Friday, 13:59 in New York, where it is 18:59 UTC
        await shift(tx, datetime(2026, 11, 27, 18, 59, tzinfo=UTC) - datetime.now(UTC))

    async with db.transaction(STAFF) as tx:
        ways = await shipping.options(
            tx, country="US", state="NY", postal_code="10001", weight_grams=1, subtotal=Money(1, "USD")
        )

    standard, express = ways
    assert (standard.earliest, standard.latest) == (date(2026, 12, 2), date(2026, 12, 4))
    assert (express.earliest, express.latest) == (date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        (datetime(2026, 11, 25, 13, 59), date(2026, 11, 27)),  # Wednesday in time
        (datetime(2026, 11, 25, 14, 0), date(2026, 11, 30)),  # a minute later
        (datetime(2026, 11, 27, 10, 0), date(2026, 12, 1)),  # Friday: the weekend does not count
        (datetime(2026, 11, 28, 10, 0), date(2026, 12, 2)),  # Saturday leaves on Monday
        (datetime(2026, 11, 29, 23, 0), date(2026, 12, 2)),  # Sunday too
    ],
)
def test_weekends_and_the_cutoff_move_the_date(ordered: datetime, expected: date) -> None:
    assert delivery_dates(ordered, cutoff_hour=14, days_min=2, days_max=2) == (expected, expected)


def test_what_is_delivered_the_same_day_arrives_that_day() -> None:
    monday = datetime(2026, 11, 23, 9, 0)

    assert delivery_dates(monday, cutoff_hour=14, days_min=0, days_max=0) == (monday.date(), monday.date())
    assert delivery_dates(monday + timedelta(hours=8), cutoff_hour=14, days_min=0, days_max=0)[0] == date(2026, 11, 24)


async def test_a_place_belongs_to_one_zone(db: Database) -> None:
    await _zones(db)

    async with db.transaction(STAFF) as tx:
        with pytest.raises(Invalid) as refused:
            await shipping.add_zone(tx, name="again", regions=[RegionDraft("US", "HI")])
        assert "regions" in refused.value.fields
        with pytest.raises(Invalid) as refused:
            await shipping.add_zone(tx, name="europe", regions=[RegionDraft("IT")])
        assert "name" in refused.value.fields
        with pytest.raises(shipping.ZoneUnknown):
            await shipping.add_method(
                tx,
                zone_id=UUID(int=1),
                code="x",
                name="x",
                days_min=1,
                days_max=1,
                bands=[BandDraft("USD", 1)],
            )
