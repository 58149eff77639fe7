"""What must hold of reviews."""

from domains.desk.invariants.shape import Invariant

REVIEWS = (
    Invariant(
        "I32",
        "every rating is the sum of the published reviews of its product",
        """
        WITH shown AS (
            SELECT product_id, count(*) AS count, round(avg(stars), 2) AS average,
                   array_agg(stars::int ORDER BY stars) AS stars
            FROM reviews.reviews WHERE status = 'published' GROUP BY product_id
        ), counted AS (
            SELECT product_id, count::bigint, average,
                   array_fill(1, ARRAY[stars_1]) || array_fill(2, ARRAY[stars_2]) || array_fill(3, ARRAY[stars_3])
                   || array_fill(4, ARRAY[stars_4]) || array_fill(5, ARRAY[stars_5]) AS stars
            FROM reviews.ratings WHERE count <> 0
        )
        SELECT product_id, c.count AS counted, s.count AS shown, c.average, s.average AS of_shown
        FROM shown s FULL JOIN counted c USING (product_id)
        WHERE (s.count, s.average, s.stars) IS DISTINCT FROM (c.count, c.average, c.stars)
        """,
    ),
    Invariant(
        "I33",
        "every review is of a product that its order has, and the order was sent",
        """
        SELECT r.id AS review_id, r.order_id, r.product_id, o.status
        FROM reviews.reviews r LEFT JOIN orders.orders o ON o.id = r.order_id
        WHERE o.shipped_at IS NULL OR NOT EXISTS (
            SELECT FROM orders.order_lines l WHERE l.order_id = r.order_id AND l.product_id = r.product_id)
        """,
    ),
)
