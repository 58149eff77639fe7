"""`shop demo`: everything a shop needs, on this machine, with one command.

Starts PostgreSQL and Valkey (unless `DATABASE_URL` or `REDIS_URL` name others), migrates, seeds once, then runs the
gateway sandbox with the mail catcher, one worker and the web server until it is told to end. All of it lies under
`DEMO_DIR`. A demo that was interrupted while it was made is made anew at the next start.
"""

import asyncio
import base64
import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import asyncpg
import msgspec

from app.runtime import migrations, processes
from app.runtime.databases import Kind, forget_everything, kind_of, make_if_missing, schema_identity
from app.runtime.ports import is_free
from app.runtime.servers import Postgres, ServerFailed, Valkey, outside, write_private
from app.runtime.settings import Settings, SettingsRefused, port_number
from app.runtime.supervisor import Child, ChildFailed, Leaving, Supervisor

DATABASE: Final = "stoa"
PASSWORD: Final = "demo-password"  # noqa: S105
STAFF_CODES: Final = "JBSWY3DPEHPK3PXP"
STAFF: Final = ("owner", "manager", "support", "warehouse", "finance", "marketing")


class DemoRefused(Exception):
    """The demo cannot start; the message says why and what to do, a sentence a line."""


class Keys(msgspec.Struct, frozen=True):
    """The secrets of one demo, made at its first start."""

    secret_key: str
    encryption_keys: str


class Seeded(msgspec.Struct, frozen=True):
    """What is written once the demo's data is whole: which schema it is in and which migrations had been run."""

    schema: str
    migrations: dict[str, str]


class DemoSettings(msgspec.Struct, frozen=True):
    """Where the demo lives and listens."""

    folder: Path
    port: int
    mail_port: int
    mail_smtp_port: int
    sandbox_port: int
    database_url: str
    redis_url: str

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """From the environment. Raises `SettingsRefused`."""
        # checks what else is set, so that a mistake is said before anything starts
        settings = Settings.read(environment)
        ports = {
            name: port_number(environment, name, default)
            for name, default in (("MAIL_PORT", 8025), ("MAIL_SMTP_PORT", 8027), ("SANDBOX_PORT", 8026))
        }
        return cls(
            folder=Path(environment.get("DEMO_DIR") or ".demo").absolute(),
            port=settings.port,
            mail_port=ports["MAIL_PORT"],
            mail_smtp_port=ports["MAIL_SMTP_PORT"],
            sandbox_port=ports["SANDBOX_PORT"],
            database_url=settings.database_url,
            redis_url=settings.redis_url,
        )

    @property
    def ports(self) -> dict[str, int]:
        return {
            "PORT": self.port,
            "MAIL_PORT": self.mail_port,
            "MAIL_SMTP_PORT": self.mail_smtp_port,
            "SANDBOX_PORT": self.sandbox_port,
        }


