"""What staff write about an order, for each other."""

import re
from uuid import UUID

from sqlalchemy import insert

from domains import accounts, audit
from domains.accounts import StaffMember
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _
from domains.orders.events import OrderNoted, StaffMentioned
from domains.orders.models import NoteRow
from domains.orders.queries import lock

LONGEST_NOTE = 2000
_MENTION = re.compile(r"(?<![\w.])@([\w.+-]*\w)")


async def add_note(tx: Transaction, order_id: UUID, text: str) -> UUID:
    """Write down what staff should know of the order; no customer ever sees it.

    `@ada` names a colleague, by first name or by what stands before the @ of his mail address: he gets a mail. Emits
    `order.noted` and `order.staff_mentioned` for each. Raises `Invalid`, `OrderNotFound`.
    """
    text = text.strip()
    if not text:
        raise Invalid({"text": _("Write the note first.")})
    if len(text) > LONGEST_NOTE:
        raise Invalid({"text": _("Use at most {longest} characters.").format(longest=LONGEST_NOTE)})
    head = await lock(tx, order_id)
    note_id = new_id()
    await tx.session.execute(
        insert(NoteRow), [{"id": note_id, "order_id": order_id, "author_id": tx.actor.id, "text": text}]
    )
    await record(tx, OrderNoted(order_id, note_id))
    for member_id in await _mentioned(tx, text):
        await record(tx, StaffMentioned(order_id, note_id, member_id))
    await audit.record(
        tx,
        action="order.noted",
        subject=("order", str(order_id)),
        label=head.number,
        changes={"note": (None, str(note_id))},
        sensitive=("note",),
    )
    return note_id


async def _mentioned(tx: Transaction, text: str) -> list[UUID]:
    names = {name.casefold() for name in _MENTION.findall(text)}
    if not names:
        return []
    return [
        member.id
        for member in await accounts.staff_members(tx)
        if member.status == accounts.Status.ACTIVE and member.id != tx.actor.id and names & _called(member)
    ]


def _called(member: StaffMember) -> set[str]:
    """What a colleague is called by after an @."""
    return {
        member.email.partition("@")[0].casefold(),
        member.first_name.casefold(),
        f"{member.first_name}.{member.last_name}".casefold(),
    } - {"", "."}
