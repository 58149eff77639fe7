"""`shop work`: deliver events, send mails, keep the schedule."""

import argparse
import asyncio

from app.commands.databases import require_open_shop, settings
from app.runtime.settings import FOR_A_SHOP
from workers import worker


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(FOR_A_SHOP)
    asyncio.run(require_open_shop(chosen))
    worker.run(chosen)
    return 0
