"""How fast the back office answers on a big shop: every list, search and detail page, over real HTTP.

    python -m bench.backoffice [--products 100000] [--orders 500000] [--rounds 40] [PAGE …]

The rows are written by bulk SQL into a database of its own; names and addresses are encrypted and indexed as the shop
does it. A server is started as the product starts it, an owner is logged in, and 4 connections ask for each page at
once; the number of queries is counted in a second copy of the program. Areas add to `PAGES` and to `FILLS`.

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
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
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
from bench.scratch import BENCH, analyse, open_shop, scratch_database
from bench.search_speed import Times
from domains import accounts, catalog, inventory, orders
from domains.accounts import hash_password
from domains.kit import Address, Database, new_id
from domains.kit.crypto import Keyring, email_hash, keyring, use_keyring, word_hashes

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 4
MOST_QUERIES = 12
SLOWEST, SLOWEST_SEARCH = 0.100, 0.060
FARTHER = 1.5  # times that page 1,000 may take of page 1
PEOPLE = 20_000
KEYS = f"bench1:{base64.b64encode(hashlib.sha256(b'bench').digest()).decode()}"
_FIRST = ("Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Henry", "Ida", "Jonas", "Katja", "Liam", "Mara",
          "Noah", "Olga", "Paul", "Quinn", "Rosa", "Sven", "Tara", "Uwe", "Vera", "Willa", "Xenia", "Yusuf", "Zoe",
          "Anneli", "Björn", "Chloé", "Dmitri", "Elif", "Farid", "Grace", "Hana", "Igor", "Jana", "Kenji", "Lucía",
          "Mateo", "Nadia")  # fmt: skip
_LAST = ("Abel", "Brandt", "Castle", "Dahl", "Ellis", "Fischer", "Garcia", "Hansen", "Ivanov", "Jensen", "Keller",
         "Lopez", "Meyer", "Novak", "Olsen", "Peters", "Quist", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vogel", "Weber",
         "Xu", "Young", "Ziegler", "Adler", "Berg", "Clark", "Dupont", "Evans", "Fuchs", "Gruber", "Haas", "Iversen",
         "Janssen", "Krause", "Lang", "Maurer", "Nowak", "Ott", "Pavlov", "Reed", "Stone", "Thorne", "Urban", "Vance",
         "Winter", "York", "Zahn")  # fmt: skip
_PLACES = (("US", "Portland", "97201", "OR"), ("DE", "Hamburg", "20095", ""), ("FR", "Lyon", "69001", ""),
           ("GB", "Leeds", "LS1 1AA", ""))  # fmt: skip


class PageOf(msgspec.Struct, frozen=True):
    """A page to measure: its name, its address (asked anew for each shop), and how slow it may be."""

    name: str
    address: Callable[["Known"], str]
    slowest: float = SLOWEST


class Known(msgspec.Struct):
    """What addresses are made of: some of what the shop holds."""

    number: str = ""
    order_id: str = ""
    email: str = ""
    sku: str = ""
    product_id: str = ""
    account_id: str = ""
    page_1000: str = ""


# A page that is not there yet (404) is told and not measured. Add yours.
PAGES: list[PageOf] = [
    PageOf("overview", lambda known: "/staff"),
    PageOf("orders", lambda known: "/staff/orders"),
    PageOf("orders, page 1,000", lambda known: f"/staff/orders?after={known.page_1000}"),
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
    PageOf("order", lambda known: f"/staff/orders/{known.number}"),
    PageOf("fulfilment", lambda known: "/staff/fulfilment"),
    PageOf("returns", lambda known: "/staff/returns"),
    PageOf("refunds", lambda known: "/staff/refunds"),
    PageOf("products", lambda known: "/staff/products"),
    PageOf("find product", lambda known: "/staff/products?q=walnut+lamp"),
    PageOf("product", lambda known: f"/staff/products/{known.product_id}"),
    PageOf("categories", lambda known: "/staff/categories"),
    PageOf("audit log", lambda known: "/staff/audit"),
    PageOf("audit log, money", lambda known: "/staff/audit?money=yes"),
    PageOf("audit log of an order", lambda known: f"/staff/audit?q={known.number}"),
    PageOf("settings", lambda known: "/staff/settings"),
    PageOf("stock", lambda known: "/staff/stock"),
    PageOf("find stock by SKU", lambda known: f"/staff/stock?q={known.sku}"),
    PageOf("stock that is low", lambda known: "/staff/stock?state=low"),
    PageOf("stock ledger", lambda known: "/staff/stock/ledger"),
    PageOf("transfers", lambda known: "/staff/stock/transfers"),
    PageOf("purchase orders", lambda known: "/staff/stock/purchases"),
    PageOf("counts", lambda known: "/staff/stock/counts"),
    PageOf("imports", lambda known: "/staff/imports"),
    PageOf("customers", lambda known: "/staff/customers"),
    PageOf("find customer", lambda known: "/staff/customers?q=anna+fischer"),
    PageOf("customer", lambda known: f"/staff/customers/{known.account_id}"),
    PageOf("reviews", lambda known: "/staff/reviews"),
    PageOf("mails", lambda known: "/staff/mails"),
    PageOf("staff", lambda known: "/staff/people"),
    PageOf("audit log", lambda known: "/staff/audit"),
]

_PRODUCTS = """
WITH words AS (
    SELECT ARRAY['classic','modern','rustic','slim','grand','folding','woven','matte','bright','quiet'] AS manner,
           ARRAY['walnut','oak','linen','steel','cotton','leather','ceramic','glass','bamboo','wool'] AS material,
           ARRAY['lamp','chair','table','bowl','mug','rug','shelf','clock','basket','cushion','vase','mirror'] AS thing
), drawn AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id,
           initcap(concat_ws(' ', manner[1 + n * 7 % 10], material[1 + n / 10 % 10], thing[1 + n / 100 % 12]))
           || ' ' || n AS name
    FROM words, generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
), products AS (
    INSERT INTO catalog.products (id, sku, name, slug, category_id, published_at)
    SELECT id, 'GEN-' || n, name, 'gen-' || n, (CAST(:categories AS uuid[]))[1 + n % 40],
           CASE WHEN n % 50 > 0 THEN kit.now() - n * interval '1 minute' END FROM drawn
), variants AS (
    INSERT INTO catalog.variants (id, product_id, sku, is_default) SELECT id, id, 'GEN-' || n, true FROM drawn
), prices AS (
    INSERT INTO pricing.prices (id, variant_id, currency, amount, valid_from)
    SELECT gen_random_uuid(), id, 'USD', 500 + n * 37 % 20000, kit.now() - interval '100 days' FROM drawn
)
INSERT INTO inventory.stock_items (id, variant_id, warehouse_id, quantity_on_hand)
SELECT gen_random_uuid(), id, CAST(:warehouse AS uuid), n % 40 FROM drawn
"""
_ID = """CAST(lpad(to_hex(CAST(extract(epoch FROM at) * 1000 AS bigint)), 12, '0') || '7' || substr(md5({n}), 1, 3)
         || '8' || substr(md5({n}), 4, 15) AS uuid)"""
_ORDERS = f"""
WITH drawn AS MATERIALIZED (
    SELECT n, at, {_ID.format(n="'o' || n")} AS id, {_ID.format(n="'p' || n")} AS payment_id,
           1000 + (n * 7919 % 60) * 500 AS total, n % 97 AS fate, who.*
    FROM (SELECT n, kit.now() - (CAST(:orders AS int) - n) * (interval '2 years' / CAST(:orders AS int)) AS at
          FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n) AS numbered
    JOIN people who ON who.place = (n * 7907) % CAST(:people AS int)
), told AS MATERIALIZED (
    SELECT *, CASE WHEN fate < 2 THEN 'cancelled' WHEN n > CAST(:orders AS int) - 400 AND fate < 12 THEN 'pending'
                   WHEN n > CAST(:orders AS int) - 1500 THEN 'confirmed'
                   WHEN n > CAST(:orders AS int) - 4000 THEN 'shipped'
                   ELSE 'delivered' END AS status FROM drawn
), payments AS (
    INSERT INTO payments.payments (id, order_id, amount_cents, currency, method, status, captured_cents,
        refunded_cents, gateway_transaction_id, created_at, captured_at)
    SELECT payment_id, id, total, 'USD', 'credit_card',
           CASE WHEN status = 'cancelled' THEN 'cancelled' WHEN status = 'pending' THEN 'pending'
                WHEN fate = 3 THEN 'refunded' WHEN fate = 4 THEN 'partially_refunded' ELSE 'captured' END,
           CASE WHEN status IN ('cancelled', 'pending') THEN 0 ELSE total END,
           CASE WHEN status IN ('cancelled', 'pending') THEN 0 WHEN fate = 3 THEN total WHEN fate = 4 THEN 500
                ELSE 0 END,
           'pi_' || n, at, CASE WHEN status NOT IN ('cancelled', 'pending') THEN at END
    FROM told RETURNING id
), placed AS (
    INSERT INTO orders.orders (id, order_number, user_id, email, email_hash, status, subtotal_cents, total_cents,
        currency, prices_include_tax, shipping_address_snapshot, billing_address_snapshot, shipping_method, payment_id,
        tracking_number, cancel_reason, ship_country, name_words, created_at, updated_at, confirmed_at, shipped_at,
        delivered_at, cancelled_at)
    SELECT told.id, 'ORD-' || to_char(at, 'YYYYMMDD') || '-' || (
               SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', CAST((n >> shift) & 31 AS int) + 1, 1), ''
                                 ORDER BY shift DESC) FROM unnest(ARRAY[0, 5, 10, 15]) AS shift),
           account_id, email, email_hash, status, total, total, 'USD', false, shipping, billing, 'Standard', payment_id,
           CASE WHEN status IN ('shipped', 'delivered') THEN 'TRACK' || n END,
           CASE WHEN status = 'cancelled' THEN 'expired' END, country, words, at, at,
           CASE WHEN status NOT IN ('pending', 'cancelled') THEN at END,
           CASE WHEN status IN ('shipped', 'delivered') THEN at + interval '1 day' END,
           CASE WHEN status = 'delivered' THEN at + interval '3 days' END,
           CASE WHEN status = 'cancelled' THEN at + interval '1 hour' END
    FROM told RETURNING id
)
INSERT INTO orders.order_lines (id, order_id, position, product_id, variant_id, product_name_snapshot, sku_snapshot,
                                tax_class, unit_price_cents, quantity, line_total_cents)
