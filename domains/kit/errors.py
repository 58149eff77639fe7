"""What a domain refuses, and with what the asker can go on.

A domain raises a subclass of one of these; one handler of the web face turns it into a page, a fragment or JSON.
`title` says what happened and `hint` what to do next, both in the shopper's words. Extra facts (the shortages, the
new total) are attributes of the subclass, so that a page can offer choices.
"""

from collections.abc import Mapping
from typing import ClassVar


class DomainError(Exception):
    """A refusal by a rule of the shop; raising it inside a transaction block rolls everything back."""

    code: ClassVar[str] = "refused"
    title: str = "That is not possible."
    hint: str = ""

    def __init__(self, title: str | None = None, hint: str | None = None) -> None:
        if title is not None:
            self.title = title
        if hint is not None:
            self.hint = hint
        super().__init__(self.title)


class NotFound(DomainError):
    """Unknown, or not the asker's: the two are answered alike, so that nobody learns which ids exist. HTTP 404."""

    code = "not_found"
    title = "We could not find that."


class Invalid(DomainError):
    """Input that cannot be accepted; `fields` maps a field's name to what is wrong and how to mend it. HTTP 422."""

    code = "invalid"
    title = "There is a problem"

    def __init__(self, fields: Mapping[str, str], title: str | None = None) -> None:
        self.fields = dict(fields)
        super().__init__(title)


class Conflict(DomainError):
    """True input that the present state forbids (sold out, price changed, already paid). HTTP 409."""

    code = "conflict"


class Forbidden(DomainError):
    """Known who asks, and he may not. HTTP 403."""

    code = "forbidden"
    title = "You do not have access to this."


class LogInNeeded(DomainError):
    """Nobody is logged in and somebody has to be. HTTP 401, for pages a 303 to the log-in page."""

    code = "log_in_needed"
    title = "Please log in."


class TooMany(DomainError):
    """Asked too often; `retry_after` seconds. HTTP 429."""

    code = "too_many"
    title = "Too many tries."

    def __init__(self, retry_after: int, title: str | None = None, hint: str | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(title, hint)


class Unavailable(DomainError):
    """Something we depend on does not answer; nothing is lost and trying later helps. HTTP 503."""

    code = "unavailable"
    title = "This is not available right now."
    hint = "Please try again in a few minutes."
    retry_after: int = 30
