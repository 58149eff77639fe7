"""CHK-04: addresses and the cents that must come of them."""

import pytest

from domains import pricing
from domains.kit import Address, Database, Invalid
from domains.pricing import PricedLine, TaxMode
from domains.pricing.tests.factories import STAFF

RATES = [
    ("Washington", "state", "US", "WA", "", "standard", 65_000),
    ("Seattle", "city", "US", "WA", "98101-98199", "standard", 38_500),
    ("Seattle Ballard", "city", "US", "WA", "98107", "standard", 40_000),
    ("California", "state", "US", "CA", "", "standard", 72_500),
    ("San Francisco", "city", "US", "CA", "941*", "standard", 13_750),
    ("GST", "country", "CA", "", "", "standard", 50_000),
    ("GST", "country", "CA", "", "", "reduced", 50_000),
    ("HST", "country", "CA", "ON", "", "standard", 130_000),
    ("PST", "state", "CA", "BC", "", "standard", 70_000),
    ("MwSt.", "country", "DE", "", "", "standard", 190_000),
    ("MwSt. ermäßigt", "country", "DE", "", "", "reduced", 70_000),
    ("Helgoland", "country", "DE", "", "27498", "standard", 0),
    ("VAT", "country", "PL", "", "", "standard", 230_000),
    ("Warszawa", "city", "PL", "", "00-950", "standard", 10_000),
]

# country, state, postal code, tax class → tax on 100.00 without tax, and contained in 100.00 with it
ADDRESSES = [
    ("US", "WA", "98101", "standard", 1035, 938),
    ("US", "WA", "98101-1234", "standard", 1035, 938),
    ("US", "WA", "98107", "standard", 1050, 950),
    ("US", "WA", "99201", "standard", 650, 610),
    ("US", "WA", "98101", "zero", 0, 0),
    ("US", "CA", "94110", "standard", 863, 794),
    ("US", "CA", "90210", "standard", 725, 676),
    ("US", "OR", "97201", "standard", 0, 0),
    ("CA", "ON", "M5V 3L9", "standard", 1300, 1150),
    ("CA", "BC", "V6B 1A1", "standard", 1200, 1071),
    ("CA", "AB", "T2P 1J9", "standard", 500, 476),
    ("CA", "ON", "M5V 3L9", "reduced", 500, 476),
    ("DE", "", "10115", "standard", 1900, 1597),
    ("DE", "", "10115", "reduced", 700, 654),
    ("DE", "", "27498", "standard", 0, 0),
    ("PL", "", "00-950", "standard", 2400, 1935),
    ("PL", "", "00950", "standard", 2400, 1935),
    ("PL", "", "00-951", "standard", 2300, 1870),
    ("FR", "", "75001", "standard", 0, 0),
]


async def _write_down_rates(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        for name, jurisdiction, country, state, postal_pattern, tax_class, rate_ppm in RATES:
            await pricing.add_tax_rate(
                tx,
                name=name,
                jurisdiction=jurisdiction,
                country=country,
                state=state,
                postal_pattern=postal_pattern,
                tax_class=tax_class,
                rate_ppm=rate_ppm,
            )


def _address(country: str, state: str, postal_code: str) -> Address:
    return Address(name="Ada", line1="1 Street", city="Town", postal_code=postal_code, country=country, state=state)


async def test_every_address_is_taxed_to_the_cent(db: Database) -> None:
    await _write_down_rates(db)

    found = []
    async with db.transaction(STAFF) as tx:
        for country, state, postal_code, tax_class, _added, _contained in ADDRESSES:
            table = await pricing.tax_rates(tx, _address(country, state, postal_code))
            added, contained = (
                pricing.totals(
                    [PricedLine("a", 10_000, 1, tax_class)],
                    shipping=0,
                    discount=0,
                    rates=table,
                    mode=TaxMode(prices_include_tax=include),
                    currency="USD",
                ).tax
                for include in (False, True)
            )
            found.append((country, state, postal_code, tax_class, added, contained))

    assert found == ADDRESSES


async def test_a_rate_that_is_removed_counts_no_more(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        rate_id = await pricing.add_tax_rate(tx, name="MwSt.", country="DE", rate_ppm=190_000)
        await pricing.remove_tax_rate(tx, rate_id)

        assert await pricing.tax_rates(tx, _address("DE", "", "10115")) == pricing.NO_TAX


async def test_a_place_has_one_rate_of_a_jurisdiction(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await pricing.add_tax_rate(tx, name="MwSt.", country="DE", rate_ppm=190_000)

        with pytest.raises(Invalid):
            await pricing.add_tax_rate(tx, name="Again", country="DE", rate_ppm=160_000)


async def test_rates_that_make_no_sense_are_refused(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        with pytest.raises(Invalid):
            await pricing.add_tax_rate(tx, name="Too much", country="DE", rate_ppm=1_000_001)
        with pytest.raises(Invalid):
            await pricing.add_tax_rate(tx, name="Backwards", country="DE", rate_ppm=1, postal_pattern="200-100")
        with pytest.raises(pricing.TaxClassUnknown):
            await pricing.add_tax_rate(tx, name="Luxury", country="DE", rate_ppm=1, tax_class="luxury")
        await pricing.add_tax_class(tx, code="luxury", name="Luxury")
        await pricing.add_tax_rate(tx, name="Luxury", country="DE", rate_ppm=1, tax_class="luxury")
