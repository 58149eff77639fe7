"""Stock in the back office: what lies where, what moved it, what is on its way, and what was counted."""

from app.routes.staff.stock import counts, files, ledger, levels, purchases, transfers, variant, warehouses

ROUTES = [
    *levels.ROUTES,
    *ledger.ROUTES,
    *transfers.ROUTES,
    *purchases.ROUTES,
    *counts.ROUTES,
    *warehouses.ROUTES,
    *files.ROUTES,
    *variant.ROUTES,
]