def run(environment: Mapping[str, str], gateway_keys: Mapping[str, str]) -> int:
    """Run the demo until it is told to end; what cannot be is said in one sentence. Returns the exit code."""
    began = time.monotonic()
    if environment.get("MAKELEVEL"):
        # killed, make takes nobody along
        processes.tie_to_parent(signal.SIGTERM)
    try:
        demo = DemoSettings.read(environment)
        with _only_one(demo.folder), Supervisor(demo.folder, say=_say) as supervisor:
            _refuse_taken_ports(demo)
            _start(demo, environment, gateway_keys, supervisor)
            _tell_where(demo, time.monotonic() - began)
            supervisor.forever()
    except Leaving:
        _say("The demo has ended.")
        return 0
    except (DemoRefused, ServerFailed, ChildFailed, SettingsRefused) as refused:
        print(refused, file=sys.stderr, flush=True)
        return 1
    except (OSError, asyncpg.PostgresError) as error:
        print(f"The demo cannot run: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


def remove(environment: Mapping[str, str]) -> int:
    """Remove everything a demo has made; refused while it runs."""
    folder = Path(environment.get("DEMO_DIR") or ".demo").absolute()
    if not folder.exists():
        return 0
    try:
        with _only_one(folder):
            shutil.rmtree(outside(folder), ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
    except DemoRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def running_environment(environment: Mapping[str, str]) -> dict[str, str] | None:
    """The settings of the demo that runs in `DEMO_DIR` at this moment, None when there is none."""
    folder = Path(environment.get("DEMO_DIR") or ".demo").absolute()
    try:
        with _only_one(folder, make=False):
            return None
    except DemoRefused:
        pass
    try:
        return msgspec.json.decode(_environment_file(folder).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return None


def _environment_file(folder: Path) -> Path:
    return folder / "environment.json"


def _start(
    demo: DemoSettings, environment: Mapping[str, str], gateway_keys: Mapping[str, str], supervisor: Supervisor
) -> None:
    database_url, redis_url = demo.database_url, demo.redis_url
    if not database_url:
        _say("Starting PostgreSQL ...")
        postgres = Postgres(demo.folder)
        supervisor.serve(postgres)
        asyncio.run(make_if_missing(postgres.url(), DATABASE))
        database_url = postgres.url(DATABASE)
    if not redis_url:
        _say("Starting Valkey ...")
        valkey = Valkey(demo.folder)
        supervisor.serve(valkey)
        redis_url = valkey.url()
    ours = not demo.database_url
    settings = _settings(demo, environment, gateway_keys, database_url, redis_url)
    whole = asyncio.run(_prepare(demo, settings.database_url, ours=ours))
    child_environment = {**_clean(environment), **settings.environment(), **_demo_environment(demo)}

    def child(name: str, *command: str, patience: float = 15.0) -> Child:
        return Child(
            name=name,
            command=[sys.executable, "-m", "app.cli", *command],
            environment=child_environment,
            log=demo.folder / "logs" / f"{name.replace(' ', '-')}.log",
            patience=patience,
        )

    write_private(_environment_file(demo.folder), msgspec.json.encode(settings.environment()))
    supervisor.start(child("sandbox", "sandbox"))
    if not whole:
        _say("Making the shop Meander, once ...")
        supervisor.run(child("seed", "seed"))
        _mark_seeded(demo, database_url)
    supervisor.start(child("worker", "work", patience=6.0))
    supervisor.start(child("web", "serve", patience=20.0))
    supervisor.wait_for(f"http://127.0.0.1:{demo.sandbox_port}/health", seconds=60, what="The gateway sandbox")
    supervisor.wait_for(f"http://127.0.0.1:{demo.port}/health/ready", seconds=120, what="The shop")


async def _prepare(demo: DemoSettings, url: str, *, ours: bool) -> bool:
    """Bring the database to the newest schema, marked as a demo; returns whether its data is whole.

    A database of somebody else is refused. In our own embedded one nothing but a demo has ever been.
    """
    try:
        kind = await kind_of(url)
    except (OSError, asyncpg.PostgresError) as error:
        raise DemoRefused(f"The database of DATABASE_URL cannot be reached: {error}") from error
    if kind not in (Kind.EMPTY, Kind.DEMO) and not ours:
        raise DemoRefused(
            "The database of DATABASE_URL is neither empty nor a demo's, and a demo would fill it with invented orders:"
            " name an empty one."
        )
    whole = kind is Kind.DEMO and _is_whole(_seeded(demo), await schema_identity(url))
    if not whole and kind is not Kind.EMPTY:
        _say("The demo was not finished or is of an older program; it is made anew.")
        await forget_everything(url)
    if not whole:
        # the gateway must not know payments of orders that are gone; an empty database may be one that was forgotten
        for left in ("media", "media-private", "sandbox"):
            shutil.rmtree(demo.folder / left, ignore_errors=True)
    _say("Bringing the database to its newest form ...")
    await migrations.migrate(url, mark="demo")
    return whole


def _is_whole(seeded: Seeded | None, schema: str) -> bool:
    """Whether the data was seeded to its end, into this very schema, by migrations that have not changed since."""
    if seeded is None or seeded.schema != schema:
        return False
    now = migrations.fingerprints()
    return all(now.get(name) == digest for name, digest in seeded.migrations.items())


def _seeded(demo: DemoSettings) -> Seeded | None:
    try:
        return msgspec.json.decode((demo.folder / "seeded.json").read_bytes(), type=Seeded)
    except (OSError, msgspec.DecodeError):
        return None


def _mark_seeded(demo: DemoSettings, url: str) -> None:
    seeded = Seeded(asyncio.run(schema_identity(url)), migrations.fingerprints())
    write_private(demo.folder / "seeded.json", msgspec.json.encode(seeded))


def _settings(
    demo: DemoSettings,
    environment: Mapping[str, str],
    gateway_keys: Mapping[str, str],
    database_url: str,
    redis_url: str,
) -> Settings:
    keys = _keys(demo.folder)
    sandbox = f"http://127.0.0.1:{demo.sandbox_port}"
    wanted = {
        "SECRET_KEY": keys.secret_key,
        "ENCRYPTION_KEYS": keys.encryption_keys,
        "MAIL_FROM": "Meander <hello@meander.example>",
        **{name: value for name, value in environment.items() if value},
        **gateway_keys,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(demo.folder),
        "MEDIA_URL": (demo.folder / "media").as_uri(),
        "STRIPE_API_BASE": sandbox,
        "STRIPE_JS_URL": f"{sandbox}/v3/",
        "SMTP_URL": f"smtp://127.0.0.1:{demo.mail_smtp_port}",
    }
    return Settings.read(wanted)


def _keys(folder: Path) -> Keys:
    """The demo's own secrets; made once, kept as long as its data."""
    path = folder / "keys.json"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(path.read_bytes(), type=Keys)
    encryption = base64.b64encode(secrets.token_bytes(32)).decode()
    keys = Keys(secret_key=secrets.token_urlsafe(48), encryption_keys=f"demo:{encryption}")
    write_private(path, msgspec.json.encode(keys))
    (folder / "seeded.json").unlink(missing_ok=True)  # what other keys encrypted cannot be read
    return keys


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith(("STRIPE_", "MAKE", "MFLAGS"))}


def _demo_environment(demo: DemoSettings) -> dict[str, str]:
    ports = {name: str(port) for name, port in demo.ports.items()}
    return {**ports, "DEMO_DIR": str(demo.folder), "PYTHONUNBUFFERED": "1"}


@contextmanager
def _only_one(folder: Path, *, make: bool = True) -> Iterator[None]:
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "demo.lock", os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    except OSError as error:
        raise DemoRefused(f"The demo's folder {folder} cannot be used: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode() or "unknown"
            raise DemoRefused(f"The demo in {folder} is running already (process {holder}).") from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(lock)


def _refuse_taken_ports(demo: DemoSettings) -> None:
    by_port: dict[int, str] = {}
    for name, port in demo.ports.items():
        if port in by_port:
            raise DemoRefused(f"{by_port[port]} and {name} are both {port}; give each a port of its own.")
        by_port[port] = name
    taken = [(name, port) for name, port in demo.ports.items() if not is_free(port)]
    if taken:
        raise DemoRefused("\n".join(f"Port {port} is taken; set {name} to a free one." for name, port in taken))


def _tell_where(demo: DemoSettings, seconds: float) -> None:
    staff = ", ".join(f"{role}@example.com" for role in STAFF)
    _say(
        f"""
Meander is open (after {seconds:.1f} s).

  shop       http://127.0.0.1:{demo.port}
  office     http://127.0.0.1:{demo.port}/staff
  mails      http://127.0.0.1:{demo.mail_port}  (every one there is: http://127.0.0.1:{demo.port}/demo/mails)
  gateway    http://127.0.0.1:{demo.sandbox_port}  (pays with 4242 4242 4242 4242, declines 4000 0000 0000 0002)
  logs       {demo.folder / "logs"}

  shopper    shopper@example.com
  staff      {staff}
  password   {PASSWORD}
  codes      staff enter one as well; the key for an authenticator app is {STAFF_CODES}

Ctrl-C ends all of it.
"""
    )


def _say(line: str) -> None:
    print(line, flush=True)
