"""What can be done with shipments, one verb or one thing per module."""

from domains.fulfilment.operations.allocating import allocate, allocate_shipment, fill
from domains.fulfilment.operations.calling_off import call_off
from domains.fulfilment.operations.carrying import OnlyForTrying, add_carrier, change_carrier_row
from domains.fulfilment.operations.labels import MOST_TRIES, Asked, due_labels, keep_label, label_failed
from domains.fulfilment.operations.picking import (
    add_parcel,
    begin_picking,
    change_carrier,
    pack,
    pick,
    pick_all,
    put_back,
    remove_parcel,
    scan,
    want_label,
)
from domains.fulfilment.operations.sending import BY_HAND, deliver, deliver_whole, send_whole, ship
from domains.fulfilment.operations.splitting import send_what_is_there, split
from domains.fulfilment.operations.tracking import looked_at, tell_by_hand, track
from domains.fulfilment.operations.trouble import annotate, back_order, cancel_lines, hold, resume, send_from

__all__ = [
    "BY_HAND",
    "MOST_TRIES",
    "Asked",
    "OnlyForTrying",
    "add_carrier",
    "add_parcel",
    "allocate",
    "allocate_shipment",
    "annotate",
    "back_order",
    "begin_picking",
    "call_off",
    "cancel_lines",
    "change_carrier",
    "change_carrier_row",
    "deliver",
    "deliver_whole",
    "due_labels",
    "fill",
    "hold",
    "keep_label",
    "label_failed",
    "looked_at",
    "pack",
    "pick",
    "pick_all",
    "put_back",
    "remove_parcel",
    "resume",
    "scan",
    "send_from",
    "send_what_is_there",
    "send_whole",
    "ship",
    "split",
    "tell_by_hand",
    "track",
    "want_label",
]
