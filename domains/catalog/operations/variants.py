"""Options and variants: what a shopper chooses, and what is then sold."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import select

from domains import audit
from domains.catalog.errors import ProductNotFound, VariantNotFound
from domains.catalog.events import ProductUpdated
from domains.catalog.models import Variant
from domains.catalog.operations.drafts import OptionDraft, ValueDraft, VariantChanges, VariantDraft
from domains.catalog.operations.refusals import check_length, in_words
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _


class Choices(msgspec.Struct, frozen=True):
    """An option that exists, with its values by their words."""

    option_id: UUID
    values: Mapping[str, UUID]


async def add_variant(tx: Transaction, product_id: UUID, draft: VariantDraft) -> UUID:
    """Add a variant to a product; it must have a value for every option, in a combination that is new.

    Emits `product.updated`. Raises `Invalid` and `ProductNotFound`.
    """
    await hold_product(tx, product_id)
    options = await _choices(tx, product_id)
    with in_words():
        highest = "SELECT max(position) FROM catalog.variants WHERE product_id = :product"
        last: int | None = (await tx.sql(highest, {"product": product_id})).scalar_one()
        variant_id = await insert_variant(
            tx, product_id, draft, options, position=0 if last is None else last + 1, is_default=last is None
        )
    await record(tx, ProductUpdated(product_id=product_id, parts=("variants",)))
    await audit.record(
        tx,
        action="variant.created",
        subject=("variant", variant_id),
        label=draft.sku,
        changes={field: (None, value) for field, value in msgspec.structs.asdict(draft).items()},
    )
    return variant_id


async def change_variant(tx: Transaction, variant_id: UUID, changes: VariantChanges) -> None:
    """Change what is given. Emits `product.updated`. Raises `VariantNotFound` and `Invalid`."""
    row = await tx.session.scalar(select(Variant).where(Variant.id == variant_id).with_for_update())
    if row is None:
        raise VariantNotFound
    given = {field: value for field, value in msgspec.structs.asdict(changes).items() if value is not UNSET}
    _check(given.get("sku", row.sku), given.get("weight_grams"), given.get("barcode"))
    before = {field: getattr(row, field) for field in given}
    for field, value in given.items():
        setattr(row, field, value)
    with in_words():
        await tx.session.flush()
    await record(tx, ProductUpdated(product_id=row.product_id, parts=("variants",)))
    await audit.record(
        tx,
        action="variant.changed",
        subject=("variant", variant_id),
        label=row.sku,
        changes={field: (before[field], value) for field, value in given.items()},
        undo="variant",
    )


async def make_default(tx: Transaction, variant_id: UUID) -> None:
    """Make this the variant that a product's page shows first. Emits `product.updated`."""
    row = await tx.session.get(Variant, variant_id)
    if row is None:
        raise VariantNotFound
    await hold_product(tx, row.product_id)
    first = await tx.sql(
        "UPDATE catalog.variants SET is_default = false WHERE product_id = :product AND is_default RETURNING id",
        {"product": row.product_id},
    )
    before = first.scalar_one_or_none()
    await tx.sql("UPDATE catalog.variants SET is_default = true WHERE id = :variant", {"variant": variant_id})
    await record(tx, ProductUpdated(product_id=row.product_id, parts=("variants",)))
    await audit.record(
        tx,
        action="product.changed",
        subject=("product", row.product_id),
        label=row.sku,
        changes={"default_variant": (before, variant_id)},
        undo="product" if before else None,
    )


async def add_option_value(tx: Transaction, product_id: UUID, option: str, value: ValueDraft) -> UUID:
    """Add a choice to one of a product's options, so that a variant can have it. Emits `product.updated`."""
    await hold_product(tx, product_id)
    options = await _choices(tx, product_id)
    if option not in options:
        raise Invalid({"options": _("The product has no option {option}.").format(option=option)})
    with in_words():
        value_id = await _insert_value(tx, options[option].option_id, value, position=len(options[option].values))
    await record(tx, ProductUpdated(product_id=product_id, parts=("variants",)))
    await audit.record(
        tx, action="product.choice_added", subject=("product", product_id), changes={option: (None, value.value)}
    )
    return value_id


