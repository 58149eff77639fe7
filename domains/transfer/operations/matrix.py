"""Variants by the dozen: every combination of what can be chosen, with a price and a first count."""

import itertools
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from slugify import slugify

from domains import catalog, inventory, pricing, store
from domains.catalog import OptionDraft, ProductRecord, ValueDraft, VariantDraft
from domains.inventory import Arrival, Reason
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.pricing import NewPrice
from domains.transfer.errors import NoWarehouse

MOST_VARIANTS = 250
_LONGEST_SKU = 50

type Combination = Mapping[str, str]


class Terms(msgspec.Struct, frozen=True):
    """On what terms new variants are sold: minor units of the shop's currency, and how many lie there at first."""

    price: int | None = None
    compare_at: int | None = None
    on_hand: int | None = None


async def add_values(
    tx: Transaction, product_id: UUID, option: str, values: Sequence[ValueDraft], terms: Terms
) -> list[UUID]:
    """Let a product have further values of an option, or a new option, and make every variant of them.

    The variants that are there keep what they are; of a new option they have its first value. Answers the new ones.
    Raises `Invalid`, `ProductNotFound` and `NoWarehouse`.
    """
    record = await _record(tx, product_id)
    name = " ".join(option.split())
    given = [value for value in values if value.value.strip()]
    if not name or not given:
        raise Invalid({"values": _("Enter an option and at least one value of it.")})
    present = {known.name: known for known in record.options}
    own = {known.value for known in present[name].values} if name in present else set()
    new = [value for value in given if value.value not in own]
    options = [_draft(known, new if known.name == name else ()) for known in record.options]
    if name not in present:
        if len(options) >= catalog.MOST_OPTIONS:
            raise Invalid({"option": _("Give a product at most {most} options.").format(most=catalog.MOST_OPTIONS)})
        options.append(OptionDraft(name, tuple(given)))
    if name in present and not new:
        raise Invalid({"values": _("The option has these values already.")})
    first = given[0].value
    await catalog.reshape(
        tx,
        product_id,
        options,
        {variant.id: {**variant.values, **({} if name in present else {name: first})} for variant in record.variants},
    )
    wanted = {value.value for value in (new if name in present else given[1:])}
    combinations = [one for one in _all(options) if one[name] in wanted]
    return await make_variants(tx, product_id, combinations, terms)


def missing_combinations(record: ProductRecord) -> list[Combination]:
    """What could be chosen of a product and is not made."""
    made = {frozenset(variant.values.items()) for variant in record.variants}
    options = [_draft(option, ()) for option in record.options]
    return [one for one in _all(options) if frozenset(one.items()) not in made] if options else []


async def make_variants(
    tx: Transaction, product_id: UUID, combinations: Sequence[Combination], terms: Terms
) -> list[UUID]:
    """Make variants of these combinations, each with a SKU of its own; without a price they have that of the others.

    Raises `Invalid`, `ProductNotFound`, and `NoWarehouse` for a count without a place.
    """
    record = await _record(tx, product_id)
    if len(record.variants) + len(combinations) > MOST_VARIANTS:
        raise Invalid(
            {
                "values": _("That would be {count} variants, and a product has at most {most}.").format(
                    count=len(record.variants) + len(combinations), most=MOST_VARIANTS
                )
            }
        )
    made = []
    for one in combinations:
        sku = await _free_sku(tx, record, one)
        made.append(await catalog.add_variant(tx, product_id, VariantDraft(sku=sku, values=one)))
    await offer(tx, made, await _terms_like(tx, record, terms))
    return made


async def offer(tx: Transaction, variant_ids: Sequence[UUID], terms: Terms) -> None:
    """Give new variants their price and their first count. Raises `Invalid`, `NoWarehouse`."""
    if not variant_ids:
        return
    if terms.price is not None:
        await pricing.set_prices(tx, [NewPrice(one, terms.price, terms.compare_at) for one in variant_ids])
    if terms.on_hand is None:
        return
    if not 0 <= terms.on_hand <= 1_000_000:
        raise Invalid({"on_hand": _("Enter a number from 0 to 1,000,000.")})
    places = [warehouse for warehouse in await inventory.warehouses(tx) if warehouse.is_active]
    if not places:
        raise NoWarehouse
    counts = dict.fromkeys(sorted(variant_ids), terms.on_hand)
    await inventory.receive_all(tx, [Arrival(places[0].id, counts)], reason=Reason.INITIAL, reference="")


async def _terms_like(tx: Transaction, record: ProductRecord, terms: Terms) -> Terms:
    if terms.price is not None or not record.variants:
        return terms
    currency = (await store.shop(tx)).currency
    prices = await pricing.prices(tx, [variant.id for variant in record.variants], currency)
    known = next((prices[variant.id] for variant in record.variants if variant.id in prices), None)
    if known is None:
        return terms
    return Terms(known.amount.amount, known.compare_at.amount if known.compare_at else None, terms.on_hand)


async def _record(tx: Transaction, product_id: UUID) -> ProductRecord:
    found = await catalog.product_records(tx, ids=[product_id])
    if not found:
        raise catalog.ProductNotFound
    return found[0]


def _draft(option: catalog.OptionView, more: Sequence[ValueDraft]) -> OptionDraft:
    return OptionDraft(option.name, (*(ValueDraft(value.value, value.swatch) for value in option.values), *more))


def _all(options: Sequence[OptionDraft]) -> list[Combination]:
    names = [option.name for option in options]
    values = [[value.value for value in option.values] for option in options]
    return [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*values)]


async def _free_sku(tx: Transaction, record: ProductRecord, values: Combination) -> str:
    tail = "-".join(slugify(value).upper()[:12] for value in values.values()) or "X"
    stem = f"{record.sku[: _LONGEST_SKU - len(tail) - 5]}-{tail}"[: _LONGEST_SKU - 4]
    tries = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    taken = await catalog.owners_of_skus(tx, tries)
    return next(sku for sku in tries if sku not in taken)
