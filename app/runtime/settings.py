"""Everything the environment decides, read once by an entry point and handed on; nothing is read at import time.

| name                                     | meaning, default                                                          |
|------------------------------------------|---------------------------------------------------------------------------|
| `DATABASE_URL`                           | `postgresql://user:password@host/name`                                    |
| `REDIS_URL`                              | `redis://host:6379/0` (or `rediss://`, `unix://`)                         |
| `SECRET_KEY`                             | 32 characters or more; signs links                                        |
| `ENCRYPTION_KEYS`                        | `id:base64key,...`, newest first, 32 bytes each; personal data            |
| `BASE_URL`                               | what shoppers type; default `http://127.0.0.1:PORT`                       |
| `STRIPE_SECRET_KEY`, `STRIPE_PUBLISHABLE_KEY`, `STRIPE_WEBHOOK_SECRET` | from Stripe's dashboard                     |
| `STRIPE_API_BASE`, `STRIPE_JS_URL`       | Stripe's own; the sandbox's in the demo                                   |
| `SMTP_URL`                               | `smtp://user:password@host:587` (STARTTLS if offered) or `smtps://`       |
| `MAIL_FROM`                              | the sender, where the shop sets none                                      |
| `DATA_DIR`                               | where the program may keep files; default `./data`                        |
| `MEDIA_URL`                              | `file:///folder` or `s3://bucket/prefix`; default `DATA_DIR/media`        |
| `ALLOWED_HOSTS`                          | names the shop answers to; default the host of `BASE_URL`                 |
| `TRUSTED_PROXIES`                        | addresses or networks whose `X-Forwarded-For` is believed; default none   |
| `FETCH_ALLOWED`                          | networks that are not public and may be asked for pictures; default none  |
| `WEB_WORKERS`, `LOG_LEVEL`, `PORT`       | 2, `info`, 8000                                                           |
"""

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

import msgspec

from domains.kit.crypto import Keyring

STRIPE_API: Final = "https://api.stripe.com"
STRIPE_JS: Final = "https://js.stripe.com/v3/"
LOOPBACK: Final = ("127.0.0.1", "localhost")
# What a face of a real shop cannot run without.
FOR_A_SHOP: Final = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ENCRYPTION_KEYS")


class SettingsRefused(Exception):
    """The environment is wrong: one sentence per value, all at once."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The environment as checked values. Secrets are never in its repr."""

    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    encryption_keys: str = ""
    base_url: str = "http://127.0.0.1:8000"
    stripe_secret_key: str = ""
    stripe_publishable_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = STRIPE_API
    stripe_js_url: str = STRIPE_JS
    smtp_url: str = ""
    mail_from: str = ""
    media_url: str = ""
    data_dir: Path = Path("data")
    allowed_hosts: tuple[str, ...] = LOOPBACK
    trusted_proxies: tuple[str, ...] = ()
    fetch_allowed: tuple[str, ...] = ()
    web_workers: int = 2
    log_level: str = "info"
    port: int = 8000

    @classmethod
    def read(cls, environment: Mapping[str, str], *, needs: Iterable[str] = ()) -> Self:
        """Read and check; `needs` are names that must be set. Raises `SettingsRefused` with every problem at once."""
        return msgspec.convert(_Reader(environment, needs).read(), cls)

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry `Secure` and `__Host-`: everywhere but in plain-HTTP development."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def environment(self) -> dict[str, str]:
        """The same settings as environment variables, for processes that we start."""
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key,
            "ENCRYPTION_KEYS": self.encryption_keys,
            "BASE_URL": self.base_url,
            "STRIPE_SECRET_KEY": self.stripe_secret_key,
            "STRIPE_PUBLISHABLE_KEY": self.stripe_publishable_key,
            "STRIPE_WEBHOOK_SECRET": self.stripe_webhook_secret,
            "STRIPE_API_BASE": self.stripe_api_base,
            "STRIPE_JS_URL": self.stripe_js_url,
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": self.mail_from,
            "MEDIA_URL": self.media_url,
            "DATA_DIR": str(self.data_dir),
            "ALLOWED_HOSTS": ",".join(self.allowed_hosts),
            "TRUSTED_PROXIES": ",".join(self.trusted_proxies),
            "FETCH_ALLOWED": ",".join(self.fetch_allowed),
            "WEB_WORKERS": str(self.web_workers),
            "LOG_LEVEL": self.log_level,
            "PORT": str(self.port),
        }

    def __repr__(self) -> str:
        return f"Settings(base_url={self.base_url!r}, port={self.port})"


def port_number(environment: Mapping[str, str], name: str, default: int) -> int:
    """A port by its name in the environment. Raises `SettingsRefused`."""
    reader = _Reader(environment, ())
    port = reader.number(name, default, 1, 65535)
    if reader.problems:
        raise SettingsRefused(reader.problems)
    return port


