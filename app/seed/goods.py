"""The shelves filled: categories, products, prices and stock, each through its domain."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import gcd
from string import ascii_uppercase
from uuid import UUID

import msgspec

from app.seed.catalogue import ATTRIBUTES, CATEGORIES, PRODUCTS, REQUIRED_ATTRIBUTES, Choice, Product, Variant
from app.seed.delivery import PORTLAND, ROTTERDAM
from app.seed.pictures import Pictures, of_category, of_product
from domains import catalog, inventory, pricing, store
from domains.inventory import Reason
from domains.kit import Transaction
from domains.kit.clock import shift

_DAYS_BETWEEN = 2


class _Shelves(msgspec.Struct, frozen=True):
    """What the products need to know of what was made before them."""

    categories: Mapping[str, UUID]
    media: Mapping[str, UUID]
    warehouses: Mapping[str, UUID]


class Shelved(msgspec.Struct, frozen=True):
    """A product that was put up, and when."""

    product_id: UUID
    since: datetime


async def stock_the_shelves(tx: Transaction, pictures: Pictures, warehouses: Mapping[str, UUID]) -> dict[str, Shelved]:
    """Put all goods on the shelves, the last of them two days ago and one every two days before; by their SKUs."""
    media = {name: await catalog.add_media(tx, picture) for name, picture in sorted(pictures.items())}
    shelves = _Shelves(await _categories(tx, media), media, warehouses)
    found: dict[str, Shelved] = {}
    for age, product in enumerate(_by_age(PRODUCTS)):
        await shift(tx, -timedelta(days=_DAYS_BETWEEN * (len(PRODUCTS) - age), hours=age % 5))
        found[product.sku] = Shelved(await _put_up(tx, product, shelves), await tx.now())
    await shift(tx, timedelta())
    return found


def _by_age(products: Sequence[Product]) -> list[Product]:
    """In strides that share no divisor with their number, so that what is new comes from every category."""
    stride = next(step for step in (7, 11, 13) if gcd(step, len(products)) == 1)
    return [products[place * stride % len(products)] for place in range(len(products))]


async def _categories(tx: Transaction, media: Mapping[str, UUID]) -> dict[str, UUID]:
    for attribute in ATTRIBUTES:
        await catalog.define_attribute(
            tx,
            code=attribute.code,
            name=attribute.name,
            kind=attribute.kind,
            unit=attribute.unit,
            choices=attribute.choices,
        )
    made: dict[str, UUID] = {}
    for place, category in enumerate(CATEGORIES):
        made[category.slug] = await catalog.create_category(
            tx,
            name=category.name,
            slug=category.slug,
            description=category.description,
            parent_id=made[category.parent] if category.parent else None,
            sort_order=10 * place,
            picture_id=media[of_category(category.slug)],
        )
        uses = [catalog.AttributeUse(code, code in REQUIRED_ATTRIBUTES) for code in category.attributes]
        await catalog.set_category_attributes(tx, made[category.slug], uses)
    return made


async def _put_up(tx: Transaction, product: Product, shelves: _Shelves) -> UUID:
    product_id = await catalog.create_product(tx, _draft(product, shelves))
    for choice in product.colors():
        for name, alt in zip(of_product(product, choice), product.alt, strict=False):
            await catalog.add_image(tx, product_id, shelves.media[name], alt=_described(alt, choice))
    ids = {variant.sku: variant.id for variant in (await catalog.product(tx, product_id)).variants}
    for variant in product.variants:
        await pricing.set_price(tx, ids[variant.sku], variant.amount, compare_at=variant.compare_at)
        await _store_away(tx, ids[variant.sku], variant, shelves.warehouses, _bin(product, variant))
    return product_id


def _draft(product: Product, shelves: _Shelves) -> catalog.ProductDraft:
    names = [option.name for option in product.options]
    return catalog.ProductDraft(
        sku=product.sku,
        name=product.name,
        slug=product.slug,
        brand=product.brand,
        description=product.description,
        category_id=shelves.categories[product.home],
        other_categories=tuple(shelves.categories[slug] for slug in product.also),
        weight_grams=product.variants[0].weight_grams,
        tax_class=product.tax_class,
        attributes=product.attributes,
        options=tuple(
            catalog.OptionDraft(
                option.name, tuple(catalog.ValueDraft(choice.label, choice.color) for choice in option.choices)
            )
            for option in product.options
        ),
        variants=tuple(
            catalog.VariantDraft(
                sku=variant.sku,
                values=dict(zip(names, variant.chosen, strict=True)),
                weight_grams=variant.weight_grams,
                picture_id=shelves.media[of_product(product, product.color_of(variant))[0]],
            )
            for variant in product.variants
        ),
    )


def _described(alt: str, choice: Choice) -> str:
    words = alt.replace("{color}", choice.label.lower())
    return words[0].upper() + words[1:]


async def _store_away(
    tx: Transaction, variant_id: UUID, variant: Variant, warehouses: Mapping[str, UUID], place: str
) -> None:
    for warehouse, quantity in ((PORTLAND, variant.portland), (ROTTERDAM, variant.rotterdam)):
        there = warehouses[warehouse.code]
        await inventory.receive(tx, variant_id=variant_id, warehouse_id=there, quantity=quantity, reason=Reason.INITIAL)
        await inventory.arrange(
            tx,
            variant_id=variant_id,
            warehouse_id=there,
            reorder_threshold=variant.threshold,
            warehouse_location=place,
        )


async def promise_what_is_out(tx: Transaction) -> None:
    """Let those variants be ordered that are on their way, with the day they are expected on."""
    today = await store.today(tx)
    for product in PRODUCTS:
        for variant in product.variants:
            if variant.back_in is None:
                continue
            found = await catalog.variant_by_sku(tx, variant.sku)
            if found is None:
                raise LookupError(variant.sku)
            await inventory.set_policy(
                tx,
                variant_id=found.variant_id,
                backorder_allowed=True,
                restock_date=today + timedelta(days=variant.back_in),
            )


def _bin(product: Product, variant: Variant) -> str:
    """Row, rack and level of the warehouse: B-07-2."""
    row = ascii_uppercase[PRODUCTS.index(product) // 5]
    return f"{row}-{PRODUCTS.index(product) % 5 + 1:02}-{product.variants.index(variant) % 6 + 1}"
