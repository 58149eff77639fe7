"""A big shop to measure in: products, customers, two years of orders and all that followed, by bulk SQL.

Names and addresses are encrypted and indexed as the shop does it. Areas whose pages need rows of their own add a
function to `FILLS`.
"""

from collections.abc import Awaitable, Callable

import asyncpg
import msgspec

from bench.after_sale import fill_stock_desk, fill_what_followed
from bench.books import fill_books
from bench.scratch import BENCH, in_bulk, open_shop
from domains import catalog, checkout, inventory, orders, search
from domains.accounts import hash_password
from domains.kit import Address, Database, new_id
from domains.kit.crypto import email_hash, keyring, word_hashes

PEOPLE = 20_000
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
          FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n) AS numbered
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
_IN_STOCK = """
SELECT v.id FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id AND p.is_active
JOIN inventory.stock_items s ON s.variant_id = v.id AND s.quantity_on_hand - s.quantity_reserved > 5
ORDER BY v.sku LIMIT 110
"""

type Fill = Callable[[Database, int, int], Awaitable[None]]


async def fill_products(db: Database, products: int, _orders: int) -> None:
    """A shop with its products, each with one variant, a price and stock."""
    async with db.transaction(BENCH) as tx:
        await open_shop(tx)
        warehouse = (await inventory.warehouses(tx))[0].id
        categories = [await catalog.create_category(tx, name=f"Shelf {number}") for number in range(40)]
    for first in range(1, products + 1, 10_000):
        values = {"first": first, "last": min(first + 9_999, products), "categories": categories}
        await in_bulk(db, _PRODUCTS, {**values, "warehouse": warehouse}, as_it_was=False)


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
        values = {"first": first, "last": min(first + 24_999, wanted), "orders": wanted, "products": products}
        await in_bulk(db, _ORDERS, {**values, "people": min(PEOPLE, wanted)})


async def fill_search(db: Database, _products: int, _orders: int) -> None:
    """What the search knows of the products, which the lists of staff ask for price and stock too."""
    async with db.transaction(BENCH) as tx:
        await tx.sql("SET LOCAL statement_timeout = '300s'")
        await search.rebuild(tx)


async def fill_drafts(db: Database, _products: int, _orders: int) -> None:
    """A hundred orders that staff are writing, of three lines each."""
    async with db.transaction(BENCH) as tx:
        variants = [row.id for row in await tx.sql(_IN_STOCK)]
        for number in range(100):
            draft = await checkout.begin_draft(tx, email=f"caller{number}@example.com")
            for variant in variants[number : number + 3]:
                await checkout.add_to_draft(tx, draft, variant, 1)


# What the shop is filled with, in this order. An area whose rows its pages need adds a function of its own.
FILLS: list[Fill] = [
    fill_products, fill_people, fill_orders, fill_what_followed, fill_stock_desk, fill_books, fill_search, fill_drafts,
]  # fmt: skip
