"""Stripe's refusals: HTTP status, type, code and words as the real API gives them."""

from typing import Any, NoReturn

Body = dict[str, Any]


class ApiError(Exception):
    """An error answer. `kept` says whether an idempotency key remembers it: only what began to run is remembered."""

    def __init__(
        self,
        status: int,
        type_: str,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        decline_code: str | None = None,
        kept: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kept = kept
        self.error: Body = {}
        if code is not None:
            self.error["code"] = code
        if decline_code is not None:
            self.error["decline_code"] = decline_code
        if code is not None:
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        self.error["message"] = message
        if param is not None:
            self.error["param"] = param
        self.error |= more
        self.error["type"] = type_

    def body(self, request_id: str) -> Body:
        """The answer's JSON."""
        log = f"https://dashboard.stripe.com/test/logs/{request_id}"
        return {"error": {**self.error, "request_log_url": log}}


def invalid(message: str, *, code: str | None = None, param: str | None = None, **more: Any) -> ApiError:
    """400: the request can never work as it is."""
    return ApiError(400, "invalid_request_error", message, code=code, param=param, **more)


def missing(param: str) -> ApiError:
    return invalid(f"Missing required param: {param}.", code="parameter_missing", param=param)


def no_such(kind: str, id_: str, *, param: str, in_path: bool = False) -> ApiError:
    """An id that names nothing: 404 in a path, 400 in a parameter."""
    return ApiError(
        404 if in_path else 400,
        "invalid_request_error",
        f"No such {kind}: '{id_}'",
        code="resource_missing",
        param=param,
    )


def unexpected_state(message: str, intent: Body) -> ApiError:
    return invalid(message, code="payment_intent_unexpected_state", payment_intent=intent, kept=True)


def refuse(error: ApiError) -> NoReturn:
    raise error
