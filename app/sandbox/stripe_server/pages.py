"""What a browser sees of the sandbox: the card frame and its script, the bank's page, and a page for people."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from app.sandbox.stripe_server.bank import confirmation
from app.sandbox.stripe_server.bank.currencies import ZERO_DECIMAL
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import BEHAVIOURS, CARDS
from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.faults import DEFAULTS, TITLES
from app.sandbox.stripe_server.parameters import parse

_ASSETS = Path(__file__).parent / "assets"
_LOCAL = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"
_CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"
_SCRIPT_NAME = re.compile(r"^(v3|[a-z]+)$")


def handlers(house: House) -> list[HTTPRouteHandler]:
    """Every page, script and style."""
    pages = _Pages()
    store, announcer = house.store, house.announcer

    @get("/health", sync_to_thread=False)
    def health() -> dict[str, str]:
        return {"status": "ready"}

    @get("/{version:str}/stripe.js", sync_to_thread=False)
    def versioned_script(version: FromPath[str]) -> Response[bytes]:
        if not _SCRIPT_NAME.match(version):
            raise NotFoundException
        return _asset("stripe.js")

    @get(["/stripe.js", "/v3", "/v3/"], sync_to_thread=False)
    def script() -> Response[bytes]:
        return _asset("stripe.js")

    @get("/assets/{name:str}", sync_to_thread=False)
    def asset(name: FromPath[str]) -> Response[bytes]:
        return _asset(name)

    @get("/v3/elements/card", sync_to_thread=False)
    def card_frame() -> Response[str]:
        return pages.show("card.html", csp=f"frame-ancestors {_LOCAL}")

    @get("/v3/authenticate/{intent_id:str}/{secret:str}", sync_to_thread=False)
    def ask_shopper(intent_id: FromPath[str], secret: FromPath[str]) -> Response[str]:
        intent = _asked(house, intent_id, secret)
        return_url = intent["_asked"]["return_url"]
        back = "" if not return_url else " ".join(urlsplit(return_url)[:2]).replace(" ", "://")
        return pages.show(
            "authenticate.html",
            csp=f"form-action 'self' {back}; frame-ancestors {_LOCAL}",
            intent=intent,
            waiting=intent["status"] == "requires_action",
            back=_back(intent),
        )

    @post("/v3/authenticate/{intent_id:str}/{secret:str}", status_code=303)
    async def shopper_answers(
        request: Request[Any, Any, Any], intent_id: FromPath[str], secret: FromPath[str]
    ) -> Response[str]:
        answer = parse((await request.body()).decode("utf-8", "replace")).get("answer")
        with store.change():
            intent = _asked(house, intent_id, secret)
            if intent["status"] == "requires_action":
                settle = confirmation.shopper_confirms if answer == "confirm" else confirmation.shopper_fails
                settle(house, intent)
        back = _back(intent)
        if back is None:
            return pages.show("authenticated.html", csp=f"frame-ancestors {_LOCAL}")
        return Response("", status_code=303, headers={"location": back, "cache-control": "no-store"})

    @get("/", sync_to_thread=False)
    def home() -> Response[str]:
        return pages.show(
            "home.html",
            csp="form-action 'self'; frame-ancestors 'none'",
            cards=[(number, BEHAVIOURS[card[0]].title, card[1]) for number, card in CARDS.items()],
            payments=store.find("payment_intent", limit=20),
            disputes=store.find("dispute", limit=10),
            faults=house.faults.on(),
            kinds=TITLES,
            defaults=DEFAULTS,
            webhooks={"url": announcer.url, **store.delivery_states()},
            now=store.now(),
            offset=store.offset,
        )

    return [health, versioned_script, script, asset, card_frame, ask_shopper, shopper_answers, home]


class _Pages:
    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("app.sandbox.stripe_server", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["money"] = _money
        self._templates.filters["when"] = _when

    def show(self, name: str, *, status: int = 200, csp: str = "frame-ancestors 'none'", **told: Any) -> Response[str]:
        return Response(
            self._templates.get_template(name).render(**told),
            status_code=status,
            media_type=MediaType.HTML,
            headers={
                "content-security-policy": f"{_CSP}; {csp}",
                "cache-control": "no-store",
                # Not no-referrer: a form would then send Origin null, which the guard refuses.
                "referrer-policy": "same-origin",
                "x-content-type-options": "nosniff",
            },
        )


def _asked(house: House, intent_id: str, secret: str) -> Body:
    intent = house.store.get("payment_intent", intent_id)
    if intent is None or "_asked" not in intent or not intent["client_secret"].endswith(f"_secret_{secret}"):
        raise NotFoundException
    return intent


def _asset(name: str) -> Response[bytes]:
    kind = {"js": "text/javascript", "css": "text/css"}.get(name.rpartition(".")[2])
    if kind is None or name not in {path.name for path in _ASSETS.iterdir()}:
        raise NotFoundException
    return Response(
        (_ASSETS / name).read_bytes(),
        media_type=f"{kind}; charset=utf-8",
        headers={"cache-control": "no-cache", "x-content-type-options": "nosniff"},
    )


def _back(intent: Body) -> str | None:
    """Where the shopper goes on, told as Stripe tells it."""
    return_url = intent["_asked"]["return_url"]
    if not return_url:
        return None
    query = urlencode(
        {
            "payment_intent": intent["id"],
            "payment_intent_client_secret": intent["client_secret"],
            "redirect_status": "failed" if intent["status"] == "requires_payment_method" else "succeeded",
        }
    )
    return f"{return_url}{'&' if '?' in return_url else '?'}{query}"


def _money(amount: int, currency: str) -> str:
    if currency in ZERO_DECIMAL:
        return f"{amount:,} {currency.upper()}"
    return f"{amount / 100:,.2f} {currency.upper()}"


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
