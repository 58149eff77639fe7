"""What can be done with prices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import insert

from domains import store
from domains.kit import Invalid, Transaction, new_id, record, record_all
from domains.kit.i18n import gettext as _
from domains.pricing.events import PriceChanged
from domains.pricing.models import LARGEST_PRICE, PriceRow


class NewPrice(msgspec.Struct, frozen=True):
    """What a variant costs from now on, in minor units of the shop's currency."""

    variant_id: UUID
    amount: int
    compare_at: int | None = None


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
    _check(amount=amount, compare_at=compare_at)
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


async def set_prices(tx: Transaction, prices: Sequence[NewPrice]) -> None:
    """Give many variants a price from now on, all or nothing: what `set_price` does for one.

    Emits `price.changed` for each. Raises `Invalid`.
    """
    for price in prices:
        _check(amount=price.amount, compare_at=price.compare_at)
    if not prices:
        return
    currency = (await store.shop(tx)).currency
    now = await tx.now()
    rows = [{"id": new_id(), **msgspec.structs.asdict(price)} for price in prices]
    await tx.session.execute(
        insert(PriceRow.__table__),  # type: ignore[arg-type]
        [{**row, "currency": currency, "valid_from": now} for row in rows],
    )
    await record_all(
        tx,
        [
            PriceChanged(
                variant_id=price.variant_id,
                currency=currency,
                amount=price.amount,
                compare_at=price.compare_at,
                valid_from=now,
            )
            for price in prices
        ],
    )


async def set_costs(tx: Transaction, costs: Mapping[UUID, int | None]) -> None:
    """Note what variants cost the merchant himself, in minor units of the shop's currency; None forgets it.

    Raises `Invalid`.
    """
    for cost in costs.values():
        _check(cost=cost)
    known = {variant_id: cost for variant_id, cost in costs.items() if cost is not None}
    currency = (await store.shop(tx)).currency
    await tx.sql(
        "DELETE FROM pricing.costs WHERE currency = :currency AND variant_id = ANY(CAST(:variants AS uuid[]))",
        {"currency": currency, "variants": sorted(set(costs) - set(known))},
    )
    await tx.sql(
        "INSERT INTO pricing.costs AS c (variant_id, currency, amount)"
        " SELECT variant_id, :currency, amount"
        " FROM unnest(CAST(:variants AS uuid[]), CAST(:amounts AS bigint[])) AS given (variant_id, amount)"
        " ON CONFLICT (variant_id, currency) DO UPDATE SET amount = excluded.amount, updated_at = kit.now()",
        {"currency": currency, "variants": list(known), "amounts": list(known.values())},
    )


def _check(**amounts: int | None) -> None:
    wrong = {
        field: _("Enter an amount from 0 to 100,000,000.")
        for field, value in amounts.items()
        if value is not None and not 0 <= value <= LARGEST_PRICE
    }
    if wrong:
        raise Invalid(wrong)
