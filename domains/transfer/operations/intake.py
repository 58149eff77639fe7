"""One import under way: what it has found, made and counted so far."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import ProductRecord, SkuOwner
from domains.kit import Transaction
from domains.transfer.columns import Columns
from domains.transfer.goods import Goods
from domains.transfer.operations.history import History
from domains.transfer.operations.offering import Correction, Terms
from domains.transfer.operations.picturing import Album
from domains.transfer.reading import Sheet
from domains.transfer.reports import Finding, Outcome, Result
from domains.transfer.shelves import Shelves


class Owners:
    """Whose SKUs are, each asked for once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[str, list[SkuOwner]] = {}

    async def ask(self, skus: Iterable[str]) -> None:
        new = sorted(set(skus) - set(self._known))
        if new:
            self._known |= {sku: [] for sku in new} | await catalog.owners_of_skus(self._tx, new)

    def of(self, sku: str) -> list[SkuOwner]:
        """Those who have a SKU that was asked for."""
        return self._known.get(sku, [])


class Known(msgspec.Struct, frozen=True):
    """What the shop knows of a batch: its products by the file's addresses, SKUs, pictures, terms."""

    records: dict[str, ProductRecord]
    owners: Owners
    album: Album
    terms: Terms


class Intake:
    """One import under way: what it has found, made and counted so far."""

    def __init__(
        self,
        tx: Transaction,
        sheet: Sheet,
        currency: str,
        shelves: Shelves,
        media_base: str,
        *,
        set_stock: bool,
        history: History | None = None,
    ) -> None:
        self.tx = tx
        self.sheet = sheet
        self.columns: Columns = sheet.columns
        self.currency = currency
        self.shelves = shelves
        self.media_base = media_base
        self.set_stock = set_stock
        self.history = history
        self.results: list[Result] = []
        self.wanted: set[UUID] = set()
        self.corrections: list[Correction] = []
        self.skus = set(sheet.skus)  # those of the file and those given out
        self.product_skus: set[str] = set()
        self.taken: dict[UUID, tuple[str, int]] = {}  # products of the shop, and the handle and row that meant them

    def finding(self, row: int, field: str, problem: str, remedy: str = "", instead: str = "") -> Finding:
        """Something to say about a cell, by the file's own word for the column."""
        return Finding(row, self.columns.heading(field), problem, remedy, instead)


def refused(goods: Goods, problems: Iterable[Finding] = ()) -> Result:
    """The result of a product that cannot be taken in."""
    return Result(goods.handle, goods.row, Outcome.REFUSED, (), (*goods.problems, *problems), goods.notes)
