"""Which variant of the shop is which of a file: the one of the same SKU, else the one of the same options."""

from collections.abc import Sequence

import msgspec

from domains.catalog import OptionDraft, ProductRecord, ValueDraft, VariantRecord
from domains.kit.i18n import gettext as _
from domains.transfer.columns import Columns
from domains.transfer.goods import Goods
from domains.transfer.reports import Finding


class Match(msgspec.Struct, frozen=True):
    """The variants of a product beside those of a file: `pairs` in the file's order, None where one is new.

    `left` are those that the file does not name; `options` are the options the product shall have.
    """

    pairs: tuple[VariantRecord | None, ...]
    left: tuple[VariantRecord, ...]
    options: tuple[OptionDraft, ...]
    problems: tuple[Finding, ...]


def match(goods: Goods, record: ProductRecord, columns: Columns) -> Match:
    """Find the variants of a file among those of the product."""
    names = [name for name, _values in goods.options]
    by_sku = {variant.sku: variant for variant in record.variants}
    pairs: list[VariantRecord | None] = [by_sku.get(variant.sku) if variant.sku else None for variant in goods.variants]
    claimed = {variant.id for variant in pairs if variant is not None}
    same_options = set(names) == {option.name for option in record.options}
    if same_options:
        by_values = {values_of(one, names): one for one in record.variants if one.id not in claimed}
        for place, variant in enumerate(goods.variants):
            if pairs[place] is None:
                pairs[place] = by_values.pop(variant.values, None)
    found = {variant.id for variant in pairs if variant is not None}
    left = tuple(variant for variant in record.variants if variant.id not in found)
    return Match(tuple(pairs), left, _options(goods, record, left), _conflicts(goods, record, columns, left))


def values_of(variant: VariantRecord, names: Sequence[str]) -> tuple[str, ...]:
    """A variant's values in the order of the options' names."""
    return tuple(variant.values.get(name, "") for name in names)


def _conflicts(
    goods: Goods, record: ProductRecord, columns: Columns, left: Sequence[VariantRecord]
) -> tuple[Finding, ...]:
    if not left:
        return ()
    names = [name for name, _values in goods.options]
    here = [option.name for option in record.options]
    skus = ", ".join(variant.sku for variant in left[:5])
    if set(names) != set(here):
        return (
            Finding(
                goods.row,
                columns.heading("option1_name"),
                _("the product has the options {here} here and {there} in the file, which does not name {skus}").format(
                    here=", ".join(here) or _("none"), there=", ".join(names) or _("none"), skus=skus
                ),
                _("Add rows for the variants that are missing, or take the new option out of the file."),
            ),
        )
    taken = {values_of(variant, names): variant for variant in left}
    return tuple(
        Finding(
            variant.row,
            columns.heading("sku"),
            _("this combination of options is {sku} here, which the file does not name").format(
                sku=taken[variant.values].sku
            ),
            _("Give the row the SKU {sku}.").format(sku=taken[variant.values].sku),
        )
        for variant in goods.variants
        if variant.values in taken
    )


def _options(goods: Goods, record: ProductRecord, left: Sequence[VariantRecord]) -> tuple[OptionDraft, ...]:
    """The file's options and values in its order, and behind them what the shop has beyond them.

    Colours stay. A value that only variants had which have another one in the file goes.
    """
    options = []
    for name, told in goods.options:
        here = {
            value.value: value.swatch for option in record.options if option.name == name for value in option.values
        }
        given = dict(told)
        had = {variant.values.get(name) for variant in record.variants}
        still = {variant.values.get(name) for variant in left}
        kept = [value for value in here if value not in given and (value in still or value not in had)]
        options.append(
            OptionDraft(
                name,
                tuple(ValueDraft(value, given.get(value) or here.get(value)) for value in (*given, *kept)),
            )
        )
    return tuple(options)
