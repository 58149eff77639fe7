"""What the gateway tells by itself: verified, stored, answered; the insert rings the worker, which works it through."""

from typing import Any

import structlog
from litestar import Request, Response, post
from litestar.di import NamedDependency

from app.web.access import SIGNED
from domains import payments
from domains.kit import Actor, Database
from domains.payments.gateway import Gateway, SignatureInvalid

log = structlog.get_logger(__name__)

_ACTOR = Actor.system("webhook")
_LARGEST = 256 * 1024  # bytes; no event of Stripe comes near


@post("/webhooks/stripe", name="webhooks.stripe", access=SIGNED, status_code=200, request_max_body_size=_LARGEST)
async def receive(
    request: Request[Any, Any, Any], db: NamedDependency[Database], gateway: NamedDependency[Gateway]
) -> Response[dict[str, bool]]:
    try:
        event = gateway.parse_webhook(await request.body(), request.headers.get("stripe-signature", ""))
    except SignatureInvalid as refused:
        log.warning("webhook.refused", reason=refused.message)
        return Response({"received": False}, status_code=400)
    async with db.transaction(_ACTOR) as tx:
        fresh = await payments.store_webhook(tx, event, livemode=gateway.livemode)
    log.info("webhook.received", event_id=event.id, type=event.type, fresh=fresh)
    return Response({"received": True})


ROUTES = [receive]
