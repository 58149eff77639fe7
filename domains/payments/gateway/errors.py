"""What a gateway may answer instead of a payment, told apart by what the shop must do next."""

from domains.payments.gateway.shapes import Intent


class GatewayError(Exception):
    """Any answer of the gateway that is not what was asked for. `request_id` finds it in the gateway's own log."""

    def __init__(self, message: str, *, request_id: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.request_id = request_id


class Declined(GatewayError):
    """The card was refused; the shopper may try another. `message` is written for the shopper."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        decline_code: str | None = None,
        intent: Intent | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, request_id=request_id)
        self.code = code
        self.decline_code = decline_code
        self.intent = intent


class GatewayUnavailable(GatewayError):
    """The gateway cannot be asked now, and what was asked did not happen there. Try again later."""

    def __init__(self, message: str, *, retry_after: float | None = None, request_id: str | None = None) -> None:
        super().__init__(message, request_id=request_id)
        self.retry_after = retry_after


class GatewayOutcomeUnknown(GatewayError):
    """A change was sent and no readable answer came: it may have happened. Ask again with the same key, or look up.

    Deliberately not a `GatewayUnavailable`: whoever treats that one as "nothing happened" must not catch this one.
    """


class StillUnderWay(GatewayOutcomeUnknown):
    """The very same request is being worked on there at this moment: ask again with the same key in a while."""


class GatewayRefused(GatewayError):
    """The gateway understood and will not do it: a bad request, a wrong state, a wrong key. Asking again is no use."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int | None = None,
        intent: Intent | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, request_id=request_id)
        self.code = code
        self.param = param
        self.status = status
        self.intent = intent


class KeyReused(GatewayError):
    """The idempotency key was used before for a different request: look up what it did, never send anew."""


class SignatureInvalid(GatewayError):
    """A webhook that the gateway did not sign, signed too long ago, or that was changed on its way."""
