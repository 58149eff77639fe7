"""The fixtures of all tests: real PostgreSQL, real Valkey, nothing of our own mocked.

One embedded PostgreSQL serves every test run of this tree (`app.runtime.shared_servers`): it is started by the first
run, shared by xdist's workers, kept between runs, ends itself after half an hour without use, and at once with
`make clean` or at the end of `make test`. Valkey starts in 0.05 s, so every test process has one of its own.

Choose by what the test needs:

`db`            a `Database` on one connection, inside a transaction that is rolled back after the test; commits become
                savepoints. For operations and queries of a domain. One connection: nothing can run at the same time.
`live_db`       a `Database` with a pool on a database of its own that really commits, dropped after the test. For
                races, workers, flows, LISTEN/NOTIFY, the app. Its address is `live_db.url`; other processes may use it.
`redis`         an empty Valkey (redis-py, asyncio); `redis_url` is its address.
`database_url`  the migrated database of this test process, for what `db` is too much for.
`migrated`      the name of the migrated template; `postgres.clone(migrated)` makes more databases like it.
`postgres`      the shared server; `await postgres.template("seeded", key, fill)` makes a template once per `key`.
`shared_data`   the folder of test data (`SHARED_DATA`, default ../shared/data); the test is skipped without it.

Every test database is marked `test` in `kit.environment`, so its clock can be moved. `SECRET_KEY` and
`ENCRYPTION_KEYS` have fixed values, set here before anything reads them, for this process and the ones it starts.
Tests marked `slow`, `e2e` or `long` start processes or take seconds.
"""

import asyncio
import base64
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from app.runtime import migrations, shared_servers
from app.runtime.servers import Valkey
from app.runtime.shared_servers import SharedPostgres
from domains.kit.crypto import Keyring, use_keyring
from domains.kit.database import Database

ROOT = Path(__file__).resolve().parent
TEST_SECRET_KEY = "only-for-tests-" + "0" * 32
TEST_ENCRYPTION_KEYS = f"test1:{base64.b64encode(hashlib.sha256(b'only for tests').digest()).decode()}"

# A developer's own settings must never reach a test: it could write to a real database or a real gateway.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "BASE_URL", "STRIPE_", "SMTP_URL", "MAIL_", "MEDIA_URL", "DATA_DIR", "CRASH_AT")


def pytest_configure(config: pytest.Config) -> None:
    for name in list(os.environ):
        if name.startswith(FOREIGN):
            del os.environ[name]
    os.environ["SECRET_KEY"] = TEST_SECRET_KEY
    os.environ["ENCRYPTION_KEYS"] = TEST_ENCRYPTION_KEYS
    use_keyring(Keyring.parse(TEST_ENCRYPTION_KEYS))


@pytest.fixture(scope="session")
def postgres() -> Iterator[SharedPostgres]:
    server = shared_servers.use()
    asyncio.run(server.sweep())
    yield server
    server.close()


@pytest.fixture(scope="session")
def migrated(postgres: SharedPostgres) -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return asyncio.run(postgres.template("migrated", digest.hexdigest(), migrate))


def migrate(url: str) -> None:
    """Bring the database to the newest schema and mark it as one of the tests."""
    asyncio.run(migrations.migrate(url, mark="test"))


@pytest.fixture(scope="session")
def database_url(postgres: SharedPostgres, migrated: str) -> Iterator[str]:
    url = asyncio.run(postgres.clone(migrated))
    yield url
    asyncio.run(postgres.drop(url))


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    pool = Database.connect(database_url, pool_size=1)
    async with pool.bind.connect() as connection:  # type: ignore[union-attr]
        outer = await connection.begin()
        yield Database(connection, url=database_url)
        await outer.rollback()
    await pool.dispose()


@pytest.fixture
async def live_db(postgres: SharedPostgres, migrated: str) -> AsyncIterator[Database]:
    url = await postgres.clone(migrated)
    database = Database.connect(url, pool_size=20, name="test")
    yield database
    await database.dispose()
    await postgres.drop(url)


@pytest.fixture(scope="session")
def _valkey() -> Iterator[Valkey]:
    with tempfile.TemporaryDirectory(prefix="stoa-valkey-") as home, Valkey(Path(home)) as server:
        yield server


@pytest.fixture
async def redis(_valkey: Valkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(_valkey.url())
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def redis_url(_valkey: Valkey, redis: Redis) -> str:
    return _valkey.url()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(os.environ.get("SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}; set SHARED_DATA to run this test")
    return folder
