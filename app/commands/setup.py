"""`shop setup`: open the shop."""

import argparse
import asyncio
import sys

from app.commands.databases import database, settings
from app.commands.refusals import Refused
from app.runtime import migrations, opening

add_options = opening.add_options


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL", "ENCRYPTION_KEYS"))
    answers = opening.gather(vars(parsed), input if sys.stdin.isatty() else None)
    if unanswered := opening.missing(answers):
        raise Refused(f"Setting up needs {', '.join(unanswered)}.")
    opening.details(answers)  # a mistake is said before anything is written

    async def open_shop() -> opening.Opened:
        await migrations.migrate(chosen.database_url)
        async with database(chosen) as db:
            return await opening.open_shop(db, answers, base_url=chosen.base_url)

    opened = asyncio.run(open_shop())
    print(f"{opened.shop.name} is set up. {opened.owner} sets the owner's password here, within a week:\n{opened.link}")
    print("The shop's pages have default texts that promise things in your name: read them before you open.")
    return 0