async def insert_options(tx: Transaction, product_id: UUID, drafts: Sequence[OptionDraft]) -> dict[str, Choices]:
    """Write a new product's options; the caller records what happened."""
    made: dict[str, Choices] = {}
    for position, draft in enumerate(drafts):
        if not draft.values:
            raise Invalid({"options": _("Give the option {option} at least one value.").format(option=draft.name)})
        option_id = new_id()
        await tx.sql(
            "INSERT INTO catalog.options (id, product_id, name, position) VALUES (:id, :product, :name, :position)",
            {"id": option_id, "product": product_id, "name": draft.name, "position": position},
        )
        values = {
            value.value: await _insert_value(tx, option_id, value, position=place)
            for place, value in enumerate(draft.values)
        }
        made[draft.name] = Choices(option_id, values)
    return made


async def insert_variant(
    tx: Transaction,
    product_id: UUID,
    draft: VariantDraft,
    options: Mapping[str, Choices],
    *,
    position: int,
    is_default: bool,
) -> UUID:
    """Write a variant and its values; the caller records what happened. Raises `Invalid` for an open option."""
    check_variant(draft, options)
    variant_id = new_id()
    await tx.sql(
        "INSERT INTO catalog.variants"
        " (id, product_id, sku, barcode, weight_grams, position, is_default, is_active, picture_id)"
        " VALUES (:id, :product, :sku, :barcode, :weight, :position, :is_default, :is_active, :picture)",
        {
            "id": variant_id,
            "product": product_id,
            "sku": draft.sku,
            "barcode": draft.barcode,
            "weight": draft.weight_grams,
            "position": position,
            "is_default": is_default,
            "is_active": draft.is_active,
            "picture": draft.picture_id,
        },
    )
    await _insert_values(tx, product_id, variant_id, draft.values, options)
    return variant_id


async def _insert_values(
    tx: Transaction, product_id: UUID, variant_id: UUID, chosen: Mapping[str, str], options: Mapping[str, Choices]
) -> None:
    for name, value in chosen.items():
        await tx.sql(
            "INSERT INTO catalog.variant_values (variant_id, option_id, value_id, product_id)"
            " VALUES (:variant, :option, :value, :product)",
            {
                "variant": variant_id,
                "option": options[name].option_id,
                "value": options[name].values[value],
                "product": product_id,
            },
        )


def check_variant(draft: VariantDraft, options: Mapping[str, Choices]) -> None:
    """Raises `Invalid` for an option left open, a value that is none, and whatever is too long."""
    _check(draft.sku, draft.weight_grams, draft.barcode)
    if set(draft.values) != set(options):
        raise Invalid({"variants": _("Give the variant {sku} one value of every option.").format(sku=draft.sku)})
    for name, value in draft.values.items():
        if value not in options[name].values:
            raise Invalid(
                {"variants": _("{value} is no value of the option {option}.").format(value=value, option=name)}
            )


async def reshape(
    tx: Transaction, product_id: UUID, options: Sequence[OptionDraft], values: Mapping[UUID, Mapping[str, str]]
) -> None:
    """Give a product these options, in this order, and each of its variants its values of them.

    `values` names every variant of the product. Options and values that are not among `options` are gone afterwards;
    those that stay keep their ids. Emits `product.updated`. Raises `Invalid` for a variant that is left out, leaves an
    option open or is the same as another, and `ProductNotFound`.
    """
    await hold_product(tx, product_id)
    variants = set((await tx.sql("SELECT id FROM catalog.variants WHERE product_id = :p", {"p": product_id})).scalars())
    if variants != set(values):
        raise Invalid({"variants": _("Say of every variant which values it has.")})
    with in_words():
        # A variant may take the combination that another gives up: they are compared when all have theirs.
        await tx.sql("SET CONSTRAINTS catalog.uq_variants_product_id_combination DEFERRED")
        await tx.sql("DELETE FROM catalog.variant_values WHERE product_id = :product", {"product": product_id})
        made = await _set_options(tx, product_id, options)
        for variant_id, chosen in values.items():
            check_variant(VariantDraft(sku="", values=chosen), made)
            await _insert_values(tx, product_id, variant_id, chosen, made)
        await tx.sql("SET CONSTRAINTS catalog.uq_variants_product_id_combination IMMEDIATE")
    await record(tx, ProductUpdated(product_id=product_id, parts=("variants",)))
    await audit.record(
        tx,
        action="product.options_changed",
        subject=("product", product_id),
        changes={option.name: (None, [value.value for value in option.values]) for option in options},
    )


