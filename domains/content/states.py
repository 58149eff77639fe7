"""What a page can be, and where it is listed; how far a message has come."""

from enum import StrEnum


class Kind(StrEnum):
    """`TEXT` is words alone; `DELIVERY` adds the shop's ways of delivery, `CONTACT` the contact form."""

    TEXT = "text"
    DELIVERY = "delivery"
    CONTACT = "contact"


class Menu(StrEnum):
    """The footer's columns; `NONE` pages are reached by links alone."""

    SERVICE = "service"
    LEGAL = "legal"
    NONE = "none"


class MessageState(StrEnum):
    """`CLOSED` was read and needed no answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


MESSAGE_TRANSITIONS: dict[MessageState, frozenset[MessageState]] = {
    MessageState.OPEN: frozenset({MessageState.ANSWERED, MessageState.CLOSED}),
    # What is settled can be answered once more: the customer asked back by mail.
    MessageState.ANSWERED: frozenset({MessageState.ANSWERED, MessageState.OPEN}),
    MessageState.CLOSED: frozenset({MessageState.ANSWERED, MessageState.OPEN}),
}
