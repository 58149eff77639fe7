"""How fast the back office answers on a big shop: every list, search and detail page, over real HTTP.

    python -m bench.backoffice [--products 100000] [--orders 500000] [--rounds 40] [--on URL] [--plans] [PAGE …]

The rows are written by bulk SQL into a database of its own; see `bench.big_shop`. A server is started as the product
starts it, an owner is logged in, and 4 connections ask for each page at once; the number of queries, how long they and
the slowest of them take, and the page's own time of the processor are counted in a second copy of the program, the best
of three, which also prints its plan for `--plans`. Every page is found by its route (`bench.staff_pages`); searches and
filters stand in `PAGES`. `--on` keeps the shop: a database that is there is filled if it is empty, and measured.

Other work on the machine makes times longer; the load stands beside each, and page 1 of the orders is asked again
beside page 1,000, so that the two are compared in the same minute.

Bounds: p95 under 100 ms, search of orders p95 under 60 ms, at most 12 queries a page, page 1,000 within 1.5 times of
page 1.
"""

import argparse
import asyncio
import base64
import hashlib
import math
import os
import re
import secrets
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import asyncpg
import httpx
import msgspec
from sqlalchemy import event

from app.factory import Shop
from app.runtime import processes
from app.runtime.servers import Valkey
from app.runtime.settings import Settings
from app.web.testing import Browser, another_browser
from bench import staff_pages
from bench.big_shop import FILLS
from bench.scratch import BENCH, analyse, kept_database, scratch_database
from bench.search_speed import Times
from domains import accounts
from domains.accounts import hash_password
from domains.kit import Database
from domains.kit.crypto import Keyring, use_keyring

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 4
COUNTED = 3  # times that a page is asked alone, to count its queries
MOST_QUERIES = 12
SLOWEST, SLOWEST_SEARCH = 0.100, 0.060
SLOW_STATEMENT = 0.020
FARTHER = 1.5  # times that page 1,000 may take of page 1
FAR = "orders, page 1,000"
KEYS = f"bench1:{base64.b64encode(hashlib.sha256(b'bench').digest()).decode()}"


class PageOf(msgspec.Struct, frozen=True):
    """A page to measure: its name, its address (asked anew for each shop), and how slow it may be."""

    name: str
    address: Callable[["Known"], str]
    slowest: float = SLOWEST


class Known(msgspec.Struct):
    """What addresses are made of: some of what the shop holds."""

    number: str = ""
    email: str = ""
    sku: str = ""
    page_1000: str = ""