class _Reader:
    def __init__(self, environment: Mapping[str, str], needs: Iterable[str]) -> None:
        self._environment = environment
        self._needs = tuple(needs)
        self.problems: list[str] = []

    def read(self) -> dict[str, object]:
        for name in self._needs:
            if not self._text(name):
                self.problems.append(f"{name} is not set.{_hint(name)}")
        port = self.number("PORT", 8000, 1, 65535)
        base_url = self._checked("BASE_URL", f"http://127.0.0.1:{port}", _base_url).rstrip("/")
        data_dir = Path(self._text("DATA_DIR") or "data").absolute()
        read: dict[str, object] = {
            "database_url": self._checked("DATABASE_URL", "", _url("postgresql", "postgres", "postgresql+asyncpg")),
            "redis_url": self._checked("REDIS_URL", "", _url("redis", "rediss", "unix", host=False)),
            "secret_key": self._checked("SECRET_KEY", "", _secret),
            "encryption_keys": self._checked("ENCRYPTION_KEYS", "", _keys),
            "base_url": base_url,
            "stripe_secret_key": self._checked("STRIPE_SECRET_KEY", "", _begins("sk_", "rk_")),
            "stripe_publishable_key": self._checked("STRIPE_PUBLISHABLE_KEY", "", _begins("pk_")),
            "stripe_webhook_secret": self._checked("STRIPE_WEBHOOK_SECRET", "", _begins("whsec_")),
            "stripe_api_base": self._checked("STRIPE_API_BASE", STRIPE_API, _url("https", "http")).rstrip("/"),
            "stripe_js_url": self._checked("STRIPE_JS_URL", STRIPE_JS, _url("https", "http")),
            "smtp_url": self._checked("SMTP_URL", "", _url("smtp", "smtps")),
            "mail_from": self._checked("MAIL_FROM", "", _mailbox),
            "media_url": self._checked("MEDIA_URL", (data_dir / "media").as_uri(), _url("file", "s3", host=False)),
            "data_dir": data_dir,
            "allowed_hosts": self._hosts(base_url),
            "trusted_proxies": self._networks("TRUSTED_PROXIES"),
            "fetch_allowed": self._networks("FETCH_ALLOWED"),
            "web_workers": self.number("WEB_WORKERS", 2, 1, 64),
            "log_level": self._one_of("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
            "port": port,
        }
        if self.problems:
            raise SettingsRefused(self.problems)
        return read

    def _text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def _checked(self, name: str, default: str, check: Callable[[str], str]) -> str:
        """The value if `check` finds nothing wrong; what it says otherwise follows the name, never the value."""
        value = self._text(name)
        if not value:
            return default
        if problem := check(value):
            self.problems.append(f"{name} {problem}.")
            return default
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self._text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            self.problems.append(f"{name} must be a number from {least} to {most}, not {value!r}.")
            return default
        return int(value)

    def _one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = (self._text(name) or default).lower()
        if value not in choices:
            self.problems.append(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def _list(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._text(name).split(",") if part.strip())

    def _hosts(self, base_url: str) -> tuple[str, ...]:
        hosts = self._list("ALLOWED_HOSTS")
        for host in hosts:
            if "/" in host or " " in host:
                self.problems.append(f"ALLOWED_HOSTS must be host names separated by commas; {host!r} is none.")
        own = urlsplit(base_url).hostname or ""
        return hosts or (LOOPBACK if own in LOOPBACK else (own,))

    def _networks(self, name: str) -> tuple[str, ...]:
        networks = self._list(name)
        for network in networks:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError:
                self.problems.append(f"{name} must be addresses or networks separated by commas; {network!r} is none.")
        return networks


def _hint(name: str) -> str:
    match name:
        case "SECRET_KEY":
            return " Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        case "ENCRYPTION_KEYS":
            return (
                " Make one: python3 -c 'import base64, os; print(\"k1:\" + base64.b64encode(os.urandom(32)).decode())'"
            )
        case "DATABASE_URL":
            return " It names the shop's PostgreSQL, like postgresql://user:password@host/name; `shop demo` needs none."
        case "REDIS_URL":
            return " It names the shop's Redis or Valkey, like redis://host:6379/0; `shop demo` needs none."
        case _:
            return ""


def _url(*schemes: str, host: bool = True) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            parts = urlsplit(value)
            whole = parts.scheme in schemes and (not host or bool(parts.hostname) or "host=" in parts.query)
            _ = parts.port
        except ValueError:
            whole = False
        return "" if whole else f"must be an address that begins with {' or '.join(f'{one}://' for one in schemes)}"

    return check


def _base_url(value: str) -> str:
    if problem := _url("http", "https")(value):
        return problem
    parts = urlsplit(value)
    return "must end after the host and port" if parts.path.strip("/") or parts.query or parts.fragment else ""


def _secret(value: str) -> str:
    return "" if len(value) >= 32 else "is too short: it needs 32 characters or more"


def _keys(value: str) -> str:
    try:
        Keyring.parse(value)
    except ValueError as error:
        return f"cannot be used: {error}"
    return ""


def _begins(*prefixes: str) -> Callable[[str], str]:
    return lambda value: "" if value.startswith(prefixes) else f"must begin with {' or '.join(prefixes)}"


def _mailbox(value: str) -> str:
    name, _, host = parseaddr(value)[1].rpartition("@")
    return "" if name and host and not any(sign in value for sign in "\r\n") else "must be an e-mail address"
