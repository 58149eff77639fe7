"""A whole shop on free ports for journeys and pictures: gateway sandbox, mail catcher, worker and web server.

Every part is a process of its own, started as the product starts it; only the databases are the tests' own.
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.runtime import processes, shared_servers
from app.runtime.servers import Valkey
from app.runtime.settings import Settings
from app.runtime.shared_servers import SharedPostgres
from app.sandbox import keys
from domains import catalog, inventory, pricing
from domains.desk.testing import assert_sound
from domains.kit import Actor, Database, Transaction
from workers.context import open_context
from workers.schedule import BY_NAME

ROOT = Path(__file__).resolve().parent.parent
_IS_JSON = re.compile(r"^\{").match
_IS_OF_CIRCUIT = re.compile(r'"event":"gateway\.circuit_').search
GIVEN_UP = 10.0  # seconds, the rest of `CircuitBreaker`
STAFF = Actor.system("staff of the journeys")


class Stage:
    """The running shop. `url` is the shop, `sandbox_url` the gateway, `mail_url` the mail catcher."""

    def __init__(self, database_url: str, redis_url: str, media: Path, home: Path, environment: dict[str, str]) -> None:
        web, gateway, mail, smtp = _free_ports(4)
        self.url = f"http://127.0.0.1:{web}"
        self.sandbox_url = f"http://127.0.0.1:{gateway}"
        self.mail_url = f"http://127.0.0.1:{mail}"
        self.database_url = database_url.replace("+asyncpg", "")
        self._home = home
        self._started: list[processes.Process] = []
        self._environment = {
            **environment,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": redis_url,
            "DATA_DIR": str(home),
            "MEDIA_URL": media.as_uri(),
            "PORT": str(web),
            "BASE_URL": self.url,
            "WEB_WORKERS": "1",
            "SANDBOX_PORT": str(gateway),
            "MAIL_PORT": str(mail),
            "MAIL_SMTP_PORT": str(smtp),
            "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
            "STRIPE_SECRET_KEY": keys.SECRET_KEY,
            "STRIPE_PUBLISHABLE_KEY": keys.PUBLISHABLE_KEY,
            "STRIPE_WEBHOOK_SECRET": keys.WEBHOOK_SECRET,
            "STRIPE_API_BASE": self.sandbox_url,
            "STRIPE_JS_URL": f"{self.sandbox_url}/v3/",
            # Every browser of the tests comes from one address; each test poses as a house of its own.
            "TRUSTED_PROXIES": "127.0.0.1/32",
            "FETCH_ALLOWED": "127.0.0.1/32",
            "LOG_LEVEL": "info",
        }
        self.settings = Settings.read(self._environment)

    def start(self) -> None:
        """Start everything and wait until the shop can serve."""
        for command in ("sandbox", "work", "serve"):
            self._started.append(
                processes.start(
                    [sys.executable, "-m", "app.cli", command],
                    log=self._home / f"{command}.log",
                    env=self._environment,
                    cwd=ROOT,
                )
            )
        until = time.monotonic() + 300
        for url in (f"{self.sandbox_url}/health", f"{self.url}/health/ready"):
            while not _answers(url):
                if time.monotonic() > until or any(process.poll() is not None for process in self._started):
                    raise RuntimeError(f"the shop did not start:\n{self.logs()}")
                time.sleep(0.1)

    def stop(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._started:
            processes.end(process, patience=20)

    def command(self, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """Run a subcommand of `shop` on this shop, as its merchant would, with some of its environment `changed`."""
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            env={**self._environment, **changed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def logs(self) -> str:
        """The last words of every process."""
        return "\n".join(
            f"--- {log.name}\n{''.join(log.read_text(errors='replace').splitlines(keepends=True)[-15:])}"
            for log in sorted(self._home.glob("*.log"))
        )

    def mails(self) -> list[dict[str, Any]]:
        """Every mail so far."""
        return list(_json(f"{self.mail_url}/messages.json"))

    def mail(self, to: str, *, about: str, within: float = 60) -> dict[str, Any]:
        """The one mail to an address that speaks of something; waits for it. A second one is a mistake."""
        until = time.monotonic() + within
        while True:
            found = [mail for mail in self.mails() if to in mail["to"] and about in mail["subject"] + mail["text"]]
            if found or time.monotonic() > until:
                assert len(found) == 1, f"{len(found)} mails to {to} about {about}; logs:\n{self.logs()}"
                return dict(found[0])
            time.sleep(0.1)

    def until(self, what: str, holds: Callable[[], object], *, within: float = 60) -> None:
        """Wait until something holds that no page shows."""
        until = time.monotonic() + within
        while not holds():
            assert time.monotonic() < until, f"still not so: {what}; logs:\n{self.logs()}"
            time.sleep(0.1)

    def told(self, process: str, trace: str) -> list[dict[str, Any]]:
        """The lines of a process's log under one trace."""
        lines = (self._home / f"{process}.log").read_text().splitlines()
        return [line for line in map(json.loads, filter(_IS_JSON, lines)) if line.get("trace_id") == trace]

    def fault(self, *, on: str | None = None, **kinds: object) -> None:
        """Break something at the gateway, see the sandbox's faults."""
        _json(f"{self.sandbox_url}/_sandbox/faults", {**kinds, **({"for": on} if on else {})})

    def mend(self) -> None:
        """End all that was broken at the gateway."""
        urllib.request.urlopen(  # noqa: S310 (an address of our own)
            urllib.request.Request(f"{self.sandbox_url}/_sandbox/faults", method="DELETE"),  # noqa: S310
            timeout=10,
        )

    def rest(self) -> None:
        """Wait until the shop asks the gateway again: who saw it fail often gives it up for a while.

        The worker does so for itself and comes back to whatever it could not do, so that nobody has to wait for it.
        """

        def is_asked() -> bool:
            told = [*filter(_IS_OF_CIRCUIT, (self._home / "serve.log").read_text(errors="replace").splitlines())]
            return not told or "circuit_opened" not in told[-1] or time.time() >= _moment(told[-1]) + GIVEN_UP

        self.until("the gateway is asked again", is_asked)

    def operate[T](self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do something in the shop by its own operations, as its staff would."""

        async def do() -> T:
            db = Database.connect(self.settings.database_url, pool_size=1)
            try:
                async with db.transaction(STAFF) as tx:
                    return await work(tx)
            finally:
                await db.dispose()

        return run(do())

    def work(self, name: str) -> None:
        """Let a task of the worker's schedule be done now, and not when its time has come."""

        async def do() -> None:
            async with open_context(self.settings) as context:
                await BY_NAME[name].task(context)

        run(do())

    def available(self, sku: str) -> int:
        """How many of a variant can be bought."""

        async def ask(tx: Transaction) -> int:
            variant_id = await _variant(tx, sku)
            return (await inventory.availability(tx, [variant_id]))[variant_id].available

        return self.operate(ask)

    def leave(self, sku: str, quantity: int) -> None:
        """Let a count of the shelves find no more of a variant than this."""

        async def count(tx: Transaction) -> None:
            variant_id = await _variant(tx, sku)
            surplus = (await inventory.availability(tx, [variant_id]))[variant_id].available - quantity
            for level in await inventory.levels(tx, [variant_id]):
                change = min(surplus, level.quantity_on_hand - level.quantity_reserved)
                surplus -= change
                if change:
                    await inventory.adjust(
                        tx,
                        variant_id=variant_id,
                        warehouse_id=level.warehouse_id,
                        change=-change,
                        reason=inventory.Reason.COUNT,
                    )

        self.operate(count)

    def restock(self, sku: str, quantity: int) -> None:
        """Let a delivery bring so many of a variant."""

        async def unpack(tx: Transaction) -> None:
            variant_id = await _variant(tx, sku)
            level = (await inventory.levels(tx, [variant_id]))[0]
            await inventory.receive(tx, variant_id=variant_id, warehouse_id=level.warehouse_id, quantity=quantity)

        self.operate(unpack)

    def reprice(self, sku: str, amount: int) -> None:
        """Let a variant cost something else from now on."""

        async def change(tx: Transaction) -> None:
            await pricing.set_price(tx, await _variant(tx, sku), amount)

        self.operate(change)

    def examine(self) -> None:
        """Raises `AssertionError` if an invariant of the shop does not hold."""

        async def ask() -> None:
            db = Database.connect(self.settings.database_url, pool_size=1)
            try:
                await assert_sound(db)
            finally:
                await db.dispose()

        run(ask())

    def wait_in_its_time(self, *, seconds: int) -> None:
        """Let the shop's clock go on by so much: all its deadlines are told by the database."""
        self.sql("UPDATE kit.environment SET clock_offset = clock_offset + make_interval(secs => $1)", float(seconds))

    def sql(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        """Ask or change the shop's database, as somebody who knows it could."""

        async def ask() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self.database_url)
            try:
                rows: list[asyncpg.Record] = await connection.fetch(statement, *arguments)
                return rows
            finally:
                await connection.close()

        return run(ask())


def _moment(line: str) -> float:
    """When a line was written to a log."""
    return datetime.fromisoformat(json.loads(line)["timestamp"]).timestamp()


async def _variant(tx: Transaction, sku: str) -> UUID:
    found = await catalog.variant_by_sku(tx, sku)
    assert found is not None, sku
    return found.variant_id


def run[T](work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine beside Playwright, which has the thread's own event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@contextmanager
def on_stage(postgres: SharedPostgres, home: Path, *, width: int, orders: int = 0) -> Iterator[Stage]:
    """The demo shop, running within the block on a database and a Valkey of its own.

    Its pictures are `width` pixels wide, and `orders` were placed in it before.
    """
    environment = _inherited()
    kind = f"{width}x{orders}" if orders else f"{width}"
    media, past = shared_servers.HOME / f"media-{width}", shared_servers.HOME / f"past-{kind}"
    template = run(postgres.template(f"shop{kind}", _made_from(), _filler(media, past, environment, width, orders)))
    database = run(postgres.clone(template))
    if (past / "sandbox").exists():  # what the gateway knows of the past
        shutil.copytree(past / "sandbox", home / "sandbox")
    try:
        # Two shops on one Valkey would take each other's jobs and pages.
        with Valkey(home) as valkey:
            stage = Stage(database, valkey.url(), media, home, environment)
            try:
                stage.start()
                yield stage
            finally:
                stage.stop()
    finally:
        run(postgres.drop(database))


@contextmanager
def on_empty_stage(postgres: SharedPostgres, migrated: str, home: Path) -> Iterator[Stage]:
    """A machine on which nothing was set up yet, with a Valkey of its own; what it runs is started by `start`."""
    database = run(postgres.clone(migrated))
    (home / "media").mkdir()
    try:
        with Valkey(home) as valkey:
            stage = Stage(database, valkey.url(), home / "media", home, _inherited())
            try:
                yield stage
            finally:
                stage.stop()
    finally:
        run(postgres.drop(database))


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("STRIPE_", "PYTEST"))}


