"""`shop take-bounce`: what a mail server pipes a returned mail into, so that its mail is shown as come back."""

import argparse
import asyncio
import os
import sys

import asyncpg
from sqlalchemy.exc import DBAPIError

from app.commands.databases import database, settings
from domains import notifications
from domains.kit import Actor

MOST_BYTES = 10_000_000  # of a report, which brings the mail along


def run(_parsed: argparse.Namespace) -> int:
    """0 for whatever was read: a mail server would answer a refusal with one more mail. 75 asks it to try again."""
    bounce = notifications.read_bounce(sys.stdin.buffer.read(MOST_BYTES))
    if bounce is None:
        print("This is no report about a mail of the shop; nothing was changed.")
        return 0
    try:
        is_known = asyncio.run(_take(bounce))
    except (ConnectionError, TimeoutError, asyncpg.PostgresError, DBAPIError) as error:
        print(f"The database does not answer: {type(error).__name__}. Try again later.", file=sys.stderr)
        return os.EX_TEMPFAIL
    print("The mail is marked as come back." if is_known else "The shop knows no such mail; nothing was changed.")
    return 0


async def _take(bounce: notifications.Bounce) -> bool:
    chosen = settings(("DATABASE_URL", "ENCRYPTION_KEYS"))
    async with database(chosen) as db, db.transaction(Actor.system("shop take-bounce")) as tx:
        return await notifications.take_bounce(tx, bounce)
