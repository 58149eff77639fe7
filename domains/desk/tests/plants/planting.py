"""What a violation is made with: the guards let down, and what is needed of a sound shop."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from domains.desk.tests.sound_shop import Cast
from domains.kit import Transaction

type Act = Callable[[Transaction, Cast], Awaitable[None]]


class Plant(msgspec.Struct, frozen=True):
    """The invariant that must fire, and what is done."""

    invariant: str
    name: str
    act: Act


PLANTS: list[Plant] = []


def breaks(invariant: str) -> Callable[[Act], Act]:
    def plant(act: Act) -> Act:
        PLANTS.append(Plant(invariant, getattr(act, "__name__", ""), act))
        return act

    return plant


async def guards_down(tx: Transaction) -> None:
    """No trigger fires and no foreign key is checked until the transaction ends."""
    await tx.sql("SET LOCAL session_replication_role = replica")


async def without_constraint(tx: Transaction, table: str, name: str) -> None:
    await tx.sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


async def without_shipments(tx: Transaction, order_id: str) -> None:
    """As orders were before there were shipments."""
    await guards_down(tx)
    of_order = "shipment_id IN (SELECT id FROM fulfilment.shipments WHERE order_id = CAST(:id AS uuid))"
    await tx.sql(f"DELETE FROM fulfilment.shipment_lines WHERE {of_order}", {"id": order_id})
    await tx.sql("DELETE FROM fulfilment.shipments WHERE order_id = CAST(:id AS uuid)", {"id": order_id})


class Head(msgspec.Struct, frozen=True):
    payment_id: UUID
    total_cents: int


async def head_of(tx: Transaction, order_id: str) -> Head:
    found = await tx.sql(
        "SELECT payment_id, total_cents FROM orders.orders WHERE id = CAST(:id AS uuid)", {"id": order_id}
    )
    return Head(**found.mappings().one())
