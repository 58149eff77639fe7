"""The sandbox's own levers, which no real gateway has: faults, clock, disputes, webhooks sent anew."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.api import Api
from app.sandbox.stripe_server.bank import disputes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.faults import BadFault
from app.sandbox.stripe_server.parameters import parse


def handlers(house: House, api: Api) -> list[HTTPRouteHandler]:
    """Everything under /_sandbox. What the sandbox's own page posts as a form is answered with that page."""
    store, announcer = house.store, house.announcer

    @get("/_sandbox/state", sync_to_thread=False)
    def state() -> Body:
        return _state(house, api)

    @delete("/_sandbox/state", sync_to_thread=False)
    def clear() -> None:
        store.clear()
        house.faults.clear()
        api.counts.clear()
        api.heard.clear()

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
            {"state": state, "tries": tries, "answer": answer} for state, tries, answer in store.deliveries_of(event_id)
        ]

    @post("/_sandbox/disputes")
    async def dispute(request: Request[Any, Any, Any]) -> Response[Any]:
        """A shopper's bank disputes a payment: `{"payment_intent": "pi_…", "reason": "fraudulent"}`."""
        wish, by_hand = await _wish(request)
        with store.change():
            intent = house.get("payment_intent", str(wish.get("payment_intent")))
            charge = house.get("charge", str(intent["latest_charge"]))
            amount = int(wish["amount"]) if wish.get("amount") else None
            opened = disputes.open_dispute(house, charge, reason=str(wish.get("reason") or "fraudulent"), amount=amount)
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

    return [
        state, clear, add_fault, clear_faults, clear_faults_by_hand, move_clock, point_webhooks, resend, deliveries,
        dispute, decide,
    ]  # fmt: skip


def _state(house: House, api: Api) -> Body:
    """What is going on, for tests and for the curious."""
    store = house.store
    return {
        "objects": {
            kind: store.count(kind)
            for kind in ("payment_intent", "charge", "refund", "dispute", "event", "confirmation_token")
        },
        "payments": [_short(intent) for intent in store.find("payment_intent", limit=50)],
        "faults": [msgspec.to_builtins(fault) for fault in house.faults.on()],
        "webhooks": {"url": house.announcer.url, **store.delivery_states()},
        "requests": dict(api.counts),
        "recent": [msgspec.to_builtins(heard) for heard in list(api.heard)[-50:]],
        "now": datetime.fromtimestamp(store.now(), UTC).isoformat(),
    }


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


def _short(intent: Body) -> Body:
    names = ("id", "status", "amount", "amount_capturable", "amount_received", "currency", "created", "metadata",
             "latest_charge")  # fmt: skip
    return {name: intent[name] for name in names}
