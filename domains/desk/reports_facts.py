"""What the reports count, as SQL over the books: one statement for each kind of figure, by day of the shop's calendar.

Each figure counts once and on one day, so that a day that has passed keeps its figures:

*Sales* on the day an order was confirmed, which is the day its money was taken (or nothing was to be paid), whatever
became of it later. Goods, discounts, delivery, tax and total are those of the order as it was placed; the totals sum to
the invoices. *Refunds* of such orders on the day the money went, less what a bank sent back on the day it came back;
they sum to the credit notes less their reversals. An order cancelled after it was paid is a sale and a refund.

*Of products* the same sales and refunds by line: what was paid for a line is its price less its discount, and its tax
where prices do not contain it. A refund by line is of its lines, one of the whole order of all of them; delivery, and
money back for nothing named, stands under no product, so that the sum is that of the sales to the cent.

*Tax* on the day of the paper: invoices, less credit notes and corrections, and reversals again; an order's papers carry
the rates that were true for it. A document without any rate counts as untaxed with its total.

*Money* on the day it was booked, as the ledger has it: taken and sent back by method, also for orders that never came
about.
"""

from uuid import UUID

import msgspec

NO_PRODUCT = UUID(int=0)
_DAY = "CAST({moment} AT TIME ZONE :zone AS date)"
_ORDERED = _DAY.format(moment="o.confirmed_at")
_BOOKED = _DAY.format(moment="t.recorded_at")
_PAID = "l.line_total_cents - l.discount_cents + CASE WHEN o.prices_include_tax THEN 0 ELSE l.tax_cents END"
_REFUNDS = """
payments.ledger_transactions t
JOIN payments.ledger_entries e ON e.transaction_id = t.id AND e.account = 'refunds'
JOIN orders.orders o ON o.id = t.order_id AND o.confirmed_at IS NOT NULL
WHERE t.recorded_at >= :since AND t.recorded_at < :until AND t.kind IN ('refund', 'refund_returned', 'transfer_refund')
"""

_SALES = f"""
SELECT {_ORDERED} AS day, o.currency, coalesce(o.ship_country, '') AS country, count(*) AS orders,
       sum(o.subtotal_cents) AS goods, sum(o.discount_cents) AS discounts, sum(o.shipping_cents) AS delivery,
       sum(o.tax_cents) AS tax, coalesce(sum(o.tax_cents) FILTER (WHERE o.prices_include_tax), 0) AS tax_inside,
       sum(o.total_cents) AS total, 0 AS refunds
FROM orders.orders o WHERE o.confirmed_at >= :since AND o.confirmed_at < :until
GROUP BY 1, 2, 3
UNION ALL
SELECT {_BOOKED}, e.currency, coalesce(o.ship_country, ''), 0, 0, 0, 0, 0, 0, 0, sum(e.amount)
FROM {_REFUNDS}
GROUP BY 1, 2, 3
"""

_PRODUCTS = f"""
WITH sold AS (
    SELECT {_ORDERED} AS day, o.currency, l.product_id, l.quantity, l.line_total_cents, l.discount_cents, l.tax_cents,
           {_PAID} AS paid
    FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id
    WHERE o.confirmed_at >= :since AND o.confirmed_at < :until
), sent AS (
    SELECT {_BOOKED} AS day, e.currency, t.order_id, o.total_cents, e.amount,
           CAST(split_part(t.cause, ':', 2) AS uuid) AS refund_id
    FROM {_REFUNDS}
), of_lines AS (
    SELECT s.day, s.currency, s.order_id, s.total_cents, s.amount, count(f.order_line_id) AS named, s.refund_id
    FROM sent s LEFT JOIN returns.refunds r ON r.payment_refund_id = s.refund_id
    LEFT JOIN returns.refund_lines f ON f.refund_id = r.id
    GROUP BY 1, 2, 3, 4, 5, 7
), back AS (
    SELECT s.day, s.currency, l.product_id, sign(s.amount) * f.quantity AS quantity,
           sign(s.amount) * f.amount_cents AS amount
    FROM of_lines s JOIN returns.refunds r ON r.payment_refund_id = s.refund_id
    JOIN returns.refund_lines f ON f.refund_id = r.id JOIN orders.order_lines l ON l.id = f.order_line_id
    UNION ALL
    SELECT s.day, s.currency, l.product_id, sign(s.amount) * l.quantity, sign(s.amount) * ({_PAID})
    FROM of_lines s JOIN orders.orders o ON o.id = s.order_id JOIN orders.order_lines l ON l.order_id = s.order_id
    WHERE s.named = 0 AND abs(s.amount) = s.total_cents
), nothing AS (SELECT CAST('{NO_PRODUCT}' AS uuid) AS product_id)
SELECT day, currency, product_id, sum(quantity) AS units, sum(line_total_cents) AS goods,
       sum(discount_cents) AS discounts, sum(tax_cents) AS tax, sum(paid) AS total, 0 AS refunds, 0 AS returned
FROM sold GROUP BY 1, 2, 3
UNION ALL
SELECT {_ORDERED}, o.currency, n.product_id, 0, sum(o.shipping_cents), sum(o.discount_cents), sum(o.tax_cents),
       sum(o.total_cents), 0, 0
FROM orders.orders o, nothing n WHERE o.confirmed_at >= :since AND o.confirmed_at < :until GROUP BY 1, 2, 3
UNION ALL
SELECT day, currency, n.product_id, 0, 0, -sum(discount_cents), -sum(tax_cents), -sum(paid), 0, 0
FROM sold, nothing n GROUP BY 1, 2, 3
UNION ALL
SELECT day, currency, product_id, 0, 0, 0, 0, 0, sum(amount), sum(quantity) FROM back GROUP BY 1, 2, 3
UNION ALL
SELECT day, currency, n.product_id, 0, 0, 0, 0, 0, sum(amount), 0 FROM sent, nothing n GROUP BY 1, 2, 3
UNION ALL
SELECT day, currency, n.product_id, 0, 0, 0, 0, 0, -sum(amount), 0 FROM back, nothing n GROUP BY 1, 2, 3
"""

