"""What can be asked of prices and tax rates."""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from domains.kit import Money, Transaction
from domains.kit.regions import COVERS, comparable, precision
from domains.pricing.views import Price, RateRow, TaxRate, TaxTable


class Destination(Protocol):
    """Where something is taxed: any address."""

    @property
    def country(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def postal_code(self) -> str: ...


_PRICES = """
SELECT asked.variant_id, p.amount, p.compare_at
FROM unnest(CAST(:variants AS uuid[])) AS asked (variant_id)
CROSS JOIN LATERAL (
    SELECT amount, compare_at FROM pricing.prices
    WHERE variant_id = asked.variant_id AND currency = :currency AND valid_from <= kit.now()
    ORDER BY valid_from DESC, id DESC LIMIT 1
) p
"""


async def prices(tx: Transaction, variant_ids: Collection[UUID], currency: str) -> dict[UUID, Price]:
    """The price of each variant by the shop's clock; a variant without one in this currency is left out."""
    if not variant_ids:
        return {}
    rows = await tx.sql(_PRICES, {"variants": list(set(variant_ids)), "currency": currency})
    return {
        row.variant_id: Price(
            Money(row.amount, currency), Money(row.compare_at, currency) if row.compare_at is not None else None
        )
        for row in rows
    }


async def costs(tx: Transaction, variant_ids: Collection[UUID], currency: str) -> dict[UUID, Money]:
    """What each variant costs the merchant himself, where he has said so."""
    rows = await tx.sql(
        "SELECT variant_id, amount FROM pricing.costs"
        " WHERE currency = :currency AND variant_id = ANY(CAST(:variants AS uuid[]))",
        {"currency": currency, "variants": list(variant_ids)},
    )
    return {row.variant_id: Money(row.amount, currency) for row in rows}


async def tax_classes(tx: Transaction) -> dict[str, str]:
    """The kinds of goods that are taxed alike: their codes and names."""
    rows = await tx.sql("SELECT code, name FROM pricing.tax_classes ORDER BY code")
    return {row.code: row.name for row in rows}


async def tax_rates(tx: Transaction, destination: Destination) -> TaxTable:
    """The rates that count at an address: of each jurisdiction and tax class the one for the smallest place."""
    rows = await tx.sql(
        "SELECT name, jurisdiction, tax_class, rate_ppm, state, postal_first, postal_last FROM pricing.tax_rates"
        f" WHERE {COVERS} ORDER BY tax_class, id",
        {
            "country": destination.country,
            "state": destination.state,
            "postal": comparable(destination.postal_code, destination.country),
        },
    )
    best: dict[tuple[str, str], Any] = {}
    for row in rows:
        key = row.tax_class, row.jurisdiction
        if key not in best or _precision(row) > _precision(best[key]):
            best[key] = row
    table: dict[str, tuple[TaxRate, ...]] = {}
    for (tax_class, jurisdiction), row in best.items():
        table[tax_class] = (*table.get(tax_class, ()), TaxRate(row.name, jurisdiction, row.rate_ppm))
    return TaxTable(table)


async def every_tax_rate(tx: Transaction) -> list[RateRow]:
    """All rates there are, by country, state and place: for who looks after them."""
    rows = await tx.sql(
        "SELECT id, name, jurisdiction, country, state, postal_pattern, tax_class, rate_ppm FROM pricing.tax_rates"
        " ORDER BY country, state, postal_first, tax_class, jurisdiction, id"
    )
    return [RateRow(**row) for row in rows.mappings()]


async def taxed_by_place(tx: Transaction, country: str) -> bool:
    """Whether the tax within a country depends on the place."""
    asked = await tx.sql(
        "SELECT EXISTS (SELECT FROM pricing.tax_rates WHERE country = :country"
        " AND (state <> '' OR postal_pattern <> ''))",
        {"country": country},
    )
    depends: bool = asked.scalar_one()
    return depends


def _precision(row: Any) -> tuple[int, int]:
    return precision(row.state, row.postal_first, row.postal_last)
