"""The warehouses' work: queues, each shipment with its next step, picking lists, carriers."""

from app.routes.staff.fulfilment import carriers, deciding, picking, queues, sending, showing

ROUTES = [
    *queues.ROUTES,
    *picking.ROUTES,
    *carriers.ROUTES,
    *showing.ROUTES,
    *sending.ROUTES,
    *deciding.ROUTES,
]
