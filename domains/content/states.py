"""What a page can be, and where it is listed."""

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
