"""What can be done with prices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from domains import audit, store
from domains.kit import Invalid, Transaction, new_id, record, record_all
from domains.kit.i18n import gettext as _
from domains.pricing.events import PriceChanged
from domains.pricing.models import LARGEST_PRICE, PriceRow
from domains.pricing.queries import prices as prices_now

_PRICE = "price "  # and the currency: how an entry of the audit log calls the field


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
    present = await _present(tx, [variant_id], currency) if audit.wanted(tx) else {}
    planned, valid_from = valid_from, valid_from or await tx.now()
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
    before, after = present.get(variant_id), {"amount": amount, "compare_at": compare_at}
    if planned is None:
        await audit.record_all(tx, [_entry(variant_id, currency, before, after)])
    else:
        await audit.record(
            tx,
            action="price.planned",
            subject=("variant", variant_id),
            changes={f"{_PRICE}{currency}": (before, {**after, "valid_from": planned})},
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
    present = await _present(tx, [price.variant_id for price in prices], currency) if audit.wanted(tx) else {}
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
    batch = new_id()
    await audit.record_all(
        tx,
        [
            _entry(
                price.variant_id,
                currency,
                present.get(price.variant_id),
                {"amount": price.amount, "compare_at": price.compare_at},
                batch,
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


def _entry(
    variant_id: UUID, currency: str, before: Any, after: dict[str, int | None], batch: UUID | None = None
) -> audit.Draft:
    """What staff did to a price. One that was the first cannot be taken back: prices are never deleted."""
    return audit.Draft(
        action="price.changed",
        subject=("variant", variant_id),
        changes={f"{_PRICE}{currency}": (before, after)},
        undo="price" if before else None,
        batch=batch,
    )


async def _present(tx: Transaction, variant_ids: Sequence[UUID], currency: str) -> dict[UUID, dict[str, int | None]]:
    return {
        variant_id: {
            "amount": price.amount.amount,
            "compare_at": price.compare_at.amount if price.compare_at is not None else None,
        }
        for variant_id, price in (await prices_now(tx, variant_ids, currency)).items()
    }


async def _asked(tx: Transaction, wanted: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """Prices are rows that are only added: who adds one meanwhile waits, for its key, until the variant is let go."""
    variants = sorted(UUID(variant) for variant in wanted)
    await tx.sql(
        "SELECT id FROM catalog.variants WHERE id = ANY(CAST(:variants AS uuid[])) ORDER BY id FOR UPDATE",
        {"variants": variants},
    )
    found: dict[str, dict[str, Any]] = {str(variant): {} for variant in variants}
    for field in {field for fields in wanted.values() for field in fields}:
        for variant_id, price in (await _present(tx, variants, field.removeprefix(_PRICE))).items():
            found[str(variant_id)][field] = price
    return found


async def _put_back(tx: Transaction, wanted: Mapping[str, Mapping[str, Any]]) -> None:
    for variant, fields in wanted.items():
        for field, price in fields.items():
            await set_price(tx, UUID(variant), **price, currency=field.removeprefix(_PRICE))


audit.undoable_many("price", _put_back, _asked)


def _check(**amounts: int | None) -> None:
    wrong = {
        field: _("Enter an amount from 0 to 100,000,000.")
        for field, value in amounts.items()
        if value is not None and not 0 <= value <= LARGEST_PRICE
    }
    if wrong:
        raise Invalid(wrong)
