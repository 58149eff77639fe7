"""Marks texts of the domains for translation; English is the only language so far."""


def gettext(message: str) -> str:
    """The text as the reader's language has it; today the English original. Templates translate through Jinja."""
    return message
