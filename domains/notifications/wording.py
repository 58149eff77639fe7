"""How a merchant's own words come into a mail: placeholders filled, and nothing else run."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from domains.kit import Transaction

PLACEHOLDER = re.compile(r"\[\[\s*(\w*)\s*\]\]")


class OwnWords(msgspec.Struct, frozen=True):
    """A merchant's subject and opening; an empty one leaves the shop's own."""

    subject: str = ""
    opening: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The opening as paragraphs, for a mail that has marks for them."""
        return [part.strip() for part in self.opening.split("\n\n") if part.strip()]


async def words_for(tx: Transaction, template: str, context: Mapping[str, Any]) -> OwnWords:
    """The merchant's words for a mail that is about what `context` holds, their placeholders filled."""
    found = await tx.sql(
        "SELECT subject, opening FROM notifications.texts WHERE template = :template", {"template": template}
    )
    row = found.one_or_none()
    if row is None:
        return OwnWords()
    order, account = context.get("order"), context.get("account")
    values = {
        "shop": context["shop"].name,
        "number": order.number if order is not None else "",
        "name": account.first_name if account is not None else "",
    }
    return fill(OwnWords(row.subject, row.opening), values)


def fill(words: OwnWords, values: Mapping[str, str]) -> OwnWords:
    """The words with each placeholder replaced by its value, or by nothing."""

    def told(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)

    return OwnWords(" ".join(told(words.subject).split()), told(words.opening).strip())
