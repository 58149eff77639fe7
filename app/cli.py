"""The `shop` command: each subcommand says in one line what it does, and refuses in one clear sentence."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError

from app.commands.refusals import Refused
from app.runtime.settings import SettingsRefused
from domains.kit.errors import DomainError, Invalid

# Each is a module of app.commands, imported when it is asked for.
COMMANDS: Final = {
    "setup": "open the shop; asks for its name, money and owner, or takes options",
    "demo": "a whole shop with everything it needs, on this machine",
    "serve": "answer the shop's web addresses",
    "work": "deliver events, send mails, keep the schedule",
    "migrate": "bring the database to the newest form",
    "seed": "fill an empty database with the demo shop",
    "import-products": "bring in goods from Shopify's product CSV: all of a file, or nothing of it",
    "export-products": "write all goods as Shopify's product CSV",
    "reindex": "build the search index anew",
    "take-bounce": "read a report of a mail that did not arrive from standard input; for the mail server to call",
    "reset-mfa": "let somebody who lost phone and recovery codes set up his second step anew",
    "doctor": "prove every invariant of stock and money on the live database",
    "sandbox": "a gateway that speaks Stripe, and a catcher of mails, for trying things out",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; what is refused is said on standard error, without a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="shop", description="Runs a shop: see `shop COMMAND --help` for options.")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for name, told in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=told, description=told)
        if given[:1] == [name]:
            command = importlib.import_module(f"app.commands.{name.replace('-', '_')}")
            if hasattr(command, "add_options"):
                command.add_options(subparser)
            subparser.set_defaults(run=command.run)
    parsed = parser.parse_args(given)
    try:
        return int(parsed.run(parsed))
    except (Refused, SettingsRefused) as refused:
        print(refused, file=sys.stderr)
        return 2
    except Invalid as refused:
        for field, problem in refused.fields.items():
            print(f"{field.replace('_', ' ')}: {problem}", file=sys.stderr)
        return 2
    except DomainError as refused:
        print(" ".join(filter(None, (refused.title, refused.hint))), file=sys.stderr)
        return 2
    except (ConnectionError, TimeoutError, asyncpg.PostgresError, DBAPIError) as error:
        first = str(getattr(error, "orig", error)).splitlines() or [type(error).__name__]
        print(f"The database of DATABASE_URL does not answer as it should: {first[0]}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
