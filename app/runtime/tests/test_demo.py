"""What `shop demo` decides before it starts anything; the whole of it is tried in `app/tests/test_shop_demo.py`."""

import os
import socket
from pathlib import Path

import msgspec
import pytest

from app.runtime import demo, migrations
from app.runtime.databases import Kind, forget_everything, kind_of, schema_identity
from app.runtime.demo import DemoRefused, DemoSettings, Seeded
from app.runtime.ports import is_free
from app.runtime.servers import write_private
from app.runtime.settings import SettingsRefused
from app.runtime.shared_servers import SharedPostgres
from domains.kit import Actor, Database
from domains.kit.clock import mark_environment


def settings(folder: Path, **environment: str) -> DemoSettings:
    return DemoSettings.read({"DEMO_DIR": str(folder), **environment})


def leave_files(folder: Path) -> None:
    """A picture and the gateway's payments, as an earlier demo leaves them."""
    for name in ("media/half.webp", "sandbox/payments.sqlite"):
        (folder / name).parent.mkdir()
        (folder / name).touch()


async def empty_database(postgres: SharedPostgres) -> str:
    return await postgres.clone("template0")


def test_a_port_that_is_no_port_is_named() -> None:
    with pytest.raises(SettingsRefused, match=r"^MAIL_PORT must be a number"):
        DemoSettings.read({"MAIL_PORT": "mail"})


def test_taken_ports_are_named_all_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        ports = {"PORT": str(one.getsockname()[1]), "SANDBOX_PORT": str(two.getsockname()[1])}

        with pytest.raises(DemoRefused) as refused:
            demo._refuse_taken_ports(settings(tmp_path, **ports, MAIL_PORT="1", MAIL_SMTP_PORT="2"))

    assert str(refused.value).splitlines()[0] == f"Port {ports['PORT']} is taken; set PORT to a free one."
    assert f"Port {ports['SANDBOX_PORT']} is taken; set SANDBOX_PORT to a free one." in str(refused.value)


def test_a_port_shared_by_a_web_server_counts_as_taken() -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()

        assert not is_free(server.getsockname()[1])


def test_one_port_for_two_things_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DemoRefused, match="MAIL_PORT and MAIL_SMTP_PORT are both 8025"):
        demo._refuse_taken_ports(settings(tmp_path, PORT="1", MAIL_SMTP_PORT="8025"))


def test_a_second_demo_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        demo._only_one(tmp_path),
        pytest.raises(DemoRefused, match=rf"running already \(process {os.getpid()}\)"),
        demo._only_one(tmp_path),
    ):
        pass


def test_the_settings_of_a_running_demo_are_found_and_those_of_an_ended_one_are_not(tmp_path: Path) -> None:
    where = {"DEMO_DIR": str(tmp_path)}
    write_private(tmp_path / "environment.json", b'{"DATABASE_URL": "postgresql://here/shop"}')

    with demo._only_one(tmp_path):
        assert demo.running_environment(where) == {"DATABASE_URL": "postgresql://here/shop"}

    assert demo.running_environment(where) is None
    assert demo.running_environment({"DEMO_DIR": str(tmp_path / "nowhere")}) is None


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    first = demo._keys(tmp_path)

    assert demo._keys(tmp_path) == first
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_with_lost_keys_the_data_is_made_anew(tmp_path: Path) -> None:
    demo._keys(tmp_path)
    write_private(tmp_path / "seeded.json", b"{}")
    (tmp_path / "keys.json").unlink()

    demo._keys(tmp_path)

    assert not (tmp_path / "seeded.json").exists()


def test_data_is_whole_in_the_schema_it_was_seeded_into_and_nowhere_else() -> None:
    seeded = Seeded("stoa/16384", migrations.fingerprints())

    assert demo._is_whole(seeded, "stoa/16384")
    assert not demo._is_whole(seeded, "stoa/20000")
    assert not demo._is_whole(None, "stoa/16384")


def test_data_of_a_migration_that_was_rewritten_since_is_not_whole() -> None:
    seeded = Seeded("stoa/16384", {**migrations.fingerprints(), "2020_01_01_kit.py": "of another program"})

    assert not demo._is_whole(seeded, "stoa/16384")


