"""What the command bar finds of the shop's things: a few of each, fast, by words staff have at hand."""

import re
from collections.abc import Collection
from uuid import UUID

import msgspec

from domains.desk.orders import OrderRow, find_orders
from domains.kit import Transaction
from domains.kit.crypto import email_hash, keyring, word_hash
from domains.kit.listing import Asked

SHOWN = 5
_BREAK = re.compile(r"[\s@.,_+-]+")
_CUSTOMERS = """
SELECT a.id, a.first_name, a.last_name, a.email, a.account_status FROM accounts.accounts a
WHERE a.role = 'customer' AND {which} ORDER BY a.created_at DESC LIMIT :most
"""
_HAS_WORDS = """
a.id IN (SELECT account_id FROM accounts.account_words WHERE word_hash = ANY(CAST(:words AS bytea[]))
         GROUP BY account_id HAVING count(*) = :number LIMIT 200)
"""
# An SKU first, then names; the name's index finds the words wherever they stand.
_PRODUCTS = """
SELECT id, sku, name, slug, rank FROM (
    (SELECT p.id, v.sku, p.name, p.slug, 0 AS rank
     FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id
     WHERE v.sku = upper(:typed) OR v.sku = :typed LIMIT :most)
    UNION ALL
    (SELECT p.id, p.sku, p.name, p.slug, 1 AS rank FROM catalog.products p WHERE {named} LIMIT :most)
) AS found ORDER BY rank LIMIT :most
"""


class FoundCustomer(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    email: str


class FoundProduct(msgspec.Struct, frozen=True):
    """A product, or by the SKU of one of its variants."""

    id: UUID
    name: str
    sku: str
    slug: str


class Found(msgspec.Struct, frozen=True):
    """A few of each kind."""

    orders: tuple[OrderRow, ...] = ()
    customers: tuple[FoundCustomer, ...] = ()
    products: tuple[FoundProduct, ...] = ()


async def find(tx: Transaction, typed: str, kinds: Collection[str]) -> Found:
    """The orders, customers and products that `typed` may mean, of the `kinds` ("orders", …) that who asks may see.

    Orders as `find_orders`; customers by exact mail address or by the words of their names and addresses; products by
    SKU and by words of their names.
    """
    typed = typed.strip()[:100]
    if len(typed) < 2:
        return Found()
    asked = Asked(q=typed, sort="placed", descending=True, limit=SHOWN, is_counted=False)
    return Found(
        orders=(await find_orders(tx, asked)).rows if "orders" in kinds else (),
        customers=await _customers(tx, typed) if "customers" in kinds else (),
        products=await _products(tx, typed) if "products" in kinds else (),
    )


async def _customers(tx: Transaction, typed: str) -> tuple[FoundCustomer, ...]:
    if "@" in typed:
        rows = await tx.sql(_CUSTOMERS.format(which="a.email_hash = :mail"), {"mail": email_hash(typed), "most": SHOWN})
    else:
        words = list({word_hash(word) for word in _BREAK.split(typed) if word})
        if not words:
            return ()
        rows = await tx.sql(_CUSTOMERS.format(which=_HAS_WORDS), {"words": words, "number": len(words), "most": SHOWN})
    return tuple(
        FoundCustomer(row.id, f"{_open(row.first_name, 'first_name')} {_open(row.last_name, 'last_name')}".strip(),
                      _open(row.email, "email"))
        for row in rows
    )  # fmt: skip


def _open(sealed: str, column: str) -> str:
    return keyring().decrypt(sealed, f"accounts.accounts.{column}")


async def _products(tx: Transaction, typed: str) -> tuple[FoundProduct, ...]:
    statement, values = products_named(typed)
    rows = await tx.sql(statement, {**values, "most": SHOWN})
    found: dict[UUID, FoundProduct] = {}
    for row in rows:
        found.setdefault(row.id, FoundProduct(row.id, row.name, row.sku, row.slug))
    return tuple(found.values())


def products_named(typed: str) -> tuple[str, dict[str, str]]:
    """What finds products by SKU and by words of their names, the best `rank` first, and its values but `most`."""
    words = typed.split()[:6]
    named = " AND ".join(f"p.name ILIKE :word{number}" for number in range(len(words)))
    values = {f"word{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    return _PRODUCTS.format(named=named), {**values, "typed": typed}


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
