"""The books of the money: double entry, append-only, each movement sums to zero per currency.

Chart of accounts (debits positive, credits negative):

`gateway_clearing`  what the gateway holds for the shop: rises with a capture, falls with a refund that was sent
`bank`              what came to the merchant's own bank by transfer, and went back from there
`customer_orders`   what customers paid for orders: revenue, tax and shipping as one, to be taken apart by the invoice
`refunds`           what went back to customers: a deduction from the former

So the cash of an order is the sum of its `gateway_clearing` and `bank`: captured − refunded (I17). The deferred trigger
`balanced` refuses a movement that does not sum to zero (I16).
"""

from typing import Literal
from uuid import UUID

from domains.kit import Money, Transaction, new_id

type Kind = Literal["capture", "refund", "refund_returned", "transfer", "transfer_refund"]

_SIDES: dict[Kind, tuple[str, str]] = {
    "capture": ("gateway_clearing", "customer_orders"),
    "refund": ("refunds", "gateway_clearing"),
    "refund_returned": ("gateway_clearing", "refunds"),
    "transfer": ("bank", "customer_orders"),
    "transfer_refund": ("refunds", "bank"),
}


async def post(tx: Transaction, kind: Kind, *, payment_id: UUID, order_id: UUID, amount: Money, cause: str) -> None:
    """Book `amount` from the second account of `kind` to the first. The database refuses the same `cause` twice."""
    transaction_id = new_id()
    await tx.sql(
        "INSERT INTO payments.ledger_transactions (id, kind, payment_id, order_id, cause)"
        " VALUES (:id, :kind, :payment_id, :order_id, :cause)",
        {"id": transaction_id, "kind": kind, "payment_id": payment_id, "order_id": order_id, "cause": cause},
    )
    debit, credit = _SIDES[kind]
    await tx.sql(
        "INSERT INTO payments.ledger_entries (transaction_id, position, account, amount, currency)"
        " VALUES (:id, 1, :debit, :amount, :currency), (:id, 2, :credit, -CAST(:amount AS bigint), :currency)",
        {
            "id": transaction_id,
            "debit": debit,
            "credit": credit,
            "amount": amount.amount,
            "currency": amount.currency,
        },
    )
