"""The mails that were sent meanwhile."""

import re
from collections.abc import Iterator
from typing import Any

from e2e.stage import Stage
from e2e.tour.sights import Open, Sight


def mails(shop: Stage, window: Open) -> Iterator[Sight]:
    """The mails that were sent meanwhile, one of each kind."""
    page = window()
    seen = set()
    for mail in shop.mails():
        kind = mail_kind(mail)
        if kind not in seen:
            seen.add(kind)
            page.set_content(mail["html"])
            yield Sight(f"mail-{kind}", page, again=False)


def mail_kind(mail: dict[str, Any]) -> str:
    """The subject in a file's name, without the number that differs between two mails of one kind."""
    words = re.findall(r"[a-z]+", re.sub(r"ORD-\S+", "", mail["subject"]).lower())
    return "-".join(words)[:40]