async def test_an_empty_database_becomes_a_demo(postgres: SharedPostgres, tmp_path: Path) -> None:
    url = await empty_database(postgres)
    assert await kind_of(url) is Kind.EMPTY

    whole = await demo._prepare(settings(tmp_path), url, ours=False)

    assert not whole
    assert await kind_of(url) is Kind.DEMO
    await postgres.drop(url)


async def test_a_real_shop_is_never_made_a_demo(live_db: Database, tmp_path: Path) -> None:
    async with live_db.transaction(Actor.system("tests")) as tx:
        await mark_environment(tx, "production")

    with pytest.raises(DemoRefused, match="neither empty nor a demo's"):
        await demo._prepare(settings(tmp_path), live_db.url, ours=False)

    assert await kind_of(live_db.url) is Kind.PRODUCTION


async def test_somebody_elses_database_is_never_made_a_demo(postgres: SharedPostgres, tmp_path: Path) -> None:
    url = await empty_database(postgres)
    database = Database.connect(url)
    async with database.transaction(Actor.system("tests")) as tx:
        await tx.sql("CREATE TABLE public.ledger (amount int)")
    await database.dispose()
    assert await kind_of(url) is Kind.FOREIGN

    with pytest.raises(DemoRefused, match="neither empty nor a demo's"):
        await demo._prepare(settings(tmp_path), url, ours=False)
    await postgres.drop(url)


async def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoRefused, match="DATABASE_URL cannot be reached"):
        await demo._prepare(settings(tmp_path), "postgresql://nobody@127.0.0.1:1/none", ours=False)


async def test_a_demo_that_was_broken_off_while_it_was_seeded_is_made_anew(
    live_db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with live_db.transaction(Actor.system("tests")) as tx:
        await mark_environment(tx, "demo")
    before = await schema_identity(live_db.url)
    leave_files(tmp_path)

    whole = await demo._prepare(settings(tmp_path), live_db.url, ours=False)

    assert not whole
    assert await schema_identity(live_db.url) != before
    assert not (tmp_path / "media").exists()
    assert not (tmp_path / "sandbox").exists()
    assert "made anew" in capsys.readouterr().out


async def test_a_demo_that_was_broken_off_while_it_was_forgotten_leaves_no_payments(
    postgres: SharedPostgres, tmp_path: Path
) -> None:
    url = await empty_database(postgres)
    leave_files(tmp_path)

    assert not await demo._prepare(settings(tmp_path), url, ours=False)

    assert not (tmp_path / "media").exists()
    assert not (tmp_path / "sandbox").exists()
    await postgres.drop(url)


async def test_a_whole_demo_keeps_its_data(live_db: Database, tmp_path: Path) -> None:
    async with live_db.transaction(Actor.system("tests")) as tx:
        await mark_environment(tx, "demo")
    before = await schema_identity(live_db.url)
    await _seeded(tmp_path, live_db.url)

    assert await demo._prepare(settings(tmp_path), live_db.url, ours=False)
    assert await schema_identity(live_db.url) == before


async def _seeded(folder: Path, url: str) -> None:
    seeded = Seeded(await schema_identity(url), migrations.fingerprints())
    write_private(folder / "seeded.json", msgspec.json.encode(seeded))


async def test_forgetting_leaves_an_empty_database(live_db: Database) -> None:
    await forget_everything(live_db.url)

    assert await kind_of(live_db.url) is Kind.EMPTY


async def test_migrating_twice_at_once_migrates_once(postgres: SharedPostgres) -> None:
    url = await empty_database(postgres)

    first = await migrations.migrate(url)
    again = await migrations.migrate(url)

    assert first == again == await migrations.revision(url) == migrations.newest()
    await postgres.drop(url)


def test_the_settings_of_the_demos_processes_name_the_sandbox_and_nothing_real(tmp_path: Path) -> None:
    environment = {"STRIPE_API_BASE": "https://api.stripe.com", "SMTP_URL": "smtp://real.example", "PORT": "9000"}
    keys = {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_PUBLISHABLE_KEY": "pk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}

    made = demo._settings(
        settings(tmp_path, **environment), environment, keys, "postgresql://here/stoa", "redis://here/0"
    )

    assert made.stripe_api_base == "http://127.0.0.1:8026"
    assert made.smtp_url == "smtp://127.0.0.1:8027"
    assert made.base_url == "http://127.0.0.1:9000"
    assert made.media_url == (tmp_path / "media").as_uri()
