"""The shop's clock: `kit.now()` in SQL, which is `now()` plus an offset that only demo and test databases honour."""

from datetime import timedelta

from domains.kit.database import Transaction
from domains.kit.errors import Conflict


class ClockIsReal(Conflict):
    """The clock of a real shop cannot be moved."""

    code = "clock_is_real"
    title = "This database is neither a demo nor a test; its clock stays as it is."


async def environment(tx: Transaction) -> str:
    """What this database is: `production`, `demo` or `test`."""
    kind: str = (await tx.sql("SELECT kind FROM kit.environment")).scalar_one()
    return kind


async def mark_environment(tx: Transaction, kind: str) -> None:
    """Mark the database as `production`, `demo` or `test`. The database refuses a moved clock on production."""
    await tx.sql("UPDATE kit.environment SET kind = :kind", {"kind": kind})


async def shift(tx: Transaction, offset: timedelta) -> None:
    """Set how far `kit.now()` is from the real time. Raises `ClockIsReal` on a real shop's database."""
    moved = await tx.sql(
        "UPDATE kit.environment SET clock_offset = :offset WHERE kind <> 'production'", {"offset": offset}
    )
    if moved.rowcount != 1:
        raise ClockIsReal
