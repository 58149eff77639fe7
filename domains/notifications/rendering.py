"""How a message's words are made: the domain says what, the program that sends brings a renderer."""

from typing import Any, Protocol

import msgspec


class Composed(msgspec.Struct, frozen=True):
    """What a template needs, read from the domains below."""

    template: str
    recipient: str
    reply_to: str
    context: dict[str, Any]


class Rendered(msgspec.Struct, frozen=True):
    """A message in words."""

    subject: str
    text: str
    html: str


class Renderer(Protocol):
    """Turns a template's name and its context into words; pure, with no database."""

    def __call__(self, template: str, context: dict[str, Any]) -> Rendered: ...