# Searches, filters and far pages; every page as such is found by its route. Add yours.
PAGES: list[PageOf] = [
    PageOf(FAR, lambda known: f"/staff/orders?after={known.page_1000}"),
    PageOf("orders by total", lambda known: "/staff/orders?sort=-total"),
    PageOf("orders of a state", lambda known: "/staff/orders?status=pending"),
    PageOf("orders refunded", lambda known: "/staff/orders?payment=refunded"),
    PageOf("orders of a week", lambda known: "/staff/orders?placed_from=2026-06-01&placed_to=2026-06-07"),
    PageOf("orders of a country and total", lambda known: "/staff/orders?country=DE&total_min=100&total_max=200"),
    PageOf("find order by number", lambda known: f"/staff/orders?q={known.number}", SLOWEST_SEARCH),
    PageOf("find order by end of number", lambda known: f"/staff/orders?q={known.number[-4:]}", SLOWEST_SEARCH),
    PageOf("find order by mail", lambda known: f"/staff/orders?{urlencode({'q': known.email})}", SLOWEST_SEARCH),
    PageOf("find order by name", lambda known: "/staff/orders?q=anna+fischer", SLOWEST_SEARCH),
    PageOf("find order by common name", lambda known: "/staff/orders?q=emma", SLOWEST_SEARCH),
    PageOf("find order by begun name", lambda known: "/staff/orders?q=schm", SLOWEST_SEARCH),
    PageOf("find order by SKU", lambda known: f"/staff/orders?q={known.sku}", SLOWEST_SEARCH),
    PageOf("command bar: name", lambda known: "/staff/search?q=anna"),
    PageOf("command bar: product", lambda known: "/staff/search?q=walnut+lamp"),
    PageOf("find product", lambda known: "/staff/products?q=walnut+lamp"),
    PageOf("audit log, money", lambda known: "/staff/audit?money=yes"),
    PageOf("audit log of an order", lambda known: f"/staff/audit?q={known.number}"),
    PageOf("find stock by SKU", lambda known: f"/staff/stock?q={known.sku}"),
    PageOf("stock that is low", lambda known: "/staff/stock?state=low"),
    PageOf("find customer", lambda known: "/staff/customers?q=anna+fischer"),
    PageOf("products by name", lambda known: "/staff/products?sort=name"),
    PageOf("products sold out", lambda known: "/staff/products?stock=out"),
    PageOf("drafts of products", lambda known: "/staff/products?state=draft"),
    PageOf("products of a price", lambda known: "/staff/products?price_min=20&price_max=30"),
    PageOf("shipments to pick", lambda known: "/staff/fulfilment?queue=pick"),
    PageOf("shipments sent", lambda known: "/staff/fulfilment?queue=sent"),
    PageOf("find shipment", lambda known: f"/staff/fulfilment?q={known.number}"),
    PageOf("returns to be refunded", lambda known: "/staff/returns?status=received"),
    PageOf("find return", lambda known: f"/staff/returns?q={known.number}"),
    PageOf("refunds of a sum", lambda known: "/staff/refunds?amount_min=100&sort=-amount"),
    PageOf("stock sold out", lambda known: "/staff/stock?state=out"),
    PageOf("stock ledger of sales", lambda known: "/staff/stock/ledger?reason=sale"),
    PageOf("find in stock ledger", lambda known: f"/staff/stock/ledger?q={known.sku}"),
    PageOf("customers suspended", lambda known: "/staff/customers?status=suspended"),
    PageOf("find customer by mail", lambda known: f"/staff/customers?{urlencode({'q': known.email})}"),
    PageOf("audit log of a kind", lambda known: "/staff/audit?action=order.noted"),
    PageOf("reviews to look at", lambda known: "/staff/reviews?state=pending"),
    PageOf("messages to answer", lambda known: "/staff/messages?state=open"),
    PageOf("mails that failed", lambda known: "/staff/mails?state=failed"),
]


_KNOWN = """
SELECT o.order_number AS number, l.sku_snapshot AS sku, o.user_id
FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id AND l.position = 1
WHERE o.user_id IS NOT NULL AND o.status <> 'cancelled' ORDER BY o.created_at DESC LIMIT 1
"""
_PAGE_1000 = """
SELECT CAST(created_at AS text) AS at, CAST(id AS text) AS id FROM orders.orders
ORDER BY created_at DESC, id DESC OFFSET (SELECT least(49950, count(*) / 2) FROM orders.orders) LIMIT 1
"""


async def known(db: Database) -> Known:
    """Something of everything, to ask for."""
    async with db.transaction(BENCH) as tx:
        row = (await tx.sql(_KNOWN)).one()
        place = (await tx.sql(_PAGE_1000)).one()
        buyer = (await accounts.account(tx, row.user_id)).email
    word = base64.urlsafe_b64encode(msgspec.json.encode([place.at, place.id])).decode().rstrip("=")
    return Known(row.number, buyer, row.sku, word)


def _always(address: str, _known: Known) -> str:
    return address


async def every_page(db: Database) -> tuple[list[PageOf], list[str]]:
    """Every page by its route, then the searches; and the routes of which this shop has nothing to show."""
    found, missing = [], []
    async with db.transaction(BENCH) as tx:
        for path in staff_pages.paths():
            query = staff_pages.query_of(path)
            row = (await tx.sql(query)).mappings().first() if query else None
            if query and row is None:
                missing.append(path)
            else:
                address = staff_pages.filled(path, {str(name): value for name, value in (row or {}).items()})
                found.append(PageOf(path.partition("/staff")[2] or "overview", partial(_always, address)))
    return [*found, *PAGES], missing


