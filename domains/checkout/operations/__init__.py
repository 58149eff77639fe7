"""What can be done with a checkout; each takes the caller's transaction."""

from domains.checkout.operations.addressing import (
    FIELDS as ADDRESS_FIELDS,
)
from domains.checkout.operations.addressing import (
    bill_fields,
    deliverable_countries,
    enter_addresses,
    keep_typed,
)
from domains.checkout.operations.beginning import begin, forget_left, renew_token
from domains.checkout.operations.contact import enter_contact
from domains.checkout.operations.delivery import accept_total, choose_shipping, enter_notes
from domains.checkout.operations.ending import count_decline, end_order
from domains.checkout.operations.holding import extend, hold, report_shortage, settle_for
from domains.checkout.operations.placing import place
from domains.checkout.operations.readdressing import Rerating, readdress, rerate
from domains.checkout.operations.settling import SendBack, decide, lock
from domains.checkout.operations.watching import due_payments

__all__ = [
    "ADDRESS_FIELDS",
    "Rerating",
    "SendBack",
    "accept_total",
    "begin",
    "bill_fields",
    "choose_shipping",
    "count_decline",
    "decide",
    "deliverable_countries",
    "due_payments",
    "end_order",
    "enter_addresses",
    "enter_contact",
    "enter_notes",
    "extend",
    "forget_left",
    "hold",
    "keep_typed",
    "lock",
    "place",
    "readdress",
    "renew_token",
    "report_shortage",
    "rerate",
    "settle_for",
]
