"""`shop doctor`: a line for each invariant, and an exit code that a watchman can rely on."""

import asyncio
from collections.abc import Iterator

import pytest

from app.cli import main
from app.runtime.shared_servers import SharedPostgres
from domains import desk
from domains.desk.tests.sound_shop import DOCTOR, sound_shop
from domains.kit import Database


@pytest.fixture
def shop_url(postgres: SharedPostgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A shop in which everything has happened once, named in the environment."""
    with sound_shop(postgres) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield url


def break_something(url: str, statement: str) -> None:
    async def change() -> None:
        db = Database.connect(url, pool_size=1)
        async with db.transaction(DOCTOR) as tx:
            await tx.sql(statement)
        await db.dispose()

    asyncio.run(change())


def test_the_doctor_says_a_line_for_each_and_finds_a_sound_shop_sound(
    shop_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["doctor"])

    said = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in said] == [invariant.id for invariant in desk.INVARIANTS]
    assert {line.split()[1] for line in said} == {"ok", "n/a"}
    assert next(line for line in said if line.startswith("I18 ")).split()[1] == "n/a"


def test_the_doctor_names_what_is_broken_and_fails(shop_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    break_something(shop_url, "UPDATE inventory.stock_items SET quantity_on_hand = quantity_on_hand + 7")

    code = main(["doctor"])

    said = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.split()[0] for line in said if "VIOLATED" in line] == ["I01"]
    told = said[next(number for number, line in enumerate(said) if "VIOLATED" in line) + 1]
    assert "quantity_on_hand=" in told


def test_under_load_the_doctor_leaves_out_what_holds_at_rest(shop_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    break_something(
        shop_url,
        "UPDATE inventory.reservations SET expires_at = kit.now() - interval '90 seconds' WHERE status = 'held'",
    )

    code = main(["doctor", "--under-load"])

    assert code == 0
    assert "I04" not in capsys.readouterr().out
