"""What holds for every request and every answer."""

import gzip

import httpx
import pytest
import zstandard
from litestar import Litestar, MediaType, Response, get, post

from app.runtime.settings import Settings
from app.runtime.static_files import StaticFiles
from app.web.access import PUBLIC, AccessUndeclared, require_declared
from app.web.boundary import Boundary
from app.web.client import client_address, networks, resolve_client
from app.web.headers import payment_policy, policy


@get("/page", access=PUBLIC, media_type=MediaType.HTML, sync_to_thread=False)
def long_page() -> str:
    return "<p>mug</p>" * 500


@post("/cart/lines", access=PUBLIC, sync_to_thread=False)
def change() -> str:
    return "changed"


@post("/webhooks/stripe", access=PUBLIC, sync_to_thread=False)
def webhook() -> Response[str]:
    return Response("taken")


def client(**environment: str) -> httpx.AsyncClient:
    settings = Settings.read(environment)
    app = Litestar([long_page, change, webhook], openapi_config=None)
    asgi = Boundary(app, settings, static=StaticFiles())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=asgi), base_url=settings.base_url)


SAME = {"Sec-Fetch-Site": "same-origin"}


async def test_every_answer_has_the_security_headers_even_one_that_no_route_gives():
    async with client() as http:
        for path in ("/page", "/nowhere", "/static/nothing.css"):
            headers = (await http.get(path)).headers

            assert "script-src 'self'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
            assert headers["x-frame-options"] == "DENY"
            assert len(headers["x-request-id"]) == 32


async def test_https_shops_promise_https_for_a_year():
    async with client(BASE_URL="https://shop.example", ALLOWED_HOSTS="shop.example") as http:
        assert "max-age=31536000" in (await http.get("/page")).headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SAME, 201),
        ({"Sec-Fetch-Site": "none"}, 201),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8000.evil.example"}, 403),
        ({"Cookie": "session=x"}, 403),
        ({}, 201),
    ],
)
async def test_a_write_from_another_site_is_refused(headers, status):
    async with client() as http:
        assert (await http.post("/cart/lines", headers=headers)).status_code == status


async def test_reading_from_another_site_and_signed_webhooks_are_let_in():
    async with client() as http:
        assert (await http.get("/page", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200
        assert (await http.post("/webhooks/stripe", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 201


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", ""])
async def test_another_host_name_is_not_answered(host):
    async with client() as http:
        assert (await http.get("/page", headers={"Host": host})).status_code == 400


async def test_localhost_and_its_address_both_serve():
    async with client() as http:
        for host in ("localhost:8000", "127.0.0.1:8000"):
            assert (await http.get("/page", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT", "BREW"])
async def test_methods_nobody_knows_are_refused(method):
    async with client() as http:
        assert (await http.request(method, "/page")).status_code == 405


async def test_head_is_get_without_the_body():
    async with client() as http:
        answer = await http.head("/page")

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-type"].startswith("text/html")


async def test_pages_are_compressed_for_who_can_read_it_and_plain_for_who_cannot():
    async with client() as http:
        plain = await http.get("/page", headers={"Accept-Encoding": "identity"})
        packed = await http.send(http.build_request("GET", "/page", headers={"Accept-Encoding": "gzip"}), stream=True)
        raw = b"".join([part async for part in packed.aiter_raw()])
        zstd = await http.send(
            http.build_request("GET", "/page", headers={"Accept-Encoding": "gzip, zstd"}), stream=True
        )
        raw_zstd = b"".join([part async for part in zstd.aiter_raw()])

    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert zstandard.ZstdDecompressor().decompress(raw_zstd) == plain.content
    assert "accept-encoding" in packed.headers["vary"].lower()


async def test_what_declares_no_caching_is_never_stored():
    async with client() as http:
        assert (await http.get("/page")).headers["cache-control"] == "private, no-store"


def test_an_application_with_a_route_that_declares_no_access_does_not_start():
    @get("/forgotten", name="forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return "open to all"

    with pytest.raises(AccessUndeclared, match="forgotten"):
        require_declared(Litestar([forgotten, long_page], openapi_config=None).routes)
    require_declared(Litestar([long_page], openapi_config=None).routes)


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "client"),
    [
        ("203.0.113.9", "198.51.100.7", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", ("10.0.0.0/8",), "198.51.100.7"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.7", ("10.0.0.0/8",), "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", ("10.0.0.0/8",), "198.51.100.7"),
        ("10.0.0.1", "nonsense", ("10.0.0.0/8",), "10.0.0.1"),
        ("10.0.0.1", "", ("10.0.0.0/8",), "10.0.0.1"),
    ],
)
def test_the_clients_address_is_believed_only_from_configured_proxies(peer, forwarded, trusted, client):
    scope = {"client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())] if forwarded else []}

    assert resolve_client(scope, networks(trusted)) == client_address(scope) == client


def test_only_the_payment_page_may_load_the_gateways_script():
    settings = Settings.read({})

    assert "js.stripe.com" not in policy()
    assert "script-src 'self' https://js.stripe.com" in payment_policy(settings)
    assert "frame-src" in payment_policy(settings)
