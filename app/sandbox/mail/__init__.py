"""The mail catcher: takes every mail by SMTP, delivers none, and shows them on a page and as JSON."""

from app.sandbox.mail.app import MailCatcher

__all__ = ["MailCatcher"]
