"""One story of an order: events of it, of its payment, parcels and returns, mails, papers, notes, and what staff did.

One statement reads all of it. What an event says, the log does not say again. What was done in one transaction has one
time: its ids tell what came first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import content, orders
from domains.checkout import draft_code
from domains.kit import Money, Transaction
from domains.kit.crypto import keyring
from domains.kit.i18n import gettext as _

_MOST = 500
_TOLD = """
SELECT 'event' AS kind, e.recorded_at AS at, e.id AS place, e.type AS what, e.payload AS facts, NULL AS sealed,
       e.actor_kind, e.actor_name, e.actor_id
FROM kit.events e
WHERE (e.stream = 'order' AND e.stream_id = :id)
   OR (e.stream = 'payment' AND e.stream_id = (SELECT payment_id FROM orders.orders WHERE id = :id))
   OR (e.stream = 'shipment' AND e.stream_id IN (SELECT id FROM fulfilment.shipments WHERE order_id = :id))
   OR (e.stream = 'return' AND e.stream_id IN (SELECT id FROM returns.returns WHERE order_id = :id))
UNION ALL
SELECT 'mail', coalesce(n.sent_at, n.created_at), n.id, n.template_name,
       jsonb_build_object('id', n.id, 'status', n.status, 'audience', n.audience, 'again', n.again_of IS NOT NULL,
                          'why', n.failure_reason), NULL, 'system', '', NULL
FROM notifications.notifications n WHERE n.order_id = :id
UNION ALL
SELECT 'paper', d.issued_at, d.id, d.kind,
       jsonb_build_object('label', d.label, 'total', d.total_cents, 'currency', d.currency), NULL, 'system', '', NULL
FROM invoicing.documents d WHERE d.order_id = :id
UNION ALL
SELECT 'note', n.created_at, n.id, '', NULL, n.text, 'staff', '', n.author_id FROM orders.notes n WHERE n.order_id = :id
UNION ALL
SELECT 'message', m.created_at, m.id, m.state, jsonb_build_object('id', m.id), m.body, 'customer', '', NULL
FROM content.messages m WHERE m.id IN (SELECT id FROM talked)
UNION ALL
SELECT 'answer', w.created_at, w.id, '', jsonb_build_object('id', w.message_id), w.body, 'staff', '', w.author_id
FROM content.answers w WHERE w.message_id IN (SELECT id FROM talked)
UNION ALL
SELECT 'draft', d.created_at, d.id, '', jsonb_build_object('number', d.number, 'sent_at', d.sent_at), NULL, 'staff', '',
       d.created_by
FROM checkout.drafts d WHERE d.checkout_id = (SELECT checkout_id FROM orders.orders WHERE id = :id)
UNION ALL
SELECT 'log', a.recorded_at, a.id, a.action, jsonb_build_object('note', a.note), NULL, a.actor_kind, a.actor_name,
       a.actor_id
FROM audit.entries a
WHERE a.subject_kind = 'order' AND a.subject_id = CAST(CAST(:id AS uuid) AS text)
  AND a.action NOT IN ('order.noted', 'order.readdressed')
  AND a.action NOT LIKE '%.seen' AND a.action NOT LIKE 'payment.%' AND a.action NOT LIKE 'refund.%'
"""
# Anybody can type a number: what was written about an order belongs to it if its writer does.
_STATEMENT = f"""
WITH talked AS (
    SELECT m.id FROM orders.orders o JOIN content.messages m ON m.order_number = o.order_number
    WHERE o.id = :id AND m.order_number <> '' AND m.email_hash IN (
        o.email_hash, (SELECT p.email_hash FROM accounts.accounts p WHERE p.id = o.user_id))
)
SELECT t.*, p.first_name, p.role FROM ({_TOLD}) t
LEFT JOIN accounts.accounts p ON p.id = t.actor_id AND p.role <> 'customer'
ORDER BY t.at DESC, t.place DESC LIMIT {_MOST}
"""


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to an order. `kind` is event, money, mail, message, note or parcel; `about` is the own id
    or number of a mail, a message or a paper, for what can be done with it."""

    at: datetime
    text: str
    kind: str = "event"
    by: str = ""
    note: str = ""
    tone: str = ""
    about: str = ""