async def owner_token(db: Database) -> str:
    """The session of an owner whose second factor was passed."""
    password = await hash_password("bench bench bench")
    async with db.transaction(BENCH) as tx:
        made = await accounts.create_staff(
            tx, email=f"owner-{secrets.token_hex(4)}@example.com", role="owner", first_name="Olive", last_name="Owner",
            password_hash=password,
        )  # fmt: skip
        await accounts.enrol_app(tx, made.id, "JBSWY3DPEHPK3PXP")
        token = await accounts.open_session(tx, made.id, device="Bench")
        return await accounts.pass_second_factor(tx, token)


async def ask(http: httpx.AsyncClient, address: str, rounds: int) -> tuple[int, list[float]]:
    """The page, `rounds` times by `CONNECTIONS` at once; its status and the times."""
    first = await http.get(address)
    if first.status_code != 200:
        return first.status_code, []
    seconds: list[float] = []

    async def one_connection() -> None:
        for _round in range(rounds):
            started = time.perf_counter()
            answer = await http.get(address)
            seconds.append(time.perf_counter() - started)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"

    await asyncio.gather(*(one_connection() for _number in range(CONNECTIONS)))
    return 200, seconds


class Sent(msgspec.Struct):
    """What a page asked of the database: each statement with its values and how long it took, in seconds."""

    statements: list[tuple[str, Any, float]] = []
    processor: float = 0.0  # of the program, without the database

    @property
    def database(self) -> float:
        return sum(seconds for _statement, _values, seconds in self.statements)

    @property
    def slowest(self) -> float:
        return max((seconds for _statement, _values, seconds in self.statements), default=0.0)


async def queries_of(http: Browser, address: str) -> Sent:
    """What a page asks of the database, for the visitor and the shell too: the quickest of a few times."""
    await http.get(address)
    times = [await _queries_once(http, address) for _time in range(COUNTED)]
    best = min(times, key=lambda one: one.database)
    best.processor = min(one.processor for one in times)
    return best


