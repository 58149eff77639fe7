"""What is written down of the goods, before any of it is in a database."""

import re

import pytest

from app.seed.catalogue import ATTRIBUTES, CATEGORIES, PRODUCTS, REQUIRED_ATTRIBUTES, Product
from app.seed.drawings import DRAWINGS, scenes

BY_CODE = {attribute.code: attribute for attribute in ATTRIBUTES}
BY_SLUG = {category.slug: category for category in CATEGORIES}


def test_names_of_things_are_used_once() -> None:
    skus = [variant.sku for product in PRODUCTS for variant in product.variants]
    slugs = [product.slug for product in PRODUCTS] + [category.slug for category in CATEGORIES]

    assert len(skus) == len(set(skus))
    assert len(slugs) == len(set(slugs))


def test_categories_are_a_tree_and_each_is_drawn() -> None:
    assert any(category.parent for category in CATEGORIES)
    for place, category in enumerate(CATEGORIES):
        assert category.slug in scenes.CATEGORIES
        assert set(category.attributes) <= set(BY_CODE)
        if category.parent:
            assert category.parent in [earlier.slug for earlier in CATEGORIES[:place]]


def test_some_products_stand_on_more_than_one_shelf() -> None:
    assert sum(bool(product.also) for product in PRODUCTS) >= 5


@pytest.mark.parametrize("product", [pytest.param(product, id=product.slug) for product in PRODUCTS])
def test_a_product_is_described_whole(product: Product) -> None:
    home = BY_SLUG[product.home]
    allowed = set(home.attributes) | (set(BY_SLUG[home.parent].attributes) if home.parent else set())

    assert 2 <= len(product.description.split("\n\n")) <= 3
    assert product.drawing in DRAWINGS
    assert set(product.attributes) <= allowed
    assert set(product.attributes) >= REQUIRED_ATTRIBUTES & allowed
    assert set(product.also) <= set(BY_SLUG) - {product.home}
    assert all(alt and len(alt) <= 200 for alt in product.alt)
    assert all(("{color}" in alt) == (not product.color) for alt in product.alt)


@pytest.mark.parametrize("product", [pytest.param(product, id=product.slug) for product in PRODUCTS])
def test_every_variant_is_one_choice_of_each_option(product: Product) -> None:
    seen = [variant.chosen for variant in product.variants]

    assert len(seen) == len(set(seen))
    for chosen in seen:
        assert len(chosen) == len(product.options)
        for label, option in zip(chosen, product.options, strict=True):
            assert label in [choice.label for choice in option.choices]


@pytest.mark.parametrize("product", [pytest.param(product, id=product.slug) for product in PRODUCTS])
def test_every_choice_can_be_had_in_some_combination(product: Product) -> None:
    for place, option in enumerate(product.options):
        offered = {variant.chosen[place] for variant in product.variants}
        assert offered == {choice.label for choice in option.choices}


def test_a_struck_price_is_higher_than_the_price() -> None:
    for product in PRODUCTS:
        for variant in product.variants:
            assert variant.amount > 0
            assert variant.weight_grams > 0
            assert variant.compare_at is None or variant.compare_at > variant.amount


@pytest.mark.parametrize("product", [pytest.param(product, id=product.slug) for product in PRODUCTS])
def test_attributes_hold_what_their_kind_allows(product: Product) -> None:
    kinds = {"text": str, "number": int, "boolean": bool, "choice": str}
    for code, value in product.attributes.items():
        attribute = BY_CODE[code]

        assert type(value) is kinds[attribute.kind]
        assert not attribute.choices or value in attribute.choices


@pytest.mark.parametrize("product", [pytest.param(product, id=product.slug) for product in PRODUCTS])
def test_every_color_of_a_product_is_another_one(product: Product) -> None:
    colors = [choice.color or product.color for choice in product.colors()]

    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in colors)
    assert len(set(colors)) == len(colors)
