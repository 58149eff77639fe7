"""The mails that were caught: one file each, as they came, so that a restart keeps them."""

import email
import email.policy
import itertools
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec


class Mail(msgspec.Struct, frozen=True):
    """One mail as a person would read it. `to` is whom SMTP was told to give it to, hidden copies included."""

    id: str
    to: list[str]
    sender: str
    subject: str
    text: str
    html: str
    date: str
    """ISO 8601, when it was caught."""
    headers: dict[str, str]


class Box:
    """The mails in `directory`, newest last. Without a directory they live in memory."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        self._mails: dict[str, Mail] = {}
        last = 0
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
            for path in sorted(directory.glob("*.eml")):
                mail = _read(path.stem, path.read_bytes())
                self._mails[mail.id] = mail
                last = max(last, int(path.stem))
        self._numbers = itertools.count(last + 1)

    def add(self, sender: str, to: list[str], content: bytes) -> Mail:
        """Keep a mail."""
        id_ = f"{next(self._numbers):06d}"
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {"X-Caught-At": at, "X-Caught-From": sender, "X-Caught-To": ", ".join(to)}
        envelope = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in told.items())
        raw = envelope.encode() + content
        if self._directory is not None:
            path = self._directory / f"{id_}.eml"
            # Written aside and moved, so that a killed catcher leaves no half mail.
            aside = path.with_suffix(".part")
            aside.write_bytes(raw)
            aside.rename(path)
        mail = _read(id_, raw)
        self._mails[id_] = mail
        return mail

    def all(self) -> list[Mail]:
        return list(self._mails.values())

    def get(self, id_: str) -> Mail | None:
        return self._mails.get(id_)

    def clear(self) -> None:
        for id_ in self._mails:
            if self._directory is not None:
                (self._directory / f"{id_}.eml").unlink(missing_ok=True)
        self._mails.clear()


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ").encode("ascii", "replace").decode()


def _read(id_: str, raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    caught_to = str(message.get("X-Caught-To", ""))
    return Mail(
        id=id_,
        to=[address.strip() for address in caught_to.split(",") if address.strip()],
        sender=str(message.get("From", message.get("X-Caught-From", ""))),
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        date=str(message.get("X-Caught-At") or _sent(message)),
        headers={name: str(value) for name, value in message.items() if not name.startswith("X-Caught-")},
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _sent(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).isoformat()
    except ValueError:
        return ""
