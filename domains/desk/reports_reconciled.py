"""The days on which the gateway's list was held against ours, and what differed, with the orders it is about."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domains.kit import Money, Transaction
from domains.payments import FindingKind

DAYS_SHOWN = 60
MOST_FINDINGS = 200

_DAYS = """
SELECT c.*, (SELECT count(*) FROM payments.findings f WHERE f.day = c.day AND f.currency = c.currency) AS findings,
       (SELECT count(*) FROM payments.findings f WHERE f.day = c.day AND f.currency = c.currency
        AND f.looked_at IS NULL AND f.ended_at IS NULL) AS open
FROM payments.comparisons c WHERE c.day < :before ORDER BY c.day DESC, c.currency LIMIT :limit
"""
_FINDINGS = """
SELECT f.*, o.order_number, p.method FROM payments.findings f
LEFT JOIN payments.payments p ON p.id = f.payment_id LEFT JOIN orders.orders o ON o.payment_id = p.id
WHERE {which} ORDER BY f.looked_at IS NOT NULL, f.ended_at IS NOT NULL, f.day DESC, f.id LIMIT :limit
"""
_OPEN = "f.looked_at IS NULL AND f.ended_at IS NULL"
_OF_DAY = "f.day = :day"


class ComparedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day in one currency as the gateway and we have it; `open` differences wait for somebody."""

    day: date
    compared_at: datetime
    their_payments: int
    our_payments: int
    their_refunds: int
    our_refunds: int
    their_taken: Money
    our_taken: Money
    their_refunded: Money
    our_refunded: Money
    findings: int
    open: int

    @property
    def agrees(self) -> bool:
        return (self.their_payments, self.their_taken, self.their_refunds, self.their_refunded) == (
            self.our_payments,
            self.our_taken,
            self.our_refunds,
            self.our_refunded,
        )


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that differs or differed; `order_number` where it is about an order of ours."""

    id: UUID
    day: date
    kind: FindingKind
    reference: str
    order_number: str
    theirs: Money
    ours: Money
    detail: str
    found_at: datetime
    ended_at: datetime | None
    looked_at: datetime | None
    looked_by: UUID | None
    note: str

    @property
    def is_open(self) -> bool:
        return self.looked_at is None and self.ended_at is None


async def compared_days(tx: Transaction, *, before: date | None = None) -> list[ComparedDay]:
    """The newest days, or those before a day; at most `DAYS_SHOWN` and one more, which says that there are more."""
    rows = await tx.sql(_DAYS, {"before": before or date.max, "limit": DAYS_SHOWN + 1})
    return [
        ComparedDay(
            day=row.day,
            compared_at=row.compared_at,
            their_payments=row.their_payments,
            our_payments=row.our_payments,
            their_refunds=row.their_refunds,
            our_refunds=row.our_refunds,
            their_taken=Money(row.their_taken, row.currency),
            our_taken=Money(row.our_taken, row.currency),
            their_refunded=Money(row.their_refunded, row.currency),
            our_refunded=Money(row.our_refunded, row.currency),
            findings=row.findings,
            open=row.open,
        )
        for row in rows
    ]


async def findings(tx: Transaction, *, day: date | None = None) -> list[Finding]:
    """What differs and waits for somebody; of a day all that ever differed, what waits first."""
    which = _OPEN if day is None else _OF_DAY
    rows = await tx.sql(_FINDINGS.format(which=which), {"limit": MOST_FINDINGS} | ({} if day is None else {"day": day}))
    return [
        Finding(
            id=row.id,
            day=row.day,
            kind=FindingKind(row.kind),
            reference=row.reference,
            order_number=row.order_number or "",
            theirs=Money(row.theirs, row.currency),
            ours=Money(row.ours, row.currency),
            detail=row.detail,
            found_at=row.found_at,
            ended_at=row.ended_at,
            looked_at=row.looked_at,
            looked_by=row.looked_by,
            note=row.note,
        )
        for row in rows
    ]
