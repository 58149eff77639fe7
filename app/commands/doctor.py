"""`shop doctor`: prove every invariant of stock and money on the live database."""

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.commands.databases import database, settings
from app.runtime.beats import living
from app.runtime.going_live import Step, steps
from app.runtime.settings import Settings
from domains import desk
from domains.kit import Actor

SETTLING_SECONDS: Final = 5.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--under-load", action="store_true", help="leave out what holds only when nothing is under way")
    parser.add_argument("--setup", action="store_true", help="tell what the shop needs before its first sale instead")


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL", "ENCRYPTION_KEYS"), or_the_running_demo=True)
    if parsed.setup:
        todo = asyncio.run(what_is_missing(chosen))
        for step in todo:
            print(f"{'done' if step.is_done else 'TO DO':<6} {step.label}{'' if step.is_done else f': {step.hint}'}")
        return 0 if all(step.is_done for step in todo) else 1
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


async def what_is_missing(chosen: Settings) -> Sequence[Step]:
    """The list that the overview of the back office shows, too."""
    async with database(chosen) as db, db.transaction(Actor.system("doctor")) as tx:
        ready = await desk.readiness(tx)
    redis = Redis.from_url(chosen.redis_url, socket_timeout=2, socket_connect_timeout=1)
    try:
        workers = await living(redis)
    except RedisError:
        workers = 0
    finally:
        await redis.aclose()
    return steps(ready, chosen, workers=workers)


def violated(findings: Iterable[desk.Finding]) -> set[str]:
    """The numbers of the invariants that do not hold."""
    return {finding.id for finding in findings if finding.verdict is desk.Verdict.VIOLATED}
