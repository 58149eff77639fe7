"""Every page is sound: for axe, by day and night, from phone to desktop, for caches and for who asks for no cookie."""

import pytest
from playwright.sync_api import Error

from e2e import steps
from e2e.checks import problems
from e2e.conftest import Visit
from e2e.stage import Stage
from e2e.tour import PARTS, Part, Sight


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_page_is_sound(shop: Stage, visitor: Visit, part: Part) -> None:
    found = [f"{sight.name}: {wrong}" for sight in part(shop, visitor) for wrong in seen(sight)]

    assert found == []


def test_who_only_looks_gets_no_cookie(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    cacheable = ("/", "/categories/kitchen", "/products/harbor-stoneware-mug", "/search?q=mug")
    for path in cacheable:
        answer = page.goto(path)
        assert answer is not None
        assert "set-cookie" not in answer.headers, path
        assert "private" not in answer.headers["cache-control"], path
    for path in ("/cart", "/account/login", "/orders/find"):
        page.goto(path)
    assert page.context.cookies(shop.url) == []

    steps.put_into_cart(page, "harbor-stoneware-mug")

    assert [cookie["name"] for cookie in page.context.cookies(shop.url)] == ["cart"]
    for path in cacheable:
        answer = page.goto(path)
        assert answer is not None
        assert "set-cookie" not in answer.headers, path


def seen(sight: Sight) -> list[str]:
    try:
        return problems(sight.page)
    except Error as error:
        error.add_note(f"while looking at {sight.name}, {sight.page.url}")
        raise