async def _set_options(tx: Transaction, product_id: UUID, drafts: Sequence[OptionDraft]) -> dict[str, Choices]:
    """The product's options as `drafts` have them; nothing may refer to those that go."""
    await tx.sql(
        "DELETE FROM catalog.options WHERE product_id = :product AND name <> ALL(CAST(:names AS text[]))",
        {"product": product_id, "names": [draft.name for draft in drafts]},
    )
    made: dict[str, Choices] = {}
    for position, draft in enumerate(drafts):
        if not draft.values:
            raise Invalid({"options": _("Give the option {option} at least one value.").format(option=draft.name)})
        written = await tx.sql(
            "INSERT INTO catalog.options AS o (id, product_id, name, position) VALUES (:id, :product, :name, :position)"
            " ON CONFLICT (product_id, name) DO UPDATE SET position = excluded.position RETURNING o.id",
            {"id": new_id(), "product": product_id, "name": draft.name, "position": position},
        )
        option_id: UUID = written.scalar_one()
        await tx.sql(
            "DELETE FROM catalog.option_values WHERE option_id = :option AND value <> ALL(CAST(:values AS text[]))",
            {"option": option_id, "values": [value.value for value in draft.values]},
        )
        rows = await tx.sql(
            "INSERT INTO catalog.option_values AS v (id, option_id, value, swatch, position)"
            " SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:options AS uuid[]), CAST(:values AS text[]),"
            " CAST(:swatches AS text[]), CAST(:positions AS integer[]))"
            " ON CONFLICT (option_id, value) DO UPDATE SET position = excluded.position,"
            " swatch = coalesce(excluded.swatch, v.swatch) RETURNING v.value, v.id",
            {
                "ids": [new_id() for _value in draft.values],
                "options": [option_id for _value in draft.values],
                "values": [value.value for value in draft.values],
                "swatches": [value.swatch for value in draft.values],
                "positions": list(range(len(draft.values))),
            },
        )
        made[draft.name] = Choices(option_id, {row.value: row.id for row in rows})
    return made


async def _insert_value(tx: Transaction, option_id: UUID, draft: ValueDraft, *, position: int) -> UUID:
    value_id = new_id()
    await tx.sql(
        "INSERT INTO catalog.option_values (id, option_id, value, swatch, position)"
        " VALUES (:id, :option, :value, :swatch, :position)",
        {"id": value_id, "option": option_id, "value": draft.value, "swatch": draft.swatch, "position": position},
    )
    return value_id


async def hold_product(tx: Transaction, product_id: UUID) -> None:
    held = await tx.sql("SELECT id FROM catalog.products WHERE id = :product FOR UPDATE", {"product": product_id})
    if held.one_or_none() is None:
        raise ProductNotFound


async def _choices(tx: Transaction, product_id: UUID) -> dict[str, Choices]:
    rows = await tx.sql(
        "SELECT o.name, o.id, v.value, v.id AS value_id FROM catalog.options o"
        " LEFT JOIN catalog.option_values v ON v.option_id = o.id WHERE o.product_id = :product",
        {"product": product_id},
    )
    found: dict[str, Choices] = {}
    for row in rows:
        known = found.setdefault(row.name, Choices(row.id, {}))
        if row.value_id is not None:
            found[row.name] = Choices(row.id, {**known.values, row.value: row.value_id})
    return found


def _check(sku: str, weight_grams: int | None, barcode: str | None) -> None:
    wrong: dict[str, str] = {}
    check_length(wrong, sku=(sku, 50), barcode=(barcode, 50))
    if weight_grams is not None and not 0 <= weight_grams < 2**31:
        wrong["weight_grams"] = _("Enter a weight of 0 grams or more.")
    if wrong:
        raise Invalid(wrong)
