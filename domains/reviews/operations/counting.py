"""How the ratings follow: in the transaction that shows a review or takes it away."""

from uuid import UUID

from domains.kit import Transaction

_SUMS = ", ".join(f"stars_{stars} = stars_{stars} + :stars_{stars}" for stars in range(1, 6))
_ADD = f"UPDATE reviews.ratings SET count = count + :count, {_SUMS} WHERE product_id = :product"


async def count(tx: Transaction, product_id: UUID, *, off: int | None = None, on: int | None = None) -> None:
    """Take a review of `off` stars out of the product's rating and put one of `on` stars in.

    The caller holds the review's row, so that each review is counted once; the sums are added up by the database, so
    that two reviews at the same moment both count. It refuses a rating that would not add up.
    """
    await tx.sql(
        "INSERT INTO reviews.ratings (product_id) VALUES (:product) ON CONFLICT DO NOTHING", {"product": product_id}
    )
    changes = {f"stars_{stars}": (stars == on) - (stars == off) for stars in range(1, 6)}
    await tx.sql(_ADD, {"product": product_id, "count": sum(changes.values()), **changes})