_TAXES = """
SELECT d.issued_on AS day, d.currency, coalesce(o.ship_country, '') AS country, x.name, x.rate_ppm,
       coalesce(sum(x.taxable) FILTER (WHERE d.kind = 'invoice'), 0) AS taxable,
       coalesce(sum(x.tax) FILTER (WHERE d.kind = 'invoice'), 0) AS tax,
       coalesce(sum(CASE d.kind WHEN 'reversal' THEN -x.taxable ELSE x.taxable END)
                FILTER (WHERE d.kind <> 'invoice'), 0) AS taxable_back,
       coalesce(sum(CASE d.kind WHEN 'reversal' THEN -x.tax ELSE x.tax END)
                FILTER (WHERE d.kind <> 'invoice'), 0) AS tax_back
FROM invoicing.documents d JOIN orders.orders o ON o.id = d.order_id
CROSS JOIN LATERAL (
    SELECT name, rate_ppm, taxable, tax
    FROM jsonb_to_recordset(d.taxes) AS told (name text, rate_ppm int, taxable bigint, tax bigint)
    UNION ALL
    SELECT '', 0, d.total_cents, 0 WHERE d.taxes = '[]'
) x
WHERE d.issued_on >= :first AND d.issued_on <= :last
GROUP BY 1, 2, 3, 4, 5
"""

_MONEY = f"""
SELECT {_BOOKED} AS day, e.currency, coalesce(p.method, '') AS method,
       count(*) FILTER (WHERE t.kind IN ('capture', 'transfer')) AS payments,
       coalesce(sum(e.amount) FILTER (WHERE t.kind IN ('capture', 'transfer')), 0) AS taken,
       count(*) FILTER (WHERE t.kind IN ('refund', 'transfer_refund')) AS refunds,
       -coalesce(sum(e.amount) FILTER (WHERE t.kind IN ('refund', 'transfer_refund')), 0) AS refunded,
       coalesce(sum(e.amount) FILTER (WHERE t.kind = 'refund_returned'), 0) AS returned
FROM payments.ledger_transactions t
JOIN payments.ledger_entries e ON e.transaction_id = t.id AND e.account IN ('gateway_clearing', 'bank')
JOIN payments.payments p ON p.id = t.payment_id
WHERE t.recorded_at >= :since AND t.recorded_at < :until
GROUP BY 1, 2, 3
"""


class Facts(msgspec.Struct, frozen=True):
    """A kind of figure: the table that keeps it by day, what a row is about beside day and currency, what is counted,
    and the statement that counts it anew. That is asked for `:since` to before `:until`, which are the days `:first` to
    `:last` of the time zone `:zone`; it may tell a row in several parts."""

    table: str
    about: tuple[str, ...]
    counted: tuple[str, ...]
    statement: str

    @property
    def columns(self) -> str:
        return ", ".join(("day", "currency", *self.about, *self.counted))

    @property
    def summed(self) -> str:
        """The statement with each row in one part."""
        keys = ", ".join(("day", "currency", *self.about))
        sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in self.counted)
        return f"SELECT {keys}, {sums} FROM ({self.statement}) AS told GROUP BY {keys}"


SALES = Facts(
    "desk.report_sales",
    ("country",),
    ("orders", "goods", "discounts", "delivery", "tax", "tax_inside", "total", "refunds"),
    _SALES,
)
PRODUCTS = Facts(
    "desk.report_products",
    ("product_id",),
    ("units", "goods", "discounts", "tax", "total", "refunds", "returned"),
    _PRODUCTS,
)
TAXES = Facts(
    "desk.report_taxes", ("country", "name", "rate_ppm"), ("taxable", "tax", "taxable_back", "tax_back"), _TAXES
)
MONEY = Facts("desk.report_money", ("method",), ("payments", "taken", "refunds", "refunded", "returned"), _MONEY)
EVERY = (SALES, PRODUCTS, TAXES, MONEY)
