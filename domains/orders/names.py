"""By what staff find an order though its addresses are encrypted: the country, and keyed hashes of the names."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from domains.kit import Address, Transaction
from domains.kit.crypto import fold, keyring, word_hash, word_hashes

_BREAK = re.compile(r"[\s@.,_+-]+")
_SNAPSHOT = "orders.orders.shipping_address_snapshot"
_UNINDEXED = """
SELECT id, shipping_address_snapshot AS shipping, billing_address_snapshot AS billing FROM orders.orders
WHERE name_words IS NULL ORDER BY id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED
"""
_REMEMBER = """
UPDATE orders.orders o SET name_words = told.words, ship_country = told.country
FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS told (id uuid, words bigint[], country text) WHERE o.id = told.id
"""


def name_words(addresses: Iterable[Address]) -> list[int]:
    """Hashes of the words of the names and companies, and of their beginnings of three letters and more."""
    texts = [text for address in addresses for text in (address.name, address.company) if text]
    return sorted({_number(digest) for digest in word_hashes(texts)})


def words_to_find(text: str) -> list[int]:
    """The hashes of what was typed: an order fits that has all of them."""
    return [_number(word_hash(word)) for word in _BREAK.split(fold(text)) if word]


def recipient_of(sealed: str) -> str:
    """The name in an encrypted shipping address, for lists that read many."""
    return str(_opened(sealed, _SNAPSHOT).get("name", ""))


async def index_names(tx: Transaction, *, limit: int = 500) -> int:
    """Make orders of earlier releases findable by name and country; returns how many. Work for the worker."""
    rows = (await tx.sql(_UNINDEXED, {"limit": limit})).all()
    told = []
    for row in rows:
        shipping = msgspec.convert(_opened(row.shipping, _SNAPSHOT), Address)
        billing = msgspec.convert(_opened(row.billing, _SNAPSHOT.replace("shipping", "billing")), Address)
        told.append({"id": row.id, "words": name_words((shipping, billing)), "country": shipping.country})
    if told:
        await tx.sql(_REMEMBER, {"told": msgspec.json.encode(told).decode()})
    return len(rows)


def _opened(sealed: str, context: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(keyring().decrypt(sealed, context))
    return found


def _number(digest: bytes) -> int:
    """Eight bytes of the hash as PostgreSQL's bigint: enough to tell words apart, and a small index."""
    return int.from_bytes(digest[:8], "big", signed=True)
