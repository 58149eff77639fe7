"""What the sandbox remembers, in one SQLite file: objects, idempotency keys, webhook deliveries.

The server changes it only between two awaits, so requests never see each other half done; each request's changes are
one transaction, so a killed sandbox has whole payments only.
"""

import hashlib
import hmac
import secrets
import sqlite3
import string
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from app.sandbox.stripe_server.errors import Body

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_newest ON objects (kind, created, seq);
CREATE INDEX IF NOT EXISTS objects_of_intent ON objects (json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS objects_of_payment ON objects (json_extract(body, '$.metadata.payment_id'));
CREATE TABLE IF NOT EXISTS keys (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    request_id TEXT NOT NULL, created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'due', answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

_LETTERS = string.ascii_letters + string.digits
_KEY_LIFE = 24 * 3600


def new_id(prefix: str) -> str:
    """An id as Stripe makes them: `pi_3…`, 24 letters and digits."""
    return f"{prefix}_" + "".join(secrets.choice(_LETTERS) for _ in range(24))


class Remembered(msgspec.Struct, frozen=True):
    """The stored answer of an idempotency key."""

    fingerprint: str
    status: int
    body: bytes
    request_id: str


class Delivery(msgspec.Struct, frozen=True):
    """One event on its way to the shop's webhook."""

    id: int
    event_id: str
    tries: int


class Store:
    """Open the file, making it if needed. `path` may be ":memory:"."""

    def __init__(self, path: Path | str) -> None:
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing by this, only a power cut would: fair for a demo, and many times quicker.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_SCHEMA)
        self._secret = self._setting("secret", secrets.token_hex(32)).encode()
        self.offset = int(self._setting("offset", "0"))

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything inside is saved at its end, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def now(self) -> int:
        """The sandbox's time, which a seed may set into the past."""
        return int(time.time()) + self.offset

    def move_clock(self, offset: int) -> None:
        self.offset = offset
        self._db.execute("INSERT OR REPLACE INTO settings VALUES ('offset', ?)", (str(offset),))

    def digest(self, data: bytes) -> str:
        """A fingerprint that means nothing outside this file."""
        return hmac.new(self._secret, data, hashlib.sha256).hexdigest()

    def put(self, body: Body) -> Body:
        """Save an object under its id, new or changed."""
        self._db.execute(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (body["id"], body["object"], body["created"], msgspec.json.encode(body).decode()),
        )
        return body

    def get(self, kind: str, id_: str) -> Body | None:
        row = self._db.execute("SELECT body FROM objects WHERE id = ? AND kind = ?", (id_, kind)).fetchone()
        return None if row is None else _load(row[0])

    def find(
        self,
        kind: str,
        *,
        equal: Mapping[str, str] | None = None,
        created: Mapping[str, int] | None = None,
        types: Sequence[str] = (),
        after: str | None = None,
        before: str | None = None,
        limit: int = 100,
    ) -> list[Body]:
        """Newest first. `equal` maps a path inside the object to its value, `created` is gt, gte, lt, lte."""
        where, values = ["kind = ?"], [kind]
        clauses: list[Any] = values
        for path, value in (equal or {}).items():
            where.append(f"json_extract(body, '$.{_path(path)}') = ?")
            clauses.append(value)
        for word, bound in (created or {}).items():
            where.append(f"created {_COMPARE[word]} ?")
            clauses.append(bound)
        if types:
            # An entry may end in a star, as `charge.*`.
            where.append("(" + " OR ".join("json_extract(body, '$.type') GLOB ?" for _ in types) + ")")
            clauses.extend(types)
        order = "DESC"
        if after is not None:
            where.append("(created, seq) < (SELECT created, seq FROM objects WHERE id = ?)")
            clauses.append(after)
        elif before is not None:
            where.append("(created, seq) > (SELECT created, seq FROM objects WHERE id = ?)")
            clauses.append(before)
            order = "ASC"
        rows = self._db.execute(
            f"SELECT body FROM objects WHERE {' AND '.join(where)} ORDER BY created {order}, seq {order} LIMIT ?",
            (*clauses, limit),
        ).fetchall()
        found = [_load(row[0]) for row in rows]
        return found[::-1] if order == "ASC" else found

    def count(self, kind: str) -> int:
        return int(self._db.execute("SELECT count(*) FROM objects WHERE kind = ?", (kind,)).fetchone()[0])

    def remembered(self, key: str) -> Remembered | None:
        self._db.execute("DELETE FROM keys WHERE created < ?", (time.time() - _KEY_LIFE,))
        row = self._db.execute(
            "SELECT fingerprint, status, body, request_id FROM keys WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else Remembered(row[0], row[1], row[2].encode(), row[3])

    def remember(self, key: str, answer: Remembered) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO keys VALUES (?, ?, ?, ?, ?, ?)",
            (key, answer.fingerprint, answer.status, answer.body.decode(), answer.request_id, time.time()),
        )

    def forget_keys(self) -> None:
        self._db.execute("DELETE FROM keys")

    def queue(self, event_id: str, due: float, state: str = "due") -> None:
        self._db.execute("INSERT INTO deliveries (event_id, due, state) VALUES (?, ?, ?)", (event_id, due, state))

    def due(self, limit: int) -> list[Delivery]:
        """What is to be sent by now, oldest first."""
        rows = self._db.execute(
            "SELECT id, event_id, tries FROM deliveries WHERE state = 'due' AND due <= ? ORDER BY due, id LIMIT ?",
            (time.time(), limit),
        ).fetchall()
        return [Delivery(*row) for row in rows]

    def due_together(self) -> list[Delivery]:
        """All that waits, newest first, once the last of it is due; before that, nothing."""
        rows = self._db.execute(
            "SELECT id, event_id, tries FROM deliveries WHERE state = 'due'"
            " AND (SELECT max(due) FROM deliveries WHERE state = 'due') <= ? ORDER BY id DESC",
            (time.time(),),
        ).fetchall()
        return [Delivery(*row) for row in rows]

    def next_due(self) -> float | None:
        row = self._db.execute("SELECT min(due) FROM deliveries WHERE state = 'due'").fetchone()
        return None if row[0] is None else float(row[0])

    def delivered(self, delivery: int, answer: str) -> None:
        self._db.execute(
            "UPDATE deliveries SET state = 'done', tries = tries + 1, answer = ? WHERE id = ?", (answer, delivery)
        )

    def undelivered(self, delivery: int, answer: str, again_at: float | None) -> None:
        """`again_at` None gives it up."""
        self._db.execute(
            "UPDATE deliveries SET state = ?, tries = tries + 1, answer = ?, due = ? WHERE id = ?",
            ("due" if again_at else "given_up", answer, again_at or 0, delivery),
        )

    def release(self) -> None:
        """What lay in flight when the sandbox was stopped is due again."""
        self._db.execute("UPDATE deliveries SET state = 'due' WHERE state = 'sending'")

    def sending(self, delivery: int) -> None:
        self._db.execute("UPDATE deliveries SET state = 'sending' WHERE id = ?", (delivery,))

    def delivery_states(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall())

    def deliveries_of(self, event_id: str) -> list[tuple[str, int, str | None]]:
        return self._db.execute(
            "SELECT state, tries, answer FROM deliveries WHERE event_id = ? ORDER BY id", (event_id,)
        ).fetchall()

    def clear(self) -> None:
        """Forget all payments, keys and deliveries."""
        with self.change():
            for table in ("objects", "keys", "deliveries"):
                self._db.execute(f"DELETE FROM {table}")
        self.move_clock(0)

    def _setting(self, name: str, default: str) -> str:
        self._db.execute("INSERT OR IGNORE INTO settings VALUES (?, ?)", (name, default))
        return str(self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()[0])


_COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def _load(text: str) -> Body:
    return msgspec.json.decode(text, type=dict[str, Any])


def _path(path: str) -> str:
    """A path made of plain names only, because it becomes part of the statement."""
    if not all(part.replace("_", "").isalnum() for part in path.split(".")):
        raise ValueError(path)
    return path
