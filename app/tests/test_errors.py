"""What goes wrong is said: what happened, what to do next, and under which reference we find it."""

import re

import pytest
from litestar import get
from litestar.params import FromPath

from app import factory
from app.runtime import beats
from app.web import errors
from app.web.access import PUBLIC
from app.web.testing import HTMX, browser
from domains import store
from domains.kit import Actor, Conflict, Database, Forbidden, Invalid, NotFound, TooMany, Unavailable
from domains.store.tests.factories import details

ACTOR = Actor.system("tests")
KINDS = {
    "missing": (NotFound(), 404),
    "taken": (Conflict("The last one was sold a moment ago.", "Choose another colour."), 409),
    "wrong": (Invalid({"email": "Enter an e-mail address such as name@example.com."}), 422),
    "closed": (Forbidden(), 403),
    "busy": (TooMany(60, hint="Please wait a minute and try again."), 429),
    "away": (Unavailable(), 503),
    "broken": (RuntimeError("SELECT secret FROM /etc/passwd"), 500),
    "offline": (ConnectionRefusedError("could not connect to 10.0.0.7"), 503),
}


@get("/raise/{kind:str}", name="raise", access=PUBLIC)
async def raise_it(kind: FromPath[str]) -> str:
    raise KINDS[kind][0]


@pytest.fixture
async def http(live_db, redis_url, monkeypatch):
    monkeypatch.setattr(factory, "ROUTES", [*factory.ROUTES, raise_it])
    async with live_db.transaction(ACTOR) as tx:
        await store.set_up(tx, details())
    async with browser(live_db.url, redis_url) as client:
        yield client


async def test_every_kind_of_error_says_what_happened_what_to_do_and_its_reference(http):
    for kind, (_error, status) in KINDS.items():
        answer = await http.get(f"/raise/{kind}")

        assert answer.status_code == status, kind
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "private, no-store"
        assert len(re.findall("<h1", answer.text)) == 1, kind
        assert re.search(r"<code>[0-9a-f]{32}</code>", answer.text), kind
        assert answer.headers["x-request-id"] in answer.text
        assert "content-security-policy" in answer.headers
        for inside in ("Traceback", "SELECT", "passwd", "10.0.0.7", "RuntimeError"):
            assert inside not in answer.text, kind
    assert "Choose another colour." in (await http.get("/raise/taken")).text
    assert (await http.get("/raise/busy")).headers["retry-after"] == "60"
    assert "retry-after" in (await http.get("/raise/away")).headers


async def test_a_fragment_that_fails_is_a_notice_for_the_place_of_notices(http):
    answer = await http.get("/raise/taken", headers=HTMX)

    assert answer.status_code == 409
    assert answer.headers["hx-retarget"] == "#notices"
    assert "<html" not in answer.text
    assert "The last one was sold a moment ago." in answer.text


async def test_machines_get_their_errors_as_json(http):
    answer = await http.post("/webhooks/stripe", content=b"{}")

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"].startswith("application/")


@pytest.mark.parametrize("path", ["/nowhere", "/products/nothing-here", "/categories/none", "/orders/ORD-20261120-0000",
                                  "/admin/", "/admin%2f", "/static/%2e%2e/pyproject.toml", "/.env", "/.git/config",
                                  "/schema", "/docs", "/metrics"])  # fmt: skip
async def test_what_is_not_there_is_not_found_and_helps_on(http, path):
    answer = await http.get(path)

    assert answer.status_code == 404
    assert "stoa" not in answer.text.lower().replace("in a stoa", "")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_wrong_method_is_refused_in_words(http):
    assert (await http.put("/cart")).status_code == 405
    assert (await http.delete("/")).status_code == 405


async def test_the_shop_says_that_it_is_ready_and_that_it_is_not(http, redis):
    assert (await http.get("/health/live")).json() == {"status": "ok"}
    assert (await http.get("/health/ready")).json() == {"database": "ok", "redis": "ok", "shop": "ok"}
    assert (await http.get("/health/worker")).status_code == 503
    await beats.beat(redis, "worker 1")
    assert (await http.get("/health/worker")).json() == {"workers": 1}

    http.shop.litestar.state.db = Database.connect("postgresql://nobody@127.0.0.1:1/none")
    down = await http.get("/health/ready")
    page = await http.get("/")

    assert (down.status_code, down.json()["database"]) == (503, "down")
    assert page.status_code == 503
    assert "try again" in page.text


def test_a_refusal_of_a_kind_nobody_listed_is_a_conflict():
    assert errors.status_of(Conflict()) == 409
