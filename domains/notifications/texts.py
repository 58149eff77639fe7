"""Mails in the merchant's own words: another subject, and an opening above what the mail has to say.

What the law and the order ask for stays as it is. Placeholders stand for what the mail is about; nothing else in a text
is filled or run.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from domains import audit, store
from domains.kit import Invalid, NotFound, Transaction
from domains.kit.i18n import gettext as _
from domains.notifications.previews import templates
from domains.notifications.rendering import Composed
from domains.notifications.wording import PLACEHOLDER, OwnWords, fill

LONGEST_SUBJECT, LONGEST_OPENING = 200, 2000
# What a placeholder stands for, and what stands there in a preview.
PLACEHOLDERS: Mapping[str, tuple[str, str]] = {
    "shop": (_("the name of the shop"), ""),
    "number": (_("the number of the order, where the mail is about one"), "ORD-20260101-ABCD"),
    "name": (_("the first name, where the mail is about an account"), "Ada"),
}


async def own_texts(tx: Transaction) -> dict[str, OwnWords]:
    """The merchant's words by mail, for those that have any."""
    rows = await tx.sql("SELECT template, subject, opening FROM notifications.texts")
    return {row.template: OwnWords(row.subject, row.opening) for row in rows}


async def set_text(tx: Transaction, template: str, words: OwnWords) -> None:
    """Give a mail these words; empty ones bring the shop's own back. Staff can undo it.

    Raises `NotFound` for no mail of ours, `Invalid` for what is too long and for a placeholder that stands for nothing.
    """
    if template not in templates():
        raise NotFound
    check_words(words)
    before = await _present(tx, template, ("subject", "opening"))
    await tx.sql(
        "INSERT INTO notifications.texts (template, subject, opening) VALUES (:template, :subject, :opening)"
        " ON CONFLICT (template) DO UPDATE SET subject = excluded.subject, opening = excluded.opening,"
        " updated_at = kit.now()",
        {"template": template, "subject": words.subject, "opening": words.opening},
    )
    await audit.record(
        tx,
        action="mail_text.changed",
        subject=("mail_text", template),
        label=template.replace("_", " "),
        changes={"subject": (before["subject"], words.subject), "opening": (before["opening"], words.opening)},
        undo="mail_text",
    )


def check_words(words: OwnWords) -> None:
    """Raises `Invalid`; see `set_text`."""
    wrong: dict[str, str] = {}
    for field, longest in (("subject", LONGEST_SUBJECT), ("opening", LONGEST_OPENING)):
        text: str = getattr(words, field)
        unknown = [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
        if len(text) > longest:
            wrong[field] = _("Use at most {longest} characters.").format(longest=longest)
        elif unknown:
            wrong[field] = _("[[{name}]] stands for nothing; use {known}.").format(
                name=unknown[0], known=", ".join(f"[[{name}]]" for name in PLACEHOLDERS)
            )
    if "\n" in words.subject:
        wrong["subject"] = _("A subject is one line.")
    if wrong:
        raise Invalid(wrong)


async def sample(tx: Transaction, template: str, words: OwnWords, *, base_url: str) -> Composed:
    """A mail that shows a merchant's words as they would look, about nobody: no customer stands in it."""
    shop = await store.shop(tx)
    values = {name: shop.name if name == "shop" else value for name, (_told, value) in PLACEHOLDERS.items()}
    return Composed(
        template="sample",
        recipient="",
        reply_to=shop.reply_email or shop.alerts_email,
        context={
            "shop": shop,
            "shop_url": base_url,
            "pages": {},
            "about": template.replace("_", " "),
            "own": fill(words, values),
        },
    )


async def _present(tx: Transaction, template: str, fields: Sequence[str]) -> dict[str, Any]:
    found = await tx.sql(
        "SELECT subject, opening FROM notifications.texts WHERE template = :template FOR UPDATE",
        {"template": template},
    )
    row = found.mappings().one_or_none() or {"subject": "", "opening": ""}
    return {field: row[field] for field in fields}


async def _put_back(tx: Transaction, template: str, fields: dict[str, Any]) -> None:
    await set_text(tx, template, OwnWords(**{**await _present(tx, template, ("subject", "opening")), **fields}))


audit.undoable("mail_text", _put_back, _present)
