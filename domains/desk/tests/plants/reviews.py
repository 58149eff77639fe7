"""Ways to break what must hold of reviews."""

from domains.desk.tests.plants.planting import breaks, guards_down
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction, new_id


@breaks("I32")
async def a_rating_without_a_review(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.ratings SET count = count + 1, stars_5 = stars_5 + 1")


@breaks("I32")
async def a_hidden_review_that_still_counts(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.reviews SET status = 'hidden', reason = 'spam'")


@breaks("I32")
async def a_rating_of_other_stars_with_the_same_number(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE reviews.ratings SET stars_4 = stars_4 - 1, stars_1 = stars_1 + 1")


@breaks("I32")
async def a_review_that_nobody_counted(tx: Transaction, cast: Cast) -> None:
    await tx.sql("DELETE FROM reviews.ratings")


@breaks("I33")
async def a_review_of_something_else_than_was_bought(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE reviews.reviews SET product_id = CAST(:other AS uuid)", {"other": str(new_id())})
    await tx.sql("UPDATE reviews.ratings SET product_id = (SELECT product_id FROM reviews.reviews)")


@breaks("I33")
async def a_review_of_what_was_never_sent(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE reviews.reviews SET order_id = CAST(:paid AS uuid)", {"paid": cast.paid})
