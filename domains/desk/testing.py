"""For tests: the doctor as an assertion."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncEngine

from domains import audit
from domains.desk.doctor import Verdict, examine
from domains.kit import Actor, Database

_DOCTOR = Actor.system("doctor")


async def violated(db: Database, *, quiet: bool = True) -> set[str]:
    """The numbers of the invariants that do not hold, as of one moment."""
    return {number for number, _told in await _violations(db, quiet=quiet)}


async def assert_sound(db: Database, *, quiet: bool = True, but: Collection[str] = ()) -> None:
    """Every invariant that is built holds, or the test fails with what does not.

    `quiet=False` under load, or where a test ends with something under way: it leaves out what holds at rest alone.
    `but` names what a test of one domain alone cannot keep (a payment without an order has no I06).
    """
    broken = [told for number, told in await _violations(db, quiet=quiet) if number not in but]
    assert not broken, "the shop is not sound:\n" + "\n".join(broken)


async def _violations(db: Database, *, quiet: bool) -> list[tuple[str, str]]:
    if quiet:  # most tests run no worker, and a slow machine takes longer over one than an entry may wait for its seal
        async with db.transaction(_DOCTOR) as tx:
            await audit.seal(tx)
    # A connection that a test rolls back is in its transaction already, and sees one moment anyway: its own.
    async with db.transaction(_DOCTOR, snapshot=isinstance(db.bind, AsyncEngine)) as tx:
        findings = await examine(tx, quiet=quiet)
    return [(finding.id, str(finding)) for finding in findings if finding.verdict is Verdict.VIOLATED]
