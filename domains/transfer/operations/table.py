"""Many cells of many products changed at once, as in a spreadsheet: all of them, or none."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from domains import audit, catalog, pricing
from domains.catalog import ProductChanges, VariantChanges
from domains.kit import Conflict, DomainError, Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice

type Cell = tuple[UUID, str]


class RowEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What to change in the row of one variant; fields of its product may stand in any of its rows.

    `price` is the new one whole. None and empty changes leave alone what is there.
    """

    variant_id: UUID
    product_id: UUID
    product: ProductChanges = ProductChanges()
    variant: VariantChanges = VariantChanges()
    price: NewPrice | None = None
    is_published: bool | None = None


class TableRefused(Conflict):
    """Some cells are wrong, and nothing was changed; `cells` says what is wrong, by variant and field."""

    code = "table_refused"
    title = _("Nothing was saved: some cells are wrong.")
    hint = _("Mend the marked cells and save again.")

    def __init__(self, cells: Mapping[Cell, str]) -> None:
        self.cells = dict(cells)
        super().__init__()


async def edit_table(tx: Transaction, edits: Sequence[RowEdit]) -> int:
    """Make all these changes, or none; answers how many products changed.

    Each row is tried by itself, so that all that is wrong is said at once. The rows are held in the order of their
    products' keys, so that two tables saved at once do not deadlock. It is one act in the audit log. Emits what the
    single operations emit. Raises `TableRefused`.
    """
    with audit.together(new_id()):
        return await _edit(tx, edits)


async def _edit(tx: Transaction, edits: Sequence[RowEdit]) -> int:
    wrong: dict[Cell, str] = {}
    changed: set[UUID] = set()
    prices: list[NewPrice] = []
    for edit in sorted(edits, key=lambda edit: (edit.product_id, edit.variant_id)):
        for change in _changes(tx, edit):
            try:
                async with tx.session.begin_nested():
                    await change()
            except Invalid as refused:
                wrong |= {(edit.variant_id, field): message for field, message in refused.fields.items()}
            except DomainError as refused:
                wrong[edit.variant_id, "is_published"] = refused.title
            else:
                changed.add(edit.product_id)
        if edit.price is not None:
            problem = _price_problem(edit.price)
            if problem is None:
                prices.append(edit.price)
                changed.add(edit.product_id)
            else:
                wrong[edit.variant_id, problem[0]] = problem[1]
    if wrong:
        raise TableRefused(wrong)
    await pricing.set_prices(tx, prices)
    return len(changed)


def _changes(tx: Transaction, edit: RowEdit) -> list[Callable[[], Awaitable[None]]]:
    wanted: list[Callable[[], Awaitable[None]]] = []
    if edit.product != ProductChanges():
        wanted.append(lambda: catalog.change_product(tx, edit.product_id, edit.product))
    if edit.variant != VariantChanges():
        wanted.append(lambda: catalog.change_variant(tx, edit.variant_id, edit.variant))
    if edit.is_published is not None:
        do = catalog.publish if edit.is_published else catalog.unpublish
        wanted.append(lambda: do(tx, edit.product_id))
    return wanted


def _price_problem(price: NewPrice) -> tuple[str, str] | None:
    if not 0 <= price.amount <= pricing.LARGEST_PRICE:
        return "price", _("Enter an amount from 0 to 100,000,000.")
    if price.compare_at is not None and not price.amount < price.compare_at <= pricing.LARGEST_PRICE:
        return "compare_at", _("Enter a former price that is higher than the price, or none.")
    return None
