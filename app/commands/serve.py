"""`shop serve`: answer the shop's web addresses."""

import argparse
import asyncio
import os
import sys

from app.commands.databases import require_open_shop, settings
from app.commands.refusals import Refused
from app.runtime.ports import is_free
from app.runtime.settings import FOR_A_SHOP


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(FOR_A_SHOP)
    asyncio.run(require_open_shop(chosen))
    if not is_free(chosen.port, parsed.host):
        # the server would share the port with whoever has it, and half of the requests
        raise Refused(f"Port {chosen.port} is taken; set PORT to a free one.")
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", parsed.host]
    command += ["--port", str(chosen.port), "--workers", str(chosen.web_workers), "--respawn-failed-workers"]
    # one open event stream would keep the server from ending for ever
    command += ["--workers-kill-timeout", "15", "--no-ws", "--log-level", "warning", "app.asgi:app"]
    os.execve(sys.executable, command, {**os.environ, **chosen.environment()})  # noqa: S606 (that is the point)
