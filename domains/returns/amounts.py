"""What of the money that was paid belongs to each line, and what of that goes back; pure, in minor units."""

from collections.abc import Sequence

from domains.kit.money import divide_half_up, split
from domains.orders import OrderView


def paid_parts(order: OrderView, paid: int) -> tuple[list[int], int]:
    """What was paid for each line of the order and for its delivery, tax included; sums to `paid` to the last unit.

    A line costs what it cost less its discount, and its tax where prices do not contain it; the rest of the total is
    delivery and its tax. Where less was taken than the total, each part is less in proportion, by largest remainder.
    """
    lines = [
        line.line_total.amount - line.discount.amount + (0 if order.prices_include_tax else line.tax.amount)
        for line in order.lines
    ]
    *goods, delivery = split(paid, [*lines, max(0, order.total.amount - sum(lines))])
    return goods, delivery


def due(paid: int, quantity: int, gone: Sequence[tuple[int, int]], more: int) -> int:
    """What goes back for `more` pieces of a line of `quantity` that cost `paid`, beside what is `gone` already.

    `gone` are the quantities and amounts of the line's other refunds. Each refund brings their sum to the share of all
    pieces so far, rounded half up, so that refunding every piece, in whatever parts, gives back exactly `paid`.
    """
    pieces = sum(count for count, _amount in gone) + more
    return max(0, divide_half_up(paid * pieces, quantity) - sum(amount for _count, amount in gone))
