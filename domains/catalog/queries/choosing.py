"""From a shopper's choices to the variant they mean."""

from collections.abc import Iterable
from uuid import UUID

from domains.catalog.errors import NotMade
from domains.catalog.queries.products import product
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _


async def chosen_variant(tx: Transaction, product_id: UUID, value_ids: Iterable[UUID]) -> UUID:
    """The variant of a product that has these values; the only one needs no choice.

    Raises `ProductNotFound`, `Invalid` with what is still to be chosen (`value1` is the first option), and `NotMade`.
    """
    view = await product(tx, product_id)
    if len(view.variants) == 1:
        return view.variants[0].id
    chosen = set(value_ids)
    missing = {
        f"value{number}": _("Choose one: {option}.").format(option=option.name)
        for number, option in enumerate(view.options, 1)
        if not any(value.id in chosen for value in option.values)
    }
    if missing:
        raise Invalid(missing)
    known = {value.id for option in view.options for value in option.values}
    variant = view.matching(frozenset(chosen & known))
    if variant is None:
        raise NotMade
    return variant.id
