"""What variants cost and how many there are: what a file says beside what the shop has."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import msgspec

from domains import inventory, pricing
from domains.inventory import Arrival
from domains.kit import Transaction
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice, Price
from domains.transfer.columns import Columns
from domains.transfer.errors import NoWarehouse
from domains.transfer.goods import GoodsVariant
from domains.transfer.reports import Finding
from domains.transfer.shelves import Shelves


class Terms(msgspec.Struct, frozen=True):
    """On what terms variants are offered now: prices, costs, stock on hand over all open warehouses, backorders.

    `places` is the first warehouse that keeps each of them.
    """

    prices: Mapping[UUID, Price] = {}
    costs: Mapping[UUID, int] = {}
    on_hand: Mapping[UUID, int] = {}
    places: Mapping[UUID, UUID] = {}
    backorders: frozenset[UUID] = frozenset()


class Correction(msgspec.Struct, frozen=True):
    """A quantity on hand that a file has otherwise, and the row that says so."""

    variant_id: UUID
    warehouse_id: UUID
    change: int
    finding: Finding
    handle: str


class Offer(msgspec.Struct):
    """What is new about the terms of some products; `write` writes it all at once."""

    prices: list[NewPrice] = []
    costs: dict[UUID, int | None] = {}
    backorders: dict[UUID, bool] = {}
    arrivals: list[Arrival] = []
    corrections: list[Correction] = []

    async def write(self, tx: Transaction, reference: str) -> None:
        """All but the corrections: those lock rows that shoppers want, and come last, in key order."""
        await pricing.set_prices(tx, self.prices)
        if self.costs:
            await pricing.set_costs(tx, self.costs)
        if self.arrivals:
            await inventory.receive_all(tx, self.arrivals, reason=inventory.Reason.IMPORT, reference=reference)
        if self.backorders:
            await inventory.allow_backorders(tx, self.backorders)


async def present_terms(tx: Transaction, variant_ids: Collection[UUID], currency: str, shelves: Shelves) -> Terms:
    """The terms of variants as they are."""
    if not variant_ids:
        return Terms()
    on_hand: dict[UUID, int] = {}
    places: dict[UUID, UUID] = {}
    for level in await inventory.levels(tx, variant_ids):
        if level.warehouse_id in shelves.warehouses:
            places.setdefault(level.variant_id, level.warehouse_id)
            on_hand[level.variant_id] = on_hand.get(level.variant_id, 0) + level.quantity_on_hand
    return Terms(
        await pricing.prices(tx, variant_ids, currency),
        {variant: cost.amount for variant, cost in (await pricing.costs(tx, variant_ids, currency)).items()},
        on_hand,
        places,
        frozenset(await inventory.backorders_allowed(tx, variant_ids)),
    )


class Offering:
    """Compares the variants of one product; `changed` are the fields that are new, `notes` what was let be."""

    def __init__(self, columns: Columns, shelves: Shelves, terms: Terms, offer: Offer, *, set_stock: bool) -> None:
        self.columns = columns
        self.shelves = shelves
        self.terms = terms
        self.offer = offer
        self.set_stock = set_stock
        self.changed: list[str] = []
        self.notes: list[Finding] = []

    def compare(self, handle: str, variants: Sequence[tuple[GoodsVariant, UUID]], new: Collection[UUID]) -> None:
        """Take up what differs. `new` are variants that the shop did not have before."""
        arrived: dict[UUID, int] = {}
        for variant, variant_id in variants:
            self._price(variant, variant_id, is_new=variant_id in new)
            self._cost(variant, variant_id, is_new=variant_id in new)
            self._backorder(variant, variant_id)
            self._quantity(handle, variant, variant_id, arrived, is_new=variant_id in new)
        if arrived:
            if self.shelves.warehouse_id is None:
                raise NoWarehouse
            self.offer.arrivals.append(Arrival(self.shelves.warehouse_id, arrived))

    def _price(self, variant: GoodsVariant, variant_id: UUID, *, is_new: bool) -> None:
        if variant.price is None:
            if is_new:
                self._note(variant, "price", _("there is no price; it cannot be bought until it has one"))
            return
        present = self.terms.prices.get(variant_id)
        before = present.compare_at.amount if present is not None and present.compare_at is not None else None
        if present is not None and before is not None and before <= present.amount.amount:
            before = None
        compare_at = variant.compare_at if self.columns.has("compare_at") else before
        if compare_at is not None and compare_at <= variant.price:
            compare_at = None
        if present is None or present.amount.amount != variant.price:
            self.changed.append("price")
        elif before != compare_at:
            self.changed.append("compare_at")
        else:
            return
        self.offer.prices.append(NewPrice(variant_id, variant.price, compare_at))

    def _cost(self, variant: GoodsVariant, variant_id: UUID, *, is_new: bool) -> None:
        if self.columns.has("cost") and self.terms.costs.get(variant_id) != variant.cost:
            self.offer.costs[variant_id] = variant.cost
            self.changed.append("cost")

    def _backorder(self, variant: GoodsVariant, variant_id: UUID) -> None:
        if variant.backorder is not None and variant.backorder is not (variant_id in self.terms.backorders):
            self.offer.backorders[variant_id] = variant.backorder
            self.changed.append("policy")

    def _quantity(
        self, handle: str, variant: GoodsVariant, variant_id: UUID, arrived: dict[UUID, int], *, is_new: bool
    ) -> None:
        here = self.terms.on_hand.get(variant_id)
        if here is None:
            if variant.quantity is not None or (is_new and self.shelves.warehouse_id is not None):
                arrived[variant_id] = variant.quantity or 0
                self.changed.append("quantity")
            return
        if variant.quantity is None or variant.quantity == here:
            return
        if not self.set_stock:
            self._note(
                variant,
                "quantity",
                _("left as it is: {here} on hand here, {there} in the file").format(here=here, there=variant.quantity),
                _("Import with --stock to set the stock of what is here already."),
            )
            return
        finding = Finding(variant.row, self.columns.heading("quantity"), "")
        place = self.terms.places[variant_id]
        self.offer.corrections.append(Correction(variant_id, place, variant.quantity - here, finding, handle))
        self.changed.append("quantity")

    def _note(self, variant: GoodsVariant, field: str, problem: str, remedy: str = "") -> None:
        self.notes.append(Finding(variant.row, self.columns.heading(field), problem, remedy))
