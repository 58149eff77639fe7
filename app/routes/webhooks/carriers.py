"""What carriers tell by themselves about parcels under way: the signature is checked, then it is put down."""

from collections.abc import Mapping
from typing import Any

import structlog
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import SIGNED
from domains import fulfilment
from domains.fulfilment import Carrier
from domains.kit import Database

log = structlog.get_logger(__name__)

_LARGEST = 256 * 1024  # bytes


@post(
    "/webhooks/carriers/{code:str}",
    name="webhooks.carriers",
    access=SIGNED,
    status_code=200,
    request_max_body_size=_LARGEST,
)
async def receive(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    db: NamedDependency[Database],
) -> Response[dict[str, bool]]:
    carriers: Mapping[str, Carrier] = request.app.state.carriers
    body = await request.body()
    try:
        fresh = await fulfilment.flows.take_notice(db, carriers, code, body, request.headers)
    except (fulfilment.NoticeUnsigned, fulfilment.CarrierUnknown) as refused:
        log.warning("carrier.notice_refused", carrier=code, reason=refused.code)
        return Response({"received": False}, status_code=400)
    log.info("carrier.notice", carrier=code, fresh=fresh)
    return Response({"received": True})


ROUTES = [receive]
