from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Request, get, post
from litestar.testing import TestClient, create_test_client

from app.runtime.templates import environment
from app.web.page import Page, page
from app.web.shell import Shell
from app.web.urls import UnknownRoute, Urls

TEMPLATE = """
{% set title = "Cart" %}
<h1>{{ title }} of {{ shop.name }}</h1>
{% block cart_lines %}<section id="cart-lines">{{ count }} lines</section>{% endblock %}
{% if false %}{% block cart_badge_oob %}<b id="cart-badge">{{ count }}</b>{% endblock %}{% endif %}
"""
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@get("/cart", name="cart.show")
async def show(request: Request[Any, Any, Any]) -> Page:
    return page(request, "cart.html", fragment="cart_lines", also=("cart_badge_oob",), cacheable=True, count=2)


@post("/cart/lines", name="cart.lines.add")
async def add(request: Request[Any, Any, Any]) -> Page:
    return page(request, "cart.html", fragment="cart_lines", also=("cart_badge_oob",), at="cart.show", count=3)


@post("/refused", name="cart.refused")
async def refused(request: Request[Any, Any, Any]) -> Page:
    return page(request, "cart.html", fragment="cart_lines", at="cart.show", status=422, count=3)


@post("/placed", name="cart.placed")
async def placed(request: Request[Any, Any, Any]) -> Page:
    return page(request, "cart.html", at="cart.show", count=0)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    (tmp_path / "cart.html").write_text(TEMPLATE)
    urls = Urls()
    shell = Shell(name="Meander")
    with create_test_client([show, add, refused, placed]) as client:
        urls.collect(client.app.routes)
        client.app.state.templates = environment(
            url=urls, static=lambda name: f"/static/{name}", regional=lambda: shell, folder=tmp_path
        )
        client.app.state.shell = lambda: shell
        client.follow_redirects = False
        yield client


def test_a_browser_gets_the_whole_page(client: TestClient[Litestar]) -> None:
    response = client.get("/cart")

    assert "<h1>Cart of Meander</h1>" in response.text
    assert "cart-lines" in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "HX-Request" in response.headers["vary"]


def test_htmx_gets_the_named_blocks_and_no_more(client: TestClient[Litestar]) -> None:
    response = client.get("/cart", headers=HTMX)

    assert response.text == '<section id="cart-lines">2 lines</section><b id="cart-badge">2</b>'


@pytest.mark.parametrize(
    "headers", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}, {"HX-Request-Type": "full"}]
)
def test_boosted_and_restored_pages_are_whole(client: TestClient[Litestar], headers: dict[str, str]) -> None:
    response = client.get("/cart", headers={**HTMX, **headers})

    assert "<h1>" in response.text


def test_a_plain_form_is_answered_with_a_redirect_to_the_page(client: TestClient[Litestar]) -> None:
    response = client.post("/cart/lines")

    assert response.status_code == 303
    assert response.headers["location"] == "/cart"


def test_a_form_sent_by_htmx_gets_its_fragment(client: TestClient[Litestar]) -> None:
    response = client.post("/cart/lines", headers=HTMX)

    assert response.status_code == 200
    assert response.text.startswith('<section id="cart-lines">3 lines')


def test_a_refused_form_is_shown_again_and_not_redirected(client: TestClient[Litestar]) -> None:
    plain = client.post("/refused")
    fragment = client.post("/refused", headers=HTMX)

    assert plain.status_code == fragment.status_code == 422
    assert "<h1>" in plain.text
    assert "<h1>" not in fragment.text


def test_htmx_is_told_to_load_the_next_page_when_there_is_no_fragment(client: TestClient[Litestar]) -> None:
    response = client.post("/placed", headers=HTMX)

    assert response.status_code == 200
    assert response.headers["hx-redirect"] == "/cart"


def test_only_pages_that_say_so_may_be_stored(client: TestClient[Litestar]) -> None:
    assert client.get("/cart").headers["cache-control"].startswith("public")
    assert client.post("/refused").headers["cache-control"] == "private, no-store"


def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient[Litestar]) -> None:
    etag = client.get("/cart").headers["etag"]

    again = client.get("/cart", headers={"If-None-Match": etag})
    fragment = client.get("/cart", headers={**HTMX, "If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"].startswith("public")
    assert fragment.status_code == 200


def test_an_address_is_quoted_and_takes_the_rest_as_a_query() -> None:
    urls = Urls({"catalog.product.show": "/products/{slug:str}"})

    assert urls("catalog.product.show", slug="café/au lait", variant="M 1", page=None) == (
        "/products/caf%C3%A9%2Fau%20lait?variant=M+1"
    )


def test_a_mistyped_route_name_is_an_error() -> None:
    with pytest.raises(UnknownRoute):
        Urls()("cart.shwo")