def _made_from() -> str:
    """Changes with whatever makes the demo's data."""
    sources = [path for folder in ("migrations", "app/seed", "domains") for path in (ROOT / folder).rglob("*.py")]
    return " ".join(f"{path.name}{path.stat().st_mtime_ns}" for path in sorted(sources) if "tests" not in path.parts)


def _filler(media: Path, past: Path, environment: Mapping[str, str], width: int, orders: int) -> Callable[[str], None]:
    """What fills a template database with the demo shop, its pictures `width` pixels wide, with a past of `orders`."""

    def fill(url: str) -> None:
        media.mkdir(parents=True, exist_ok=True)
        past.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(past / "sandbox", ignore_errors=True)
        log = past / "filling.log"
        process = processes.start(
            [sys.executable, "-m", "e2e.filling", str(width), str(orders)],
            log=log,
            env={
                **environment,
                "DATABASE_URL": url.replace("+asyncpg", ""),
                "MEDIA_URL": media.as_uri(),
                "DATA_DIR": str(past),
            },
            cwd=ROOT,
        )
        if process.wait():
            raise RuntimeError(f"the demo shop could not be made:\n{log.read_text()}")

    return fill


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _port in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (an address of our own)
            return bool(answer.status == 200)
    except OSError:
        return False


def _json(url: str, body: object | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 (an address of our own)
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        text = answer.read()
    return json.loads(text) if text else None
