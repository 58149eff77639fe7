"""How a message's words are made: the domain says what, the program that sends brings a renderer."""

from typing import Any, Protocol
from uuid import UUID

import msgspec


class Composed(msgspec.Struct, frozen=True):
    """What a template needs, read from the domains below.

    `follows` are the earlier messages of the same matter, the first one first; a `personal` mail was written by
    somebody who works here.
    """

    template: str
    recipient: str
    reply_to: str
    context: dict[str, Any]
    follows: tuple[UUID, ...] = ()
    is_personal: bool = False


class Rendered(msgspec.Struct, frozen=True):
    """A message in words."""

    subject: str
    text: str
    html: str


class Renderer(Protocol):
    """Turns a template's name and its context into words; pure, with no database."""

    def __call__(self, template: str, context: dict[str, Any]) -> Rendered: ...