async def _queries_once(http: Browser, address: str) -> Sent:
    db: Database = http.shop.litestar.state.db
    sent, begun = Sent(), 0.0

    def begin(*_told: object) -> None:
        nonlocal begun
        begun = time.perf_counter()

    def end(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        sent.statements.append((statement, values, time.perf_counter() - begun))

    engine = db.bind.sync_engine
    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    try:
        started = time.process_time()
        await http.get(address)
        sent.processor = time.process_time() - started
    finally:
        event.remove(engine, "before_cursor_execute", begin)
        event.remove(engine, "after_cursor_execute", end)
    return sent


async def plans_of(db_url: str, sent: Sent) -> AsyncIterator[str]:
    """The plans of the statements that took too long."""
    connection = await asyncpg.connect(db_url.replace("+asyncpg", ""))
    try:
        for statement, values, seconds in sent.statements:
            if seconds > SLOW_STATEMENT and isinstance(values, tuple):
                yield f"-- {seconds * 1000:.0f} ms\n{statement}\n-- {values!r}"
                rows = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", *values)
                yield "\n".join(row[0] for row in rows)
    finally:
        await connection.close()


@asynccontextmanager
async def served(db: Database, redis_url: str, home: Path) -> AsyncIterator[tuple[str, Settings]]:
    """The product's own server on this database; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "DATABASE_URL": db.url.replace("+asyncpg", ""), "REDIS_URL": redis_url, "DATA_DIR": str(home),
        "SECRET_KEY": secrets.token_hex(32), "ENCRYPTION_KEYS": KEYS, "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}", "WEB_WORKERS": "2", "LOG_LEVEL": "error",
    }  # fmt: skip
    server = processes.start(
        [sys.executable, "-m", "app.cli", "serve"], log=home / "serve.log", env={**os.environ, **environment}, cwd=ROOT
    )
    try:
        async with httpx.AsyncClient() as http:
            until = time.monotonic() + 90
            while True:
                try:
                    if (await http.get(f"http://127.0.0.1:{port}/health/ready")).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                if time.monotonic() > until:
                    raise RuntimeError((home / "serve.log").read_text())
                await asyncio.sleep(0.2)
        yield f"http://127.0.0.1:{port}", Settings.read(environment)
    finally:
        processes.end(server, patience=20)


async def measure(products: int, wanted: int, rounds: int, *, plans: bool, names: Sequence[str], kept: str = "") -> int:
    """Print the table; returns how many bounds were broken."""
    use_keyring(Keyring.parse(KEYS))
    async with kept_database(kept) if kept else scratch_database() as db:
        if not await is_filled(db):
            for fill in FILLS:
                started = time.perf_counter()
                await fill(db, products, wanted)
                print(f"{fill.__name__}: {time.perf_counter() - started:.0f} s", flush=True)
            await analyse(db)
        return await measure_shop(db, rounds, plans=plans, names=names)


async def is_filled(db: Database) -> bool:
    async with db.transaction(BENCH) as tx:
        return (await tx.sql("SELECT 1 FROM orders.orders LIMIT 1")).first() is not None


async def measure_shop(db: Database, rounds: int, *, plans: bool, names: Sequence[str]) -> int:
    """Print the table of a shop that is there; returns how many bounds were broken."""
    told, token = await known(db), await owner_token(db)
    pages, missing = await every_page(db)
    chosen = [page for page in pages if not names or any(re.search(name, page.name) for name in names)]
    broken, medians = 0, dict[str, float]()
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as folder, Valkey(Path(folder)) as valkey:
        async with (
            served(db, valkey.url(), Path(folder)) as (url, settings),
            running(settings, token) as counting,
            httpx.AsyncClient(base_url=url, timeout=60) as http,
        ):
            http.cookies.set("session", token, domain="127.0.0.1")
            print(f"{'':38}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'database':>9}{'slowest':>9}{'program':>9}  load")
            for one in chosen:
                status, seconds = await ask(http, one.address(told), rounds)
                if status != 200:
                    print(f"{one.name:38}{'answers ' + str(status):>25}")
                    continue
                if one.name == FAR:
                    medians["/orders"] = statistics.median((await ask(http, "/staff/orders", rounds))[1])
                sent = await queries_of(counting, one.address(told))
                medians[one.name] = statistics.median(seconds)
                wrong = _wrong(one, Times(one.name, seconds).p95, len(sent.statements), medians)
                broken += len(wrong)
                print(f"{one.name:38}{1000 * medians[one.name]:8.1f}{1000 * Times(one.name, seconds).p95:8.1f}"
                      f"{len(sent.statements):9}{1000 * sent.database:9.1f}{1000 * sent.slowest:9.1f}"
                      f"{1000 * sent.processor:9.1f}  {os.getloadavg()[0]:.0f}"
                      f"  {'; '.join(wrong)}", flush=True)  # fmt: skip
                if plans:
                    async for line in plans_of(db.url, sent):
                        print(line)
    print("\n".join(f"nothing to show on {path}" for path in missing))
    return broken


def _wrong(page: PageOf, p95: float, queries: int, medians: Mapping[str, float]) -> list[str]:
    """Which of its bounds a page broke."""
    wrong = [f"p95 over {page.slowest * 1000:.0f} ms"] if p95 > page.slowest else []
    wrong += [f"more than {MOST_QUERIES} queries"] if queries > MOST_QUERIES else []
    if page.name == FAR and medians[page.name] > FARTHER * medians.get("/orders", math.inf):
        wrong.append("slower than page 1")
    return wrong


@asynccontextmanager
async def running(settings: Settings, token: str) -> AsyncIterator[Browser]:
    """A second copy of the program, in this process, with the owner logged in."""
    shop = Shop(settings)
    async with shop.lifespan(), another_browser(shop) as http:
        http.cookies.set("session", token, domain="127.0.0.1")
        yield http


def main() -> int:
    parser = argparse.ArgumentParser(description="How fast the back office answers.")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--on", default="", metavar="URL", help="a database of its own to fill once and to keep")
    parser.add_argument("--plans", action="store_true", help="print the plan of each statement above 20 ms")
    parser.add_argument("pages", nargs="*", help="only pages whose names hold one of these")
    asked = parser.parse_args()
    broken = asyncio.run(
        measure(asked.products, asked.orders, asked.rounds, plans=asked.plans, names=asked.pages, kept=asked.on)
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
