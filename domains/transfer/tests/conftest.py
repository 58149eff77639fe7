"""A shop to import into, and what to compare of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domains.kit import Database
from domains.search.tests.factories import open_shop
from domains.transfer.tests.factories import STAFF, write_csv


@pytest.fixture
async def shop(db: Database) -> Database:
    """An open shop without goods, with one warehouse; what the test does is undone."""
    async with db.transaction(STAFF) as tx:
        await open_shop(tx)
    return db


@pytest.fixture
async def live_shop(live_db: Database) -> Database:
    """An open shop without goods that really commits."""
    async with live_db.transaction(STAFF) as tx:
        await open_shop(tx)
    return live_db


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV file: `sheet([{"Handle": "mug", …}, …])`."""
    written = 0

    def write(rows: list[dict[str, str]], **options: object) -> Path:
        nonlocal written
        written += 1
        return write_csv(tmp_path / f"products-{written}.csv", rows, **options)  # type: ignore[arg-type]

    return write
