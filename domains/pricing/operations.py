"""What can be done with prices and tax rates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from domains import store
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _
from domains.kit.regions import postal_range
from domains.pricing.errors import TaxClassUnknown
from domains.pricing.events import PriceChanged
from domains.pricing.models import LARGEST_PRICE, TaxClass, TaxRateRow


async def set_price(
    tx: Transaction,
    variant_id: UUID,
    amount: int,
    *,
    compare_at: int | None = None,
    currency: str | None = None,
    valid_from: datetime | None = None,
) -> None:
    """Give a variant a price from `valid_from` (now, if not given) on, in minor units of `currency` (the shop's).

    Earlier prices stay as its history; a plan is withdrawn by another price from the same moment. Emits
    `price.changed`. Raises `Invalid`.
    """
    wrong = {
        field: _("Enter an amount from 0 to 100,000,000.")
        for field, value in (("amount", amount), ("compare_at", compare_at))
        if value is not None and not 0 <= value <= LARGEST_PRICE
    }
    if wrong:
        raise Invalid(wrong)
    currency = currency or (await store.shop(tx)).currency
    valid_from = valid_from or await tx.now()
    await tx.sql(
        "INSERT INTO pricing.prices (id, variant_id, currency, amount, compare_at, valid_from)"
        " VALUES (:id, :variant_id, :currency, :amount, :compare_at, :valid_from)",
        {
            "id": new_id(),
            "variant_id": variant_id,
            "currency": currency,
            "amount": amount,
            "compare_at": compare_at,
            "valid_from": valid_from,
        },
    )
    await record(
        tx,
        PriceChanged(
            variant_id=variant_id, currency=currency, amount=amount, compare_at=compare_at, valid_from=valid_from
        ),
    )


async def add_tax_class(tx: Transaction, *, code: str, name: str) -> None:
    """Name a kind of goods that is taxed alike."""
    tx.session.add(TaxClass(code=code, name=name))
    await tx.session.flush()


async def add_tax_rate(
    tx: Transaction,
    *,
    name: str,
    rate_ppm: int,
    country: str,
    state: str = "",
    postal_pattern: str = "",
    tax_class: str = "standard",
    jurisdiction: str = "country",
) -> UUID:
    """Let a jurisdiction take `rate_ppm` millionths of a tax class at a place.

    Within a jurisdiction the rate for the smallest place counts; jurisdictions add up. Raises `Invalid` for a rate
    that is no share, a pattern that is none, or a place that has a rate already, and `TaxClassUnknown`.
    """
    if not 0 <= rate_ppm <= 1_000_000:
        raise Invalid({"rate_ppm": _("Enter a rate from 0% to 100%.")})
    if await tx.session.get(TaxClass, tax_class) is None:
        raise TaxClassUnknown
    first, last = postal_range(postal_pattern, country)
    row = TaxRateRow(
        id=new_id(),
        name=name,
        jurisdiction=jurisdiction,
        country=country,
        state=state,
        postal_pattern=postal_pattern,
        postal_first=first,
        postal_last=last,
        tax_class=tax_class,
        rate_ppm=rate_ppm,
    )
    try:
        async with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        if "uq_tax_rates_place" not in str(error.orig):
            raise
        raise Invalid({"postal_pattern": _("This jurisdiction has a rate for this place already.")}) from error
    return row.id


async def remove_tax_rate(tx: Transaction, rate_id: UUID) -> None:
    """Let a jurisdiction take nothing of its own at a place any more; orders keep what they were taxed."""
    await tx.sql("DELETE FROM pricing.tax_rates WHERE id = :id", {"id": rate_id})
