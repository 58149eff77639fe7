"""What can be asked of shipments."""

from domains.fulfilment.queries.queues import (
    Due,
    Picked,
    Queue,
    QueuedShipment,
    counts,
    picking_list,
    queue,
)
from domains.fulfilment.queries.reading import (
    by_number,
    by_tracking_number,
    carrier,
    carriers,
    has_begun,
    label,
    of_order,
    shipment,
    shipments,
    shipped_quantities,
    state_of,
    tracking_url,
    with_siblings,
)

__all__ = [
    "Due",
    "Picked",
    "Queue",
    "QueuedShipment",
    "by_number",
    "by_tracking_number",
    "carrier",
    "carriers",
    "counts",
    "has_begun",
    "label",
    "of_order",
    "picking_list",
    "queue",
    "shipment",
    "shipments",
    "shipped_quantities",
    "state_of",
    "tracking_url",
    "with_siblings",
]
