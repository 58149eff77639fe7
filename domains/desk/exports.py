"""What was taken out of the shop in files, on record."""

from domains import audit
from domains.kit import Transaction


async def exported(tx: Transaction, list_key: str, query: str, rows: int) -> None:
    """Put on record that the actor took `rows` rows of a list with him; what he searched for may name a person and is
    not written down."""
    filters = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    await audit.record(
        tx,
        action="exported",
        subject=("list", list_key),
        changes={"rows": (None, rows), "filters": (None, ", ".join(filters))},
    )
