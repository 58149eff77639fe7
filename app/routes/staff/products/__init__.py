"""Products in the back office: their list, one made, and the pages of one: details, variants, pictures, prices."""

from app.routes.staff.products import details, life, listing, making, pictures, prices, table, variants

ROUTES = [
    *listing.ROUTES,
    *making.ROUTES,
    *table.ROUTES,
    *details.ROUTES,
    *variants.ROUTES,
    *pictures.ROUTES,
    *prices.ROUTES,
    *life.ROUTES,
]
