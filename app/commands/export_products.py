"""`shop export-products FILE`: write the shop's goods as Shopify's product CSV, in the new dialect."""

import argparse
import asyncio
import sys
from pathlib import Path

from app.commands.databases import database, settings
from app.commands.refusals import Refused
from app.runtime.settings import Settings
from domains import transfer
from domains.kit import Actor

ACTOR = Actor.system("export")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write it; - writes to standard output")


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL",), or_the_running_demo=True)
    try:
        written = asyncio.run(_export(chosen, parsed.file))
    except OSError as error:
        raise Refused(f"The file {parsed.file} cannot be written: {error.strerror or error}.") from None
    print(f"{written} rows.", file=sys.stderr if parsed.file == "-" else sys.stdout)
    return 0


async def _export(chosen: Settings, file: str) -> int:
    async with database(chosen) as db:
        if file == "-":
            return await transfer.flows.export_to(db, sys.stdout, ACTOR, base_url=chosen.base_url)
        return await transfer.flows.export_file(db, Path(file), ACTOR, base_url=chosen.base_url)