SELECT gen_random_uuid(), told.id, part, v.id, v.id, p.name, p.sku, 'standard',
       total / 2, 1, total / 2
FROM told CROSS JOIN generate_series(1, 2) AS part
JOIN catalog.products p ON p.sku = 'GEN-' || (1 + (told.n * 31 + part * 17) % CAST(:products AS int))
JOIN catalog.variants v ON v.product_id = p.id
"""
_KNOWN = """
SELECT o.order_number AS number, o.id AS order_id, l.sku_snapshot AS sku, l.product_id, o.user_id
FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id AND l.position = 1
WHERE o.user_id IS NOT NULL AND o.status <> 'cancelled' ORDER BY o.created_at DESC LIMIT 1
"""
_PAGE_1000 = """
SELECT CAST(created_at AS text) AS at, CAST(id AS text) AS id FROM orders.orders
ORDER BY created_at DESC, id DESC OFFSET (SELECT least(49950, count(*) / 2) FROM orders.orders) LIMIT 1
"""

type Fill = Callable[[Database, int, int], Awaitable[None]]


async def fill_products(db: Database, products: int, _orders: int) -> None:
    """A shop with its products, each with one variant, a price and stock."""
    async with db.transaction(BENCH) as tx:
        await open_shop(tx)
        warehouse = (await inventory.warehouses(tx))[0].id
        categories = [await catalog.create_category(tx, name=f"Shelf {number}") for number in range(40)]
    for first in range(1, products + 1, 10_000):
        async with db.transaction(BENCH) as tx:
            await tx.sql(_PRODUCTS, {"first": first, "last": min(first + 9_999, products), "categories": categories,
                                     "warehouse": warehouse})  # fmt: skip


async def fill_people(db: Database, _products: int, wanted: int) -> None:
    """Customers whose names and addresses are encrypted, with the words they are found by, in a table to draw from."""
    ring = keyring()
    password = await hash_password("bench bench bench")
    people, customers, words = [], [], []
    for place in range(min(PEOPLE, wanted)):
        first, last = _FIRST[place % len(_FIRST)], _LAST[place // len(_FIRST) % len(_LAST)]
        country, city, code, state = _PLACES[place % len(_PLACES)]
        address = Address(f"{first} {last}", f"{place} Bench Street", city, code, country, state)
        email = f"buyer{place}@example.com"
        plain = msgspec.json.encode(address).decode()
        is_guest = place % 3 == 0
        account_id = new_id()
        found_by = orders.name_words((address,))
        people.append((
            place, None if is_guest else account_id, ring.encrypt(email, "orders.orders.email") if is_guest else None,
            email_hash(email) if is_guest else None, ring.encrypt(plain, "orders.orders.shipping_address_snapshot"),
            ring.encrypt(plain, "orders.orders.billing_address_snapshot"), country, found_by,
        ))  # fmt: skip
        if not is_guest:
            customers.append((
                account_id, ring.encrypt(email, "accounts.accounts.email"), email_hash(email), password,
                ring.encrypt(first, "accounts.accounts.first_name"), ring.encrypt(last, "accounts.accounts.last_name"),
                "customer",
            ))  # fmt: skip
            words += [(account_id, digest) for digest in word_hashes((email, first, last))]
    connection = await asyncpg.connect(db.url.replace("+asyncpg", ""))
    try:
        await connection.execute(
            "CREATE TABLE people (place int PRIMARY KEY, account_id uuid, email text, email_hash bytea, shipping text,"
            " billing text, country text, words bigint[])"
        )
        await connection.copy_records_to_table(
            "accounts", schema_name="accounts", records=customers,
            columns=["id", "email", "email_hash", "password_hash", "first_name", "last_name", "role"],
        )  # fmt: skip
        await connection.copy_records_to_table("account_words", schema_name="accounts", records=words)
        await connection.copy_records_to_table("people", records=people)
    finally:
        await connection.close()


async def fill_orders(db: Database, products: int, wanted: int) -> None:
    """Orders of two years, of two lines each, most of them delivered, the newest in every state."""
    for first in range(1, wanted + 1, 25_000):
        async with db.transaction(BENCH) as tx:
            await tx.sql("SET LOCAL statement_timeout = '300s'")
            # Past orders come as they are: the triggers would have each begin as a new one.
            await tx.sql("SET LOCAL session_replication_role = 'replica'")
            await tx.sql(_ORDERS, {"first": first, "last": min(first + 24_999, wanted), "orders": wanted,
                                   "products": products, "people": min(PEOPLE, wanted)})  # fmt: skip


# What the shop is filled with, in this order. An area whose rows its pages need adds a function of its own.
FILLS: list[Fill] = [fill_products, fill_people, fill_orders]


async def known(db: Database) -> Known:
    """Something of everything, to ask for."""
    async with db.transaction(BENCH) as tx:
        row = (await tx.sql(_KNOWN)).one()
        place = (await tx.sql(_PAGE_1000)).one()
        buyer = (await accounts.account(tx, row.user_id)).email
    word = base64.urlsafe_b64encode(msgspec.json.encode([place.at, place.id])).decode().rstrip("=")
    return Known(row.number, str(row.order_id), buyer, row.sku, str(row.product_id), str(row.user_id), word)


async def owner_token(db: Database) -> str:
    """The session of an owner whose second factor was passed."""
    password = await hash_password("bench bench bench")
    async with db.transaction(BENCH) as tx:
        made = await accounts.create_staff(
            tx, email="owner@example.com", role="owner", first_name="Olive", last_name="Owner",
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


async def queries_of(http: Browser, address: str) -> int:
    """How many statements a page sends to the database, the visitor's and the shell's among them."""
    db: Database = http.shop.litestar.state.db
    sent = 0

    def count(*_told: object) -> None:
        nonlocal sent
        sent += 1

    engine = db.bind.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        await http.get(address)
        sent = 0
        await http.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return sent


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


async def measure(products: int, wanted: int, rounds: int, names: Sequence[str]) -> int:
    """Print the table; returns how many bounds were broken."""
    use_keyring(Keyring.parse(KEYS))
    async with scratch_database() as db:
        for fill in FILLS:
            started = time.perf_counter()
            await fill(db, products, wanted)
            print(f"{fill.__name__}: {time.perf_counter() - started:.0f} s", flush=True)
        await analyse(db)
        told, token = await known(db), await owner_token(db)
        with tempfile.TemporaryDirectory(prefix="stoa-bench-") as folder, Valkey(Path(folder)) as valkey:
            home = Path(folder)
            async with served(db, valkey.url(), home) as (url, settings):
                return await _ask_all(url, settings, told, token, rounds, names)


async def _ask_all(url: str, settings: Settings, told: Known, token: str, rounds: int, names: Sequence[str]) -> int:
    broken = 0
    shop = Shop(settings)
    medians: dict[str, float] = {}
    print(f"{'':34}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}")
    async with shop.lifespan(), another_browser(shop) as counting, httpx.AsyncClient(base_url=url, timeout=60) as http:
        counting.cookies.set("session", token, domain="127.0.0.1")
        http.cookies.set("session", token, domain="127.0.0.1")
        for one in PAGES:
            if names and not any(re.search(name, one.name) for name in names):
                continue
            status, seconds = await ask(http, one.address(told), rounds)
            if status != 200:
                print(f"{one.name:34}{'answers ' + str(status):>25}")
                continue
            queries = await queries_of(counting, one.address(told))
            times = Times(one.name, seconds)
            medians[one.name] = statistics.median(seconds)
            wrong = [f"p95 over {one.slowest * 1000:.0f} ms"] if times.p95 > one.slowest else []
            wrong += [f"more than {MOST_QUERIES} queries"] if queries > MOST_QUERIES else []
            if one.name == "orders, page 1,000" and medians[one.name] > FARTHER * medians.get("orders", math.inf):
                wrong.append("slower than page 1")
            broken += len(wrong)
            print(f"{one.name:34}{1000 * medians[one.name]:8.1f}{1000 * times.p95:8.1f}{queries:9}"
                  f"  {'; '.join(wrong)}", flush=True)  # fmt: skip
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description="How fast the back office answers.")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("pages", nargs="*", help="only pages whose names hold one of these")
    parsed = parser.parse_args()
    return 1 if asyncio.run(measure(parsed.products, parsed.orders, parsed.rounds, parsed.pages)) else 0


if __name__ == "__main__":
    sys.exit(main())
