"""The `shop` command: each subcommand says in one line what it does, and refuses in one clear sentence."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
import msgspec
from sqlalchemy.exc import DBAPIError

from app.runtime import demo, migrations, opening
from app.runtime.databases import Kind, kind_of
from app.runtime.logging import configure_logging
from app.runtime.settings import FOR_A_SHOP, Settings, SettingsRefused, port_number
from app.sandbox import PortTaken, SandboxSettings, keys
from app.sandbox import serve as serve_sandbox
from app.seed import seed
from domains import desk, search, store
from domains.kit import Actor, Database, DomainError, Invalid
from domains.kit.crypto import Keyring, use_keyring
from workers import worker

SETTLING_SECONDS: Final = 5.0


class Refused(Exception):
    """The command cannot do what it is for; the message is one sentence for the person at the keyboard."""


class Command(msgspec.Struct, frozen=True):
    """One subcommand: `run` takes what was parsed and returns the exit code."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    add_options: Callable[[argparse.ArgumentParser], None] = lambda parser: None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; what is refused is said on standard error, without a traceback."""
    parser = argparse.ArgumentParser(prog="shop", description="Runs a shop: see `shop COMMAND --help` for options.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        command.add_options(sub)
        sub.set_defaults(run=command.run)
    parsed = parser.parse_args(arguments)
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
    except KeyboardInterrupt:
        return 130


def _settings(needs: Iterable[str], *, or_the_running_demo: bool = False) -> Settings:
    environment = dict(os.environ)
    if or_the_running_demo and not environment.get("DATABASE_URL"):
        running = demo.running_environment(environment)
        if running is not None:
            print("DATABASE_URL is not set; this is about the demo that is running.", file=sys.stderr)
            environment |= running
    return Settings.read(environment, needs=needs)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings, checked to be migrated."""
    if settings.encryption_keys:
        use_keyring(Keyring.parse(settings.encryption_keys))
    if await migrations.revision(settings.database_url) != migrations.newest():
        raise Refused("The database is not in the form that this program needs: run `shop migrate` first.")
    db = Database.connect(settings.database_url, pool_size=2, name="shop")
    try:
        yield db
    finally:
        await db.dispose()


async def _require_open_shop(settings: Settings) -> None:
    async with _database(settings) as db, db.transaction(Actor.system("start")) as tx:
        if not await store.is_set_up(tx):
            raise store.ShopNotSetUp


def _setup(parsed: argparse.Namespace) -> int:
    settings = _settings(("DATABASE_URL", "ENCRYPTION_KEYS"))
    answers = opening.gather(vars(parsed), input if sys.stdin.isatty() else None)
    if unanswered := opening.missing(answers):
        raise Refused(f"Setting up needs {', '.join(unanswered)}.")
    opening.details(answers)

    async def open_shop() -> opening.Opened:
        await migrations.migrate(settings.database_url)
        async with _database(settings) as db:
            return await opening.open_shop(db, answers, base_url=settings.base_url)

    opened = asyncio.run(open_shop())
    print(f"{opened.shop.name} is set up. {opened.owner} sets the owner's password here, within a week:\n{opened.link}")
    return 0


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remove", action="store_true", help="remove everything the demo has made, and do not start")


def _demo(parsed: argparse.Namespace) -> int:
    if parsed.remove:
        return demo.remove(os.environ)
    return demo.run(
        os.environ,
        {
            "STRIPE_SECRET_KEY": keys.SECRET_KEY,
            "STRIPE_PUBLISHABLE_KEY": keys.PUBLISHABLE_KEY,
            "STRIPE_WEBHOOK_SECRET": keys.WEBHOOK_SECRET,
        },
    )


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")


def _serve(parsed: argparse.Namespace) -> int:
    settings = _settings(FOR_A_SHOP)
    asyncio.run(_require_open_shop(settings))
    if not demo.is_free(settings.port, parsed.host):
        # the server would share the port with whoever has it, and half of the requests
        raise Refused(f"Port {settings.port} is taken; set PORT to a free one.")
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", parsed.host]
    command += ["--port", str(settings.port), "--workers", str(settings.web_workers), "--respawn-failed-workers"]
    # one open event stream would keep the server from ending for ever
    command += ["--workers-kill-timeout", "15", "--no-ws", "--log-level", "warning", "app.asgi:app"]
    os.execve(sys.executable, command, {**os.environ, **settings.environment()})  # noqa: S606 (that is the point)


def _work(parsed: argparse.Namespace) -> int:
    settings = _settings(FOR_A_SHOP)
    asyncio.run(_require_open_shop(settings))
    worker.run(settings)
    return 0


def _migrate(parsed: argparse.Namespace) -> int:
    revision = asyncio.run(migrations.migrate(_settings(("DATABASE_URL",)).database_url))
    print(f"The database is at {revision}.")
    return 0


def _seed(parsed: argparse.Namespace) -> int:
    settings = _settings(FOR_A_SHOP)
    configure_logging(settings.log_level, service="seed")

    async def fill() -> None:
        kind = await kind_of(settings.database_url)
        if kind is Kind.EMPTY:
            await migrations.migrate(settings.database_url, mark="demo")
        elif kind is not Kind.DEMO:
            raise Refused("The database is neither empty nor a demo's, and seeding would fill it with invented orders.")
        async with _database(settings) as db, db.transaction(Actor.system("seed")) as tx:
            if await store.is_set_up(tx):
                raise Refused("The database has the demo's data already.")
        await seed(settings)

    asyncio.run(fill())
    return 0


def _reindex(parsed: argparse.Namespace) -> int:
    settings = _settings(("DATABASE_URL", "ENCRYPTION_KEYS"), or_the_running_demo=True)
    return asyncio.run(_in_transaction(settings, "reindex", search.rebuild))


async def _in_transaction(settings: Settings, name: str, act: Callable[..., Awaitable[object]]) -> int:
    async with _database(settings) as db, db.transaction(Actor.system(name)) as tx:
        await act(tx)
    return 0


def _doctor_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--under-load", action="store_true", help="leave out what holds only when nothing is under way")


def _doctor(parsed: argparse.Namespace) -> int:
    settings = _settings(("DATABASE_URL", "ENCRYPTION_KEYS"), or_the_running_demo=True)
    findings = asyncio.run(_examine(settings, under_load=parsed.under_load))
    for finding in findings:
        print(finding)
    return 1 if _violated(findings) else 0


async def _examine(settings: Settings, *, under_load: bool) -> Sequence[desk.Finding]:
    """What the doctor finds; what may only be under way (a mail about to go) is looked at again before it counts."""
    settles = {invariant.id for invariant in desk.INVARIANTS if invariant.only_at_rest}
    async with _database(settings) as db:
        for again in (True, True, False):
            async with db.transaction(Actor.system("doctor"), snapshot=True) as tx:
                findings = await desk.examine(tx, quiet=not under_load)
            wrong = _violated(findings)
            if not again or not wrong or not wrong <= settles:
                break
            await asyncio.sleep(SETTLING_SECONDS)
    return findings


def _violated(findings: Iterable[desk.Finding]) -> set[str]:
    return {finding.id for finding in findings if finding.verdict is desk.Verdict.VIOLATED}


def _sandbox(parsed: argparse.Namespace) -> int:
    settings = _settings(())
    configure_logging(settings.log_level, service="sandbox")
    wanted = SandboxSettings(
        data_dir=settings.data_dir / "sandbox",
        webhook_url=f"{settings.base_url}/webhooks/stripe",
        port=port_number(os.environ, "SANDBOX_PORT", 8026),
        mail_port=port_number(os.environ, "MAIL_PORT", 8025),
        mail_smtp_port=port_number(os.environ, "MAIL_SMTP_PORT", 8027),
    )
    try:
        asyncio.run(serve_sandbox(wanted))
    except PortTaken as taken:
        raise Refused(str(taken)) from None
    return 0


COMMANDS: Final = (
    Command(
        "setup",
        "open the shop: its name, its money, its owner (asks what no option answers)",
        _setup,
        opening.add_options,
    ),
    Command("demo", "a whole shop with everything it needs, on this machine", _demo, _demo_options),
    Command("serve", "answer the shop's web addresses", _serve, _serve_options),
    Command("work", "deliver events, send mails, keep the schedule", _work),
    Command("migrate", "bring the database to the newest form", _migrate),
    Command("seed", "fill an empty database with the demo shop", _seed),
    Command("reindex", "build the search index anew", _reindex),
    Command("doctor", "prove every invariant of stock and money on the live database", _doctor, _doctor_options),
    Command("sandbox", "a gateway that speaks Stripe, and a catcher of mails, for trying things out", _sandbox),
)

if __name__ == "__main__":
    sys.exit(main())