async def timeline(tx: Transaction, order_id: UUID) -> tuple[TimelineEntry, ...]:
    """What happened to the order, the newest first; at most 500 entries."""
    rows = (await tx.sql(_STATEMENT, {"id": order_id})).all()
    return tuple(entry for row in rows if (entry := _entry(row)) is not None)


def _entry(row: Any) -> TimelineEntry | None:
    facts: dict[str, Any] = row.facts or {}
    by = _by(row)
    match row.kind:
        case "note":
            return TimelineEntry(at=row.at, kind="note", by=by, text=_("Note"), note=orders.note_text(row.sealed))
        case "message":
            words = _("The customer wrote") if row.what != "open" else _("The customer wrote, and waits for an answer")
            note = content.opened(row.sealed, "messages.body")
            return TimelineEntry(at=row.at, kind="message", text=words, note=note, about=facts["id"])
        case "answer":
            note = content.opened(row.sealed, "answers.body")
            return TimelineEntry(at=row.at, kind="message", by=by, text=_("Answered"), note=note, about=facts["id"])
        case "mail":
            return _mail(row.at, row.what, facts)
        case "paper":
            words = _PAPERS[row.what].format(label=facts["label"], amount=_amount(facts, "total"))
            return TimelineEntry(at=row.at, kind="money", text=words, about=facts["label"])
        case "draft":
            words = _("Written by staff as draft {number}").format(number=draft_code(facts["number"]))
            note = _("The link to pay by went out by mail.") if facts["sent_at"] else ""
            return TimelineEntry(at=row.at, by=by, text=words, note=note)
        case "log":
            note = facts.get("note") or ""
            if row.what == "order.cancelled" and not note:
                return None  # the event says it
            return TimelineEntry(at=row.at, by=by, text=_LOG.get(row.what, row.what), note=note)
    told = _EVENTS.get(row.what)
    if told is None:
        return None
    kind, tone, words_of = told
    text, note = words_of(facts) if callable(words_of) else (words_of, "")
    return TimelineEntry(at=row.at, kind=kind, tone=tone, by=by, text=text, note=note)


def _by(row: Any) -> str:
    """Who did it: a colleague by his name, a customer as that, a program by nothing."""
    if row.first_name is not None:
        return keyring().decrypt(row.first_name, "accounts.accounts.first_name") or str(row.role)
    match row.actor_kind:
        case "staff":
            return row.actor_name or _("staff")
        case "customer" | "guest":
            return _("the customer")
    return ""


def _mail(at: datetime, template: str, facts: dict[str, Any]) -> TimelineEntry:
    to = _("the customer") if facts["audience"] == "customer" else _("the shop")
    if template == "note_mention":
        to = _("a colleague")
    name = template.replace("_", " ")
    words = {
        "queued": _("Mail “{name}” to {to} is waiting to be sent"),
        "sent": _("Mail “{name}” sent to {to}"),
        "failed": _("Mail “{name}” to {to} could not be sent"),
        "bounced": _("Mail “{name}” to {to} came back"),
    }[facts["status"]]
    if facts["again"]:
        name = _("{name}, again").format(name=name)
    is_bad = facts["status"] in {"failed", "bounced"}
    return TimelineEntry(
        at=at,
        kind="mail",
        text=words.format(name=name, to=to),
        tone="bad" if is_bad else "",
        note=(facts["why"] or "") if is_bad else "",
        about=facts["id"],
    )


def _amount(facts: dict[str, Any], name: str = "amount") -> str:
    amount = Money(facts[name], facts["currency"])
    return f"{amount.decimal:,f} {amount.currency}"


def _paid(words: str) -> Callable[[dict[str, Any]], tuple[str, str]]:
    return lambda facts: (words.format(amount=_amount(facts)), "")


def _refund_failed(facts: dict[str, Any]) -> tuple[str, str]:
    words = _("Refund of {amount} came back from the bank") if facts["returned"] else _("Refund of {amount} failed")
    return words.format(amount=_amount(facts)), str(facts["code"])


def _cancelled(facts: dict[str, Any]) -> tuple[str, str]:
    return _("Order cancelled"), _REASONS.get(facts["reason"], facts["reason"])


def _readdressed(facts: dict[str, Any]) -> tuple[str, str]:
    return _("Delivery address changed"), _("The difference goes back.") if facts["refund_id"] else ""


def _number(words: str) -> Callable[[dict[str, Any]], tuple[str, str]]:
    return lambda facts: (words, facts.get("number") or facts.get("tracking_number") or "")


