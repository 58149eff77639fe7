"""`shop reset-mfa`: let somebody who has lost his phone and his recovery codes set up his second step anew."""

import argparse
import asyncio

from app.commands.databases import database, settings
from app.commands.refusals import Refused
from app.runtime.settings import Settings
from domains import accounts
from domains.kit import Actor


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", help="the address of the account, such as owner@example.com")


def run(parsed: argparse.Namespace) -> int:
    asyncio.run(_reset(settings(("DATABASE_URL", "ENCRYPTION_KEYS")), parsed.email))
    print(
        f"The second step of {parsed.email} is reset and all its log-ins have ended."
        " The next log-in takes the password and sets the second step up anew."
    )
    return 0


async def _reset(chosen: Settings, email: str) -> None:
    async with database(chosen) as db, db.transaction(Actor.system("shop reset-mfa")) as tx:
        account_id = await accounts.find_account(tx, email)
        if account_id is None or not (await accounts.account(tx, account_id)).is_staff:
            raise Refused(f"Nobody who works here has the address {email}.")
        await accounts.reset_second_factor(tx, account_id)
