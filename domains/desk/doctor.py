"""The doctor: runs every invariant on the live database and says what is wrong, one line each."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from domains.desk.invariants import INVARIANTS, Invariant
from domains.kit import Transaction

SHOWN = 5  # violations printed in full; their number is always told


class Verdict(StrEnum):
    """`n/a` is for what is not built yet: it is said, never counted as sound."""

    SOUND = "ok"
    VIOLATED = "VIOLATED"
    NOT_BUILT = "n/a"


class Finding(msgspec.Struct, frozen=True):
    """What one invariant's query found; `violations` are its rows as text, at most `SHOWN`."""

    id: str
    title: str
    verdict: Verdict
    count: int = 0
    violations: tuple[str, ...] = ()

    def __str__(self) -> str:
        line = f"{self.id:<4} {self.verdict.value:<8} {self.title}"
        if self.verdict is Verdict.VIOLATED:
            line += "".join(f"\n       {row}" for row in self.violations)
            if self.count > len(self.violations):
                line += f"\n       … and {self.count - len(self.violations)} more"
        return line


async def examine(
    tx: Transaction, *, quiet: bool = True, invariants: Sequence[Invariant] = INVARIANTS
) -> list[Finding]:
    """Check `invariants`; under load pass `quiet=False`, which leaves out those that only hold at rest.

    Give it a transaction with `snapshot=True`, so that all of them see one moment.
    """
    findings: list[Finding] = []
    for invariant in invariants:
        if invariant.sql is None:
            findings.append(Finding(invariant.id, invariant.title, Verdict.NOT_BUILT))
        elif quiet or not invariant.only_at_rest:
            rows = (await tx.sql(invariant.sql)).mappings().all()
            shown = tuple(", ".join(f"{key}={value}" for key, value in row.items()) for row in rows[:SHOWN])
            verdict = Verdict.VIOLATED if rows else Verdict.SOUND
            findings.append(Finding(invariant.id, invariant.title, verdict, len(rows), shown))
    return findings
