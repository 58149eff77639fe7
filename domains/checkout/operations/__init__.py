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
from domains.checkout.operations.drafting import (
    LINK_DAYS,
    add_to_draft,
    address_draft,
    agree_draft,
    begin_draft,
    deliver_draft,
    draft_again,
    drop_draft,
    issue_link,
    offer_draft,
    set_draft_lines,
    withdraw_link,
)
from domains.checkout.operations.ending import count_decline, end_order
from domains.checkout.operations.holding import extend, hold, report_shortage, settle_for
from domains.checkout.operations.placing import place
from domains.checkout.operations.readdressing import Rerating, readdress, rerate
from domains.checkout.operations.settling import SendBack, decide, lock
from domains.checkout.operations.watching import due_payments

__all__ = [
    "ADDRESS_FIELDS",
    "LINK_DAYS",
    "Rerating",
    "SendBack",
    "accept_total",
    "add_to_draft",
    "address_draft",
    "agree_draft",
    "begin",
    "begin_draft",
    "bill_fields",
    "choose_shipping",
    "count_decline",
    "decide",
    "deliver_draft",
    "deliverable_countries",
    "draft_again",
    "drop_draft",
    "due_payments",
    "end_order",
    "enter_addresses",
    "enter_contact",
    "enter_notes",
    "extend",
    "forget_left",
    "hold",
    "issue_link",
    "keep_typed",
    "lock",
    "offer_draft",
    "place",
    "readdress",
    "renew_token",
    "report_shortage",
    "rerate",
    "set_draft_lines",
    "settle_for",
    "withdraw_link",
]
