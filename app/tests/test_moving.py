"""`shop import-products` and `shop export-products` as the merchant meets them."""

import asyncio
import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main
from app.runtime.databases import connected
from app.runtime.shared_servers import SharedPostgres
from domains.catalog.tests.factories import STAFF
from domains.kit import Database
from domains.search.tests.factories import open_shop

HEADINGS = ("Handle", "Title", "Variant SKU", "Variant Price", "Image Src")
COUNTED = ("catalog.products", "catalog.categories", "pricing.prices", "kit.events", "transfer.pictures")


@pytest.fixture
def url(postgres: SharedPostgres, migrated: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """An open shop without goods, named in the environment."""
    made = asyncio.run(postgres.clone(migrated))
    asyncio.run(_open(made))
    monkeypatch.setenv("DATABASE_URL", made)
    monkeypatch.setenv("DEMO_DIR", str(tmp_path / "demo"))
    yield made
    asyncio.run(postgres.drop(made))


async def _open(url: str) -> None:
    db = Database.connect(url, pool_size=1)
    async with db.transaction(STAFF) as tx:
        await open_shop(tx)
    await db.dispose()


def rows_of(url: str) -> dict[str, int]:
    """How many rows there are of what an import writes."""

    async def count() -> dict[str, int]:
        async with connected(url) as connection:
            return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in COUNTED}

    return asyncio.run(count())


def write(path: Path, count: int, price: str = "12.00") -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows((f"mug-{n}", f"Mug {n}", f"M{n}", price, f"https://cdn.example/{n}.jpg") for n in range(count))
    return path


def test_a_file_is_imported_reported_and_exported(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "in.csv", 2)

    assert main(["import-products", str(path), "--dry-run"]) == 0
    tried = capsys.readouterr().out
    assert rows_of(url)["catalog.products"] == 0
    assert main(["import-products", str(path)]) == 0
    done = capsys.readouterr().out
    assert main(["import-products", str(path)]) == 0
    again = capsys.readouterr().out
    assert main(["export-products", "-"]) == 0
    printed = capsys.readouterr()
    assert main(["export-products", str(tmp_path / "out.csv")]) == 0
    assert main(["import-products", "--pictures"]) == 0
    pictures = capsys.readouterr().out

    assert "created    mug-0\ncreated    mug-1\n" in done
    assert "2 products in 2 rows of the old dialect: 2 created, 0 updated, 0 unchanged, 0 refused." in done
    assert "The worker fetches 2 pictures" in done
    assert "This was a dry run: the shop is as it was." in tried
    assert "Nothing has changed: the shop is as the file says." in again
    assert printed.out.startswith("Title,URL handle,Description,")
    assert printed.out.splitlines() == (tmp_path / "out.csv").read_text().splitlines()
    assert printed.err == "2 rows.\n"
    assert "0 are here, 2 are waiting, 0 were given up" in pictures


def test_one_bad_row_refuses_the_file_and_stands_in_the_error_file(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, errors = write(tmp_path / "in.csv", 2), tmp_path / "errors.csv"
    path.write_text(path.read_text() + "cup,Cup,=M9,free,\n")
    before = rows_of(url)

    assert main(["import-products", str(path), "--errors", str(errors)]) == 1

    said = capsys.readouterr().out
    assert "refused    cup: row 4, Variant Price: “free” is no amount of USD. Enter digits" in said
    assert "3 products in 3 rows of the old dialect: 1 refused, the others are sound." in said
    assert "Nothing was imported." in said
    assert rows_of(url) == before
    with errors.open(newline="") as file:
        told = [row for row in csv.DictReader(file) if row["Outcome"] == "refused"]
    assert [(row["Row"], row["Handle"], row["Column"]) for row in told] == [("4", "cup", "Variant Price")]


def test_a_file_that_is_no_products_file_is_refused_in_one_sentence(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_bytes("Handle,Title\nmug,M\xfcg\n".encode("latin-1"))

    assert main(["import-products", str(tmp_path / "in.csv")]) == 2
    assert main(["import-products"]) == 2
    assert main(["export-products", str(tmp_path / "nowhere" / "out.csv")]) == 2

    said = capsys.readouterr().err.splitlines()
    assert said == [
        "The file is not UTF-8: line 2 has letters in another encoding. Save it again as “CSV UTF-8” and retry.",
        "Name the file to import: shop import-products FILE",
        f"The file {tmp_path}/nowhere/out.csv cannot be written: No such file or directory.",
    ]


def start(url: str, path: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", "import-products", str(path)],
        env={**os.environ, "DATABASE_URL": url, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_an_import_that_dies_half_way_has_not_happened_and_is_started_again(url: str, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", 600)
    before = rows_of(url)

    died = start(url, path, CRASH_AT="import.batch").wait(timeout=120)

    assert died == 137
    assert rows_of(url) == before
    again = start(url, path)
    out, _err = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "600 created" in out


@pytest.mark.slow
def test_an_import_that_is_interrupted_has_not_happened(url: str, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", 6000)
    before = rows_of(url)
    process = start(url, path)
    until = time.monotonic() + 120
    while not _is_writing(url):
        assert time.monotonic() < until, "the import never began"
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)

    assert process.returncode == 130
    assert rows_of(url) == before


def _is_writing(url: str) -> bool:
    """Whether an import has begun to write, told by the lock that it holds."""

    async def ask() -> bool:
        async with connected(url) as connection:
            return bool(
                await connection.fetchval(
                    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                    " WHERE d.datname = current_database() AND l.mode = 'RowExclusiveLock'"
                    " AND l.relation = 'catalog.products'::regclass"
                )
            )

    return asyncio.run(ask())
