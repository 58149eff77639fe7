"""The way out for mails: a Protocol and its SMTP adapter."""

import ssl
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec


class Mail(msgspec.Struct, frozen=True):
    """A finished mail. `message_id` is stable over retries, so that a server can drop a second copy.

    `references` are the ids of the mails it follows, the last of which it answers; a `personal` one was written by a
    person and may be answered by a machine (RFC 3834).
    """

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    recipient: str
    subject: str
    text: str
    html: str
    date: datetime
    references: tuple[str, ...] = ()
    is_personal: bool = False


class MailUnavailable(Exception):
    """The mail server does not answer or asks to come back later; trying again helps."""


class MailRefused(Exception):
    """The mail server will never take this mail."""


class MailGateway(Protocol):
    """Hands a mail to whoever delivers it."""

    async def send(self, mail: Mail) -> None:
        """Raises `MailUnavailable` or `MailRefused`."""


class SmtpGateway:
    """SMTP by address: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://` (TLS from the start)."""

    def __init__(self, url: str, *, timeout: float = 10) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "127.0.0.1"
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._timeout = timeout
        # A server on this machine has no certificate that anybody could check.
        self._local = self._host in {"127.0.0.1", "localhost", "::1"}

    async def send(self, mail: Mail) -> None:
        try:
            await aiosmtplib.send(
                message_of(mail),
                sender=mail.sender,
                recipients=[address.strip() for address in mail.recipient.split(",")],
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=False if self._local or self._tls else None,
                tls_context=None if self._local else ssl.create_default_context(),
                timeout=self._timeout,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [refused.code for refused in error.recipients]
            if any(code >= 500 for code in codes):
                raise MailRefused(f"the mail server refused the recipient ({codes[0]})") from error
            raise MailUnavailable("the mail server asks to come back later") from error
        except aiosmtplib.SMTPResponseException as error:
            if 500 <= error.code < 600 and error.code not in {530, 534, 535}:
                raise MailRefused(f"the mail server refused the mail ({error.code})") from error
            raise MailUnavailable(f"the mail server answered {error.code}") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailUnavailable(type(error).__name__) from error


def message_of(mail: Mail) -> EmailMessage:
    """The mail as RFC 5322 has it: text first, HTML as the alternative, headers that nobody can break out of."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.date)
    message["From"] = _mailbox(mail.sender, mail.sender_name)
    message["To"] = [_mailbox(address.strip()) for address in mail.recipient.split(",")]
    if mail.reply_to:
        message["Reply-To"] = _mailbox(mail.reply_to)
    message["Subject"] = " ".join(mail.subject.split())[:255]
    if mail.references:
        message["In-Reply-To"] = mail.references[-1]
        message["References"] = " ".join(mail.references)
    if not mail.is_personal:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _mailbox(address: str, name: str = "") -> Mailbox:
    plain = parseaddr(address)[1] or address
    return Mailbox(display_name=" ".join(name.split()), addr_spec=plain)
