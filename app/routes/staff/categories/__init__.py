"""The tree of categories and the properties that products have in them."""

from app.routes.staff.categories import details, making, properties, tree

ROUTES = [*tree.ROUTES, *making.ROUTES, *properties.ROUTES, *details.ROUTES]
