"""The library's errors as the shop's: told apart by whether something may have happened."""

from typing import NoReturn

import stripe

from domains.payments.gateway.errors import (
    Declined,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    KeyReused,
    StillUnderWay,
)
from domains.payments.gateway.reading import Unreadable, read_intent
from domains.payments.gateway.shapes import Intent
from domains.payments.gateway.transport import NOT_SENT


def raise_unanswered(message: str, request_id: str | None, changes: bool, cause: Exception) -> NoReturn:
    if changes:
        raise GatewayOutcomeUnknown(message, request_id=request_id) from cause
    raise GatewayUnavailable(message, request_id=request_id) from cause


def raise_ours(error: stripe.StripeError, *, changes: bool) -> NoReturn:
    message = error.user_message or "The payment service refused without a word."
    request_id = error.request_id
    match error:
        case stripe.CardError():
            detail = error.error
            raise Declined(
                message,
                code=str(error.code or "card_declined"),
                decline_code=None if detail is None else detail.decline_code,
                intent=_intent_of(error),
                request_id=request_id,
            ) from error
        case _ if error.http_status == 409:
            raise StillUnderWay(message, request_id=request_id) from error
        case stripe.IdempotencyError():
            raise KeyReused(message, request_id=request_id) from error
        case stripe.RateLimitError():
            raise GatewayUnavailable("The payment service is busy.", retry_after=2.0, request_id=request_id) from error
        case stripe.InvalidRequestError():
            raise GatewayRefused(
                message,
                code=error.code,
                param=error.param,
                status=error.http_status,
                intent=_intent_of(error),
                request_id=request_id,
            ) from error
        case stripe.AuthenticationError() | stripe.PermissionError():
            raise GatewayRefused(message, code=error.code, status=error.http_status, request_id=request_id) from error
        case stripe.APIConnectionError() if isinstance(error.__cause__, NOT_SENT):
            raise GatewayUnavailable("The payment service cannot be reached.") from error
        case _:
            # No answer, or a server error: for a change nobody knows what came of it.
            raise_unanswered("The payment service did not answer.", request_id, changes, error)


def _intent_of(error: stripe.StripeError) -> Intent | None:
    body = error.json_body
    detail = body.get("error") if isinstance(body, dict) else None
    intent = detail.get("payment_intent") if isinstance(detail, dict) else None
    try:
        return read_intent(intent) if isinstance(intent, dict) else None
    except Unreadable:
        return None
