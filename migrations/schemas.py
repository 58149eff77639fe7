"""The schemas of the shop, one per domain; everything else in a database is not ours."""

SCHEMAS = frozenset(
    [
        "kit",
        "store",
        "accounts",
        "catalog",
        "inventory",
        "pricing",
        "shipping",
        "cart",
        "payments",
        "orders",
        "checkout",
        "search",
        "notifications",
    ]
)
