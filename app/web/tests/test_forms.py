"""Forms are strict, and say what is wrong where it is wrong."""

from typing import Annotated, Literal

import msgspec
import pytest

from app.web.forms import form_from
from app.web.safe_paths import own_path
from domains.kit import Invalid


class AddLine(msgspec.Struct, forbid_unknown_fields=True):
    variant: str
    quantity: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1
    gift: bool = False
    sort: Literal["newest", "price"] = "newest"
    tags: list[str] = []


def test_what_a_browser_sends_becomes_the_struct():
    line = form_from({"variant": ["M-1"], "quantity": ["3"], "gift": ["on"], "tags": ["a", "b"]}, AddLine)

    assert line == AddLine("M-1", 3, True, "newest", ["a", "b"])


def test_what_is_left_empty_takes_its_default():
    assert form_from({"variant": [" M-1 "], "quantity": [""], "sort": [""]}, AddLine) == AddLine("M-1")


@pytest.mark.parametrize(
    "quantity",
    ["-1", "0", "1.5", "1e3", "1.0", "١", "1_0", "+1", "2147483648", "9223372036854775808", "9" * 24, "one", "０1"],
)
def test_odd_quantities_are_refused_at_the_quantity(quantity):
    with pytest.raises(Invalid) as refused:
        form_from({"variant": ["M-1"], "quantity": [quantity]}, AddLine)
    assert set(refused.value.fields) == {"quantity"}


@pytest.mark.parametrize("extra", ["unit_price", "total", "currency", "discount"])
def test_fields_that_the_form_does_not_have_are_refused(extra):
    with pytest.raises(Invalid) as refused:
        form_from({"variant": ["M-1"], extra: ["1"]}, AddLine)
    assert set(refused.value.fields) == {extra}


def test_values_that_were_not_offered_are_refused():
    with pytest.raises(Invalid) as refused:
        form_from({"variant": ["M-1"], "sort": ["price;drop table"]}, AddLine)
    assert set(refused.value.fields) == {"sort"}


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https:evil", "https://evil.example", "/%09/evil.example", "%2f%2fevil",
     "javascript:1", "@evil.example", "", "/%5cevil.example", "/%252f/evil", "/\x0aevil"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site_after_logging_in(wanted):
    assert own_path(wanted, "/account") == "/account"


@pytest.mark.parametrize(
    "wanted", ["/", "/checkout/payment", "/orders/ORD-20261120-ABCD", "/search?q=red%20mug&page=2"]
)
def test_paths_of_the_shop_are_followed(wanted):
    assert own_path(wanted) == wanted
