"""`shop migrate`: bring the database to the newest form."""

import argparse
import asyncio

from app.commands.databases import settings
from app.runtime import migrations


def run(parsed: argparse.Namespace) -> int:
    revision = asyncio.run(migrations.migrate(settings(("DATABASE_URL",)).database_url))
    print(f"The database is at {revision}.")
    return 0