type Words = str | Callable[[dict[str, Any]], tuple[str, str]]

_REASONS = {
    "payment_failed": _("The payment failed."),
    "expired": _("It was not paid in time."),
    "customer": _("By the customer."),
    "staff": _("By the shop."),
    "out_of_stock": _("Out of stock."),
    "recalled": _("Called back on its way."),
    "replaced": _("The customer changed it before paying."),
    "unavailable": _("The payment service did not answer."),
}
_PAPERS = {
    "invoice": _("Invoice {label} over {amount}"),
    "credit_note": _("Credit note {label} over {amount}"),
    "reversal": _("Reversal {label} over {amount}"),
    "correction": _("Correction {label}"),
}
_LOG = {
    "order.cancelled": _("Cancelled by staff"),
    "mail.sent_again": _("Asked for a mail to be sent again"),
    "mail.retried": _("Asked for a mail to be tried again"),
    "mail.set_aside": _("Set a failed mail aside"),
    "order.marked_paid": _("Marked as paid"),
}
_EVENTS: dict[str, tuple[str, str, Words]] = {
    "order.created": ("event", "", _("Order placed")),
    "order.awaits_transfer": ("money", "", _("The customer pays by bank transfer")),
    "order.confirmed": ("event", "good", _("Order confirmed")),
    "order.shipped": ("parcel", "", _number(_("Order on its way"))),
    "order.delivered": ("parcel", "good", _("Order delivered")),
    "order.cancelled": ("event", "bad", _cancelled),
    "order.claimed": ("event", "", _("Taken over by the customer's account")),
    "order.readdressed": ("event", "", _readdressed),
    "payment.authorized": ("money", "", _paid(_("{amount} held by the bank"))),
    "payment.declined": ("money", "bad", lambda facts: (_("Payment declined"), str(facts["code"]))),
    "payment.voided": ("money", "", _("Held money let go")),
    "payment.captured": ("money", "good", _paid(_("{amount} taken"))),
    "payment.failed": ("money", "bad", lambda facts: (_("Payment failed"), str(facts["code"]))),
    "payment.cancelled": ("money", "", _("Payment called off")),
    "payment.quarantined": ("money", "bad", lambda facts: (_("Payment does not fit"), str(facts["reason"]))),
    "refund.requested": ("money", "", _paid(_("Refund of {amount} asked for"))),
    "refund.processed": ("money", "good", _paid(_("Refund of {amount} sent"))),
    "refund.failed": ("money", "bad", _refund_failed),
    "shipment.created": ("parcel", "", _number(_("Shipment made"))),
    "shipment.back_ordered": ("parcel", "", _("Shipment waits for goods")),
    "shipment.allocated": ("parcel", "", _("Shipment can be picked")),
    "shipment.picking_begun": ("parcel", "", _("Picking begun")),
    "shipment.put_back": ("parcel", "", _("Picking put back")),
    "shipment.picked": ("parcel", "", _("Shipment picked")),
    "shipment.packed": ("parcel", "", _("Shipment packed")),
    "shipping.label.created": ("parcel", "", _number(_("Label made"))),
    "shipping.label.failed": ("parcel", "bad", _("Label could not be made")),
    "shipment.shipped": ("parcel", "", _number(_("Shipment handed to the carrier"))),
    "shipment.tracking_updated": ("parcel", "", _("News of the parcel")),
    "shipment.delivered": ("parcel", "good", _("Shipment delivered")),
    "shipment.held": ("parcel", "bad", _("Shipment put on hold")),
    "shipment.resumed": ("parcel", "", _("Shipment goes on")),
    "shipment.split": ("parcel", "", _("Shipment split")),
    "shipment.joined": ("parcel", "", _("Shipments joined")),
    "shipment.moved": ("parcel", "", _("Shipment moved to another warehouse")),
    "return.requested": ("parcel", "", _("Return asked for")),
    "return.withdrawal_received": ("parcel", "", _("Withdrawal received")),
    "return.approved": ("parcel", "", _("Return approved")),
    "return.rejected": ("parcel", "", _("Return rejected")),
    "return.received": ("parcel", "", _("Return received")),
    "return.refunded": ("money", "", _("Return refunded")),
    "return.closed": ("parcel", "", _("Return closed")),
    "return.reopened": ("parcel", "", _("Return opened again")),
}
