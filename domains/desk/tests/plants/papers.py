"""Ways to break what must hold of invoices and credit notes."""

from domains.desk.tests.plants.planting import breaks, guards_down
from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction


@breaks("I29")
async def an_invoice_that_is_gone(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM invoicing.documents WHERE order_id = CAST(:paid AS uuid)", {"paid": cast.paid})
    await tx.sql("UPDATE invoicing.counters SET last = last - 1 WHERE series = 'INV'")
    await tx.sql("UPDATE invoicing.documents SET number = number - 1 WHERE series = 'INV' AND number > 1")


@breaks("I29")
async def a_number_that_is_missing(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("UPDATE invoicing.documents SET number = number + 7 WHERE kind = 'credit_note'")
    await tx.sql("UPDATE invoicing.counters SET last = last + 7 WHERE series = 'CN'")


@breaks("I29")
async def a_counter_that_has_gone_on(tx: Transaction, cast: Cast) -> None:
    await tx.sql("UPDATE invoicing.counters SET last = last + 1 WHERE series = 'INV'")


@breaks("I29")
async def an_invoice_of_more_than_the_order(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET shipping_cents = shipping_cents + 100, total_cents = total_cents + 100"
        " WHERE kind = 'invoice' AND order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I29")
async def an_invoice_whose_taxes_do_not_add_up(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET taxes = taxes || jsonb_build_object('name', 'x', 'rate_ppm', 0, 'taxable', 0,"
        " 'tax', 7) WHERE kind = 'invoice' AND order_id = CAST(:paid AS uuid)",
        {"paid": cast.paid},
    )


@breaks("I29")
async def an_invoice_of_what_was_never_paid(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET order_id = CAST(:unpaid AS uuid) WHERE order_id = CAST(:paid AS uuid)",
        {"unpaid": cast.unpaid, "paid": cast.paid},
    )


@breaks("I29")
async def a_credit_note_of_less_than_went_back(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql(
        "UPDATE invoicing.documents SET total_cents = total_cents - 1, subtotal_cents = subtotal_cents - 1,"
        " lines = jsonb_build_array(jsonb_build_object('name', 'x', 'quantity', 1, 'amount', total_cents - 1))"
        " WHERE kind = 'credit_note'"
    )


@breaks("I29")
async def a_refund_without_a_credit_note(tx: Transaction, cast: Cast) -> None:
    await guards_down(tx)
    await tx.sql("DELETE FROM invoicing.documents WHERE kind = 'credit_note'")
    await tx.sql("DELETE FROM invoicing.counters WHERE series = 'CN'")
