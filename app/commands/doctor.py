"""`shop doctor`: prove every invariant of stock and money on the live database."""

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from app.commands.databases import database, settings
from app.runtime.settings import Settings
from domains import desk
from domains.kit import Actor

SETTLING_SECONDS: Final = 5.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--under-load", action="store_true", help="leave out what holds only when nothing is under way")


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL", "ENCRYPTION_KEYS"), or_the_running_demo=True)
    findings = asyncio.run(examine(chosen, under_load=parsed.under_load))
    for finding in findings:
        print(finding)
    return 1 if violated(findings) else 0


async def examine(chosen: Settings, *, under_load: bool) -> Sequence[desk.Finding]:
    """What the doctor finds; what may only be under way (a mail about to go) is looked at again before it counts."""
    settles = {invariant.id for invariant in desk.INVARIANTS if invariant.only_at_rest}
    async with database(chosen) as db:
        for again in (True, True, False):
            async with db.transaction(Actor.system("doctor"), snapshot=True) as tx:
                findings = await desk.examine(tx, quiet=not under_load)
            wrong = violated(findings)
            if not again or not wrong or not wrong <= settles:
                break
            await asyncio.sleep(SETTLING_SECONDS)
    return findings


def violated(findings: Iterable[desk.Finding]) -> set[str]:
    """The numbers of the invariants that do not hold."""
    return {finding.id for finding in findings if finding.verdict is desk.Verdict.VIOLATED}
