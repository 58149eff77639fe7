import asyncio
import importlib
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.cli import COMMANDS, main
from app.runtime.databases import Kind, connected, kind_of
from app.runtime.shared_servers import SharedPostgres
from domains import accounts
from domains.accounts import totp
from domains.kit import Actor, Database, Transaction

SETUP = [
    "setup",
    "--name=Meander",
    "--address=1 Long Walk, London",
    "--country=GB",
    "--time-zone=Europe/London",
    "--sender=hello@meander.example",
]


@pytest.fixture
def url(postgres: SharedPostgres, migrated: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A migrated database without a shop, named in the environment."""
    made = asyncio.run(postgres.clone(migrated))
    monkeypatch.setenv("DATABASE_URL", made)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    yield made
    asyncio.run(postgres.drop(made))


@pytest.fixture
def empty_url(postgres: SharedPostgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    made = asyncio.run(postgres.clone("template0"))
    monkeypatch.setenv("DATABASE_URL", made)
    yield made
    asyncio.run(postgres.drop(made))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_DIR", str(tmp_path / "demo"))
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115 (nobody sits at the keyboard)


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip()


def test_help_tells_what_each_command_does() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "app.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout

    told = " ".join(shown.split())
    for name, help_text in COMMANDS.items():
        assert f"{name} {help_text}" in told
        assert importlib.import_module(f"app.commands.{name.replace('-', '_')}").run


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_face_without_its_servers_says_what_is_missing(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2

    said = refusal(capsys).splitlines()
    assert said[0].startswith("DATABASE_URL is not set.")
    assert said[1].startswith("REDIS_URL is not set.")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_an_unset_shop_does_not_open(url: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2

    assert refusal(capsys).startswith("This shop is not set up yet. Run `shop setup`")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_database_of_an_older_form_is_migrated_first(
    empty_url: str, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")

    assert main([command]) == 2

    assert refusal(capsys) == "The database is not in the form that this program needs: run `shop migrate` first."


def test_a_taken_port_is_not_shared(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(SETUP) == 0
    capsys.readouterr()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        assert main(["serve"]) == 2

    assert refusal(capsys) == f"Port {port} is taken; set PORT to a free one."


def test_a_database_that_does_not_answer_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    assert main(["migrate"]) == 1

    said = refusal(capsys)
    assert said.startswith("The database of DATABASE_URL does not answer as it should:")
    assert "\n" not in said


def test_setting_up_an_empty_database_opens_the_shop_once(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SETUP) == 0

    said = capsys.readouterr().out
    assert "Meander is set up. hello@meander.example sets the owner's password here" in said
    assert "http://127.0.0.1:8000/account/set-password?token=" in said
    assert asyncio.run(kind_of(empty_url)) is Kind.PRODUCTION

    assert main(SETUP) == 2
    assert refusal(capsys).startswith("This shop is set up already.")


def test_setting_up_without_a_keyboard_names_the_options_it_lacks(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup", "--country=US"]) == 2

    assert refusal(capsys) == (
        "Setting up needs --name, --legal-name, --address, --time-zone, --sender, --alerts, --owner."
    )


def test_a_wrong_option_of_setting_up_is_named(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SETUP, "--currency=pounds"]) == 2

    assert refusal(capsys).startswith("currency: ")


def test_migrating_says_the_revision(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0

    assert capsys.readouterr().out.startswith("The database is at ")


def test_seeding_a_real_shop_is_refused(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(_mark(url, "production"))

    assert main(["seed"]) == 2

    assert "invented orders" in refusal(capsys)


async def _mark(url: str, kind: str) -> None:
    async with connected(url) as connection:
        await connection.execute("UPDATE kit.environment SET kind = $1", kind)


def test_the_doctor_finds_a_new_shop_sound(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SETUP) == 0
    capsys.readouterr()

    assert main(["doctor"]) == 0

    assert "I01" in capsys.readouterr().out


def test_a_new_shop_can_be_indexed(url: str) -> None:
    assert main(SETUP) == 0

    assert main(["reindex"]) == 0


def test_a_locked_out_owner_sets_his_second_step_up_anew(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SETUP) == 0
    asyncio.run(_enrol(url, "hello@meander.example"))
    capsys.readouterr()

    assert main(["reset-mfa", "Hello@Meander.example "]) == 0
    assert "sets the second step up anew" in capsys.readouterr().out
    assert not asyncio.run(_is_enrolled(url, "hello@meander.example"))
    assert main(["reset-mfa", "nobody@meander.example"]) == 2
    assert refusal(capsys) == "Nobody who works here has the address nobody@meander.example."


async def _enrol(url: str, email: str) -> None:
    async with opened(url) as tx:
        account_id = await accounts.find_account(tx, email)
        assert account_id is not None
        await accounts.enrol_app(tx, account_id, totp.new_secret())


async def _is_enrolled(url: str, email: str) -> bool:
    async with opened(url) as tx:
        account_id = await accounts.find_account(tx, email)
        assert account_id is not None
        return (await accounts.factors(tx, account_id)).is_enrolled


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Transaction]:
    db = Database.connect(url, pool_size=1, name="test")
    async with db.transaction(Actor.system("test")) as tx:
        yield tx
    await db.dispose()
