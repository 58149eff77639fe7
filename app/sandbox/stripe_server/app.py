"""The sandbox as a web app: the API, the card frame, the bank's page, and a page for people."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
import structlog
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Litestar, MediaType, Request, Response, asgi, delete, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from app.sandbox.guard import only_local
from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.api import Api, Receive, Send
from app.sandbox.stripe_server.bank import disputes, intents, refunds
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.cards import BEHAVIOURS, CARDS
from app.sandbox.stripe_server.errors import ApiError, Body
from app.sandbox.stripe_server.faults import DEFAULTS, TITLES, BadFault, Faults
from app.sandbox.stripe_server.history import DATABASE
from app.sandbox.stripe_server.parameters import parse
from app.sandbox.stripe_server.store import Store
from app.sandbox.stripe_server.webhooks import Announcer

log = structlog.get_logger(__name__)

_ASSETS = Path(__file__).parent / "assets"
_LOCAL = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"
_CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"
_SCRIPT_NAME = re.compile(r"^(v3|[a-z]+)$")


class StripeServer:
    """Open between `open()` and its end; `base_url` must be set before the first request that makes links."""

    def __init__(
        self,
        *,
        data_dir: Path | None,
        secret_key: str,
        publishable_key: str,
        webhook_secret: str,
        webhook_url: str | None,
    ) -> None:
        store = Store(":memory:" if data_dir is None else data_dir / DATABASE)
        faults = Faults()
        announcer = Announcer(store, faults, url=webhook_url, secret=webhook_secret)
        self.house = House(store, faults, announcer)
        self.api = Api(self.house, secret_key=secret_key, publishable_key=publishable_key)
        self.publishable_key = publishable_key
        self._pages = Environment(
            loader=PackageLoader("app.sandbox.stripe_server", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters["money"] = _money
        self._pages.filters["when"] = _when
        self.app = only_local(self._app())

    @property
    def base_url(self) -> str:
        return self.house.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.house.base_url = url

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Deliver webhooks and let time pass until the block ends."""
        self.house.announcer.start()
        ticking = asyncio.create_task(self._tick())
        try:
            yield
        finally:
            ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ticking
            await self.house.announcer.aclose()
            self.house.store.close()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            try:
                refunds.settle_due(self.house)
            except Exception:
                log.exception("sandbox.tick_failed")

    def state(self) -> Body:
        """What is going on, for tests and for the curious."""
        store = self.house.store
        return {
            "objects": {
                kind: store.count(kind)
                for kind in ("payment_intent", "charge", "refund", "dispute", "event", "confirmation_token")
            },
            "payments": [_short(intent) for intent in store.find("payment_intent", limit=50)],
            "faults": [msgspec.to_builtins(fault) for fault in self.house.faults.on()],
            "webhooks": {"url": self.house.announcer.url, **store.delivery_states()},
            "requests": dict(self.api.counts),
            "recent": [msgspec.to_builtins(heard) for heard in list(self.api.heard)[-50:]],
            "now": datetime.fromtimestamp(store.now(), UTC).isoformat(),
        }

    def _page(self, name: str, *, status: int = 200, csp: str = "frame-ancestors 'none'", **told: Any) -> Response[str]:
        return Response(
            self._pages.get_template(name).render(**told),
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

    def _app(self) -> Litestar:
        house, store, announcer = self.house, self.house.store, self.house.announcer

        @asgi("/v1", is_mount=True, copy_scope=True)
        async def api(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
            await self.api(scope, receive, send)

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
            return self._page("card.html", csp=f"frame-ancestors {_LOCAL}")

        @get("/v3/authenticate/{intent_id:str}/{secret:str}", sync_to_thread=False)
        def ask_shopper(intent_id: FromPath[str], secret: FromPath[str]) -> Response[str]:
            intent = self._asked(intent_id, secret)
            return_url = intent["_asked"]["return_url"]
            back = "" if not return_url else " ".join(urlsplit(return_url)[:2]).replace(" ", "://")
            return self._page(
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
                intent = self._asked(intent_id, secret)
                if intent["status"] == "requires_action":
                    intents.shopper_confirms(house, intent) if answer == "confirm" else intents.shopper_fails(
                        house, intent
                    )
            back = _back(intent)
            if back is None:
                return self._page("authenticated.html", csp=f"frame-ancestors {_LOCAL}")
            return Response("", status_code=303, headers={"location": back, "cache-control": "no-store"})

        @get("/", sync_to_thread=False)
        def home() -> Response[str]:
            return self._page(
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

        @get("/_sandbox/state", sync_to_thread=False)
        def state() -> Body:
            return self.state()

        @delete("/_sandbox/state", sync_to_thread=False)
        def clear() -> None:
            store.clear()
            house.faults.clear()
            self.api.counts.clear()
            self.api.heard.clear()

        @post("/_sandbox/faults")
        async def add_fault(request: Request[Any, Any, Any]) -> Response[Any]:
            wish, by_hand = await _wish(request)
            if by_hand:
                wish = {str(wish.get("kind")): wish.get("value") or True, "count": wish.get("count")}
            try:
                added = house.faults.add(wish)
            except BadFault as error:
                return Response({"error": str(error)}, status_code=422)
            if any(fault.kind == "forget_keys" for fault in added):
                with store.change():
                    store.forget_keys()
            return _home() if by_hand else Response([msgspec.to_builtins(fault) for fault in added], status_code=201)

        @delete("/_sandbox/faults", sync_to_thread=False)
        def clear_faults() -> None:
            house.faults.clear()

        @post("/_sandbox/faults/clear", status_code=303, sync_to_thread=False)
        def clear_faults_by_hand() -> Response[str]:
            house.faults.clear()
            return _home()

        @post("/_sandbox/clock")
        async def move_clock(request: Request[Any, Any, Any]) -> Response[Any]:
            """`{"at": "2026-01-31T12:00:00Z"}` or `{"offset": seconds}`: what is made next is made then."""
            wish, _ = await _wish(request)
            try:
                if wish.get("at"):
                    offset = int(datetime.fromisoformat(str(wish["at"])).timestamp()) - (store.now() - store.offset)
                else:
                    offset = int(wish.get("offset") or 0)
            except ValueError:
                return Response({"error": "Say at as ISO 8601, or offset in seconds."}, status_code=422)
            store.move_clock(offset)
            return Response({"offset": offset}, status_code=201)

        @post("/_sandbox/webhooks")
        async def point_webhooks(request: Request[Any, Any, Any]) -> Response[Any]:
            wish, _ = await _wish(request)
            announcer.point_at(str(wish["url"]) if wish.get("url") else None)
            return Response({"url": announcer.url}, status_code=201)

        @post("/_sandbox/events/{event_id:str}/resend")
        async def resend(
            request: Request[Any, Any, Any], event_id: FromPath[str], times: FromQuery[int] = 1
        ) -> Response[Any]:
            if store.get("event", event_id) is None:
                raise NotFoundException
            announcer.resend(event_id, min(times, 50))
            return Response({"event": event_id, "times": times}, status_code=201)

        @get("/_sandbox/events/{event_id:str}", sync_to_thread=False)
        def deliveries(event_id: FromPath[str]) -> list[Body]:
            return [
                {"state": state, "tries": tries, "answer": answer}
                for state, tries, answer in store.deliveries_of(event_id)
            ]

        @post("/_sandbox/disputes")
        async def dispute(request: Request[Any, Any, Any]) -> Response[Any]:
            """A shopper's bank disputes a payment: `{"payment_intent": "pi_…", "reason": "fraudulent"}`."""
            wish, by_hand = await _wish(request)
            with store.change():
                intent = house.get("payment_intent", str(wish.get("payment_intent")))
                charge = house.get("charge", str(intent["latest_charge"]))
                amount = int(wish["amount"]) if wish.get("amount") else None
                opened = disputes.open_dispute(
                    house, charge, reason=str(wish.get("reason") or "fraudulent"), amount=amount
                )
            return _home() if by_hand else Response(shapes.visible(opened), status_code=201)

        @post("/_sandbox/disputes/{dispute_id:str}/decision")
        async def decide(request: Request[Any, Any, Any], dispute_id: FromPath[str]) -> Response[Any]:
            wish, by_hand = await _wish(request)
            with store.change():
                decided = disputes.decide(
                    house,
                    house.get("dispute", dispute_id),
                    "won" if wish.get("outcome") == "won" else "lost",
                )
            return _home() if by_hand else Response(shapes.visible(decided), status_code=201)

        return Litestar(
            route_handlers=[
                api, health, versioned_script, script, asset, card_frame, ask_shopper, shopper_answers, home, state,
                clear, add_fault, clear_faults, clear_faults_by_hand, move_clock, point_webhooks, resend, deliveries,
                dispute, decide,
            ],
            exception_handlers={ApiError: _refused},
            openapi_config=None,
            logging_config=None,
        )  # fmt: skip

    def _asked(self, intent_id: str, secret: str) -> Body:
        intent = self.house.store.get("payment_intent", intent_id)
        if intent is None or "_asked" not in intent or not intent["client_secret"].endswith(f"_secret_{secret}"):
            raise NotFoundException
        return intent


def _refused(_: Request[Any, Any, Any], error: ApiError) -> Response[Any]:
    return Response({"error": error.error}, status_code=error.status)


def _asset(name: str) -> Response[bytes]:
    kind = {"js": "text/javascript", "css": "text/css"}.get(name.rpartition(".")[2])
    if kind is None or name not in {path.name for path in _ASSETS.iterdir()}:
        raise NotFoundException
    return Response(
        (_ASSETS / name).read_bytes(),
        media_type=f"{kind}; charset=utf-8",
        headers={"cache-control": "no-cache", "x-content-type-options": "nosniff"},
    )


async def _wish(request: Request[Any, Any, Any]) -> tuple[Body, bool]:
    """What was posted, and whether by a form of the sandbox's own page."""
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            return msgspec.json.decode(body or b"{}", type=dict[str, Any]), False
        except msgspec.DecodeError:
            return {}, False
    return parse(body.decode("utf-8", "replace")), True


def _home() -> Response[str]:
    return Response("", status_code=303, headers={"location": "/"})


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


def _short(intent: Body) -> Body:
    names = ("id", "status", "amount", "amount_capturable", "amount_received", "currency", "created", "metadata",
             "latest_charge")  # fmt: skip
    return {name: intent[name] for name in names}


def _money(amount: int, currency: str) -> str:
    if currency in intents.ZERO_DECIMAL:
        return f"{amount:,} {currency.upper()}"
    return f"{amount / 100:,.2f} {currency.upper()}"


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
