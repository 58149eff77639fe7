"""The API's front door: keys, idempotency, faults, and every answer in Stripe's shape."""

import asyncio
import base64
from collections import Counter, deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

import msgspec

from app.sandbox.serving import CUT
from app.sandbox.stripe_server import endpoints, shapes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.endpoints import Endpoint
from app.sandbox.stripe_server.errors import ApiError, invalid, missing
from app.sandbox.stripe_server.expansion import expand
from app.sandbox.stripe_server.parameters import Params, known, listing, parse
from app.sandbox.stripe_server.store import Remembered, new_id
from app.sandbox.stripe_server.webhooks import Asked, asked

type Send = Callable[[Any], Awaitable[None]]
type Receive = Callable[[], Awaitable[Any]]


class Heard(msgspec.Struct, frozen=True):
    """One request, for the sandbox's own page and for tests that count."""

    endpoint: str
    status: int
    key: str | None
    replayed: bool
    fault: str | None


class Answer(msgspec.Struct):
    """What goes back. `cut` hangs up in place of it."""

    status: int
    body: bytes
    headers: dict[str, str]
    cut: bool = False


class Api:
    """An ASGI app for everything under /v1."""

    def __init__(self, house: House, *, secret_key: str, publishable_key: str) -> None:
        self._house = house
        self._secret_key = secret_key
        self._publishable_key = publishable_key
        self._in_progress: set[str] = set()
        self.heard: deque[Heard] = deque(maxlen=500)
        self.counts: Counter[str] = Counter()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        answer = await self.answer(scope["method"], _path(scope), scope["query_string"], headers, body)
        if answer.cut:
            await send(CUT)
            return
        sent = {"content-type": "application/json", "content-length": str(len(answer.body)), **answer.headers}
        pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
        await send({"type": "http.response.body", "body": answer.body})

    async def answer(self, method: str, path: str, query: bytes, headers: dict[str, str], body: bytes) -> Answer:
        """One request, start to end."""
        request_id = new_id("req")
        key = headers.get("idempotency-key") if method == "POST" else None
        told = {
            "request-id": request_id,
            "stripe-version": headers.get("stripe-version", shapes.API_VERSION),
            "cache-control": "no-cache, no-store",
        }
        if key is not None:
            told["idempotency-key"] = key
        try:
            if key is not None and len(key) > 255:
                raise invalid("Idempotency keys may be up to 255 characters long.")
            found = endpoints.find(method, path)
            by_browser = self._check_key(headers.get("authorization", ""), None if found is None else found[0])
            if found is None:
                raise ApiError(
                    404,
                    "invalid_request_error",
                    f"Unrecognized request URL ({method}: {path}). If you are trying to list objects, remove the"
                    " trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty)"
                    " identifier in your code. Please see https://stripe.com/docs or we can help at"
                    " https://support.stripe.com/.",
                )
            endpoint, id_ = found
            params = parse(query.decode("latin-1")) | parse(body.decode("utf-8", "replace"))
            if by_browser and endpoint.proof is not None and not params.get(endpoint.proof):
                raise missing(endpoint.proof)
            answer = await self._faulty(endpoint, id_, params, key, path, request_id, told)
        except ApiError as error:
            answer = _error(error, request_id, told)
            self._hear("refused", answer, key)
        return answer

    async def _faulty(
        self,
        endpoint: Endpoint,
        id_: str,
        params: Params,
        key: str | None,
        path: str,
        request_id: str,
        told: dict[str, str],
    ) -> Answer:
        faults = self._house.faults
        name = endpoint.name
        if faults.take("rate_limit", name):
            error = ApiError(429, "invalid_request_error", "Request rate limit exceeded.", code="rate_limit")
            answer = _error(error, request_id, told)
            self._hear(name, answer, key, fault="rate_limit")
            return answer
        if fault := faults.take("error_500", name):
            error = ApiError(500, "api_error", "An unknown error occurred", kept=fault.kept)
            answer = _error(error, request_id, told)
            if fault.kept and key is not None:
                # Stripe remembers a 500 as well, once it had begun: the same key then never does the work.
                fingerprint = self._fingerprint(path, params)
                self._house.store.remember(key, Remembered(fingerprint, 500, answer.body, request_id))
            self._hear(name, answer, key, fault="error_500")
            return answer
        slow = faults.take("slow", name)
        held = key is not None and key not in self._in_progress
        if held:
            self._in_progress.add(str(key))
        try:
            answer = self._idempotent(endpoint, id_, params, key, path, request_id, told, held=held)
            if slow is not None:
                await asyncio.sleep(slow.value)
        finally:
            if held:
                self._in_progress.discard(str(key))
        fault_name = "slow" if slow else None
        if faults.take("garbage", name):
            fault_name = "garbage"
            answer = Answer(200, b"<html><body>It works!</body></html>", {**told, "content-type": "text/html"})
        elif faults.take("answer_lost", name):
            fault_name = "answer_lost"
            answer.cut = True
        self._hear(name, answer, key, fault=fault_name)
        return answer

    def _idempotent(
        self,
        endpoint: Endpoint,
        id_: str,
        params: Params,
        key: str | None,
        path: str,
        request_id: str,
        told: dict[str, str],
        *,
        held: bool,
    ) -> Answer:
        store = self._house.store
        if key is None:
            return self._work(endpoint, id_, params, None, request_id, told)[0]
        if not held:
            raise ApiError(
                409,
                "idempotency_error",
                "There is currently another in-progress request using this Idempotent Key (that probably means you"
                " submitted twice, and the other request is still going through). Please try again later.",
                code="idempotency_key_in_use",
            )
        fingerprint = self._fingerprint(path, params)
        known_answer = store.remembered(key)
        if known_answer is not None:
            if known_answer.fingerprint != fingerprint:
                raise ApiError(
                    400,
                    "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                    f" Try using a key other than '{key}' if you meant to execute a different request.",
                )
            again = {**told, "idempotent-replayed": "true", "original-request": known_answer.request_id}
            return Answer(known_answer.status, known_answer.body, again)
        answer, kept = self._work(endpoint, id_, params, key, request_id, told)
        if kept:
            store.remember(key, Remembered(fingerprint, answer.status, answer.body, request_id))
        return answer

    def _work(
        self, endpoint: Endpoint, id_: str, params: Params, key: str | None, request_id: str, told: dict[str, str]
    ) -> tuple[Answer, bool]:
        """Do it, in one change of the store. A refusal that is kept is saved too: a declined card leaves its trace."""
        mark = asked.set(Asked(request_id, key))
        try:
            known(params, endpoint.params)
            with self._house.store.change():
                try:
                    body = endpoint.call(self._house, params, id_)
                    answered = expand(self._house, body, listing(params, "expand"))
                except ApiError as error:
                    if not error.kept:
                        raise
                    return _error(error, request_id, told), True
            return Answer(200, _json(answered), dict(told)), True
        except ApiError as error:
            return _error(error, request_id, told), False
        finally:
            asked.reset(mark)

    def _fingerprint(self, path: str, params: Params) -> str:
        # A card's number is no part of it: nothing that could be tried out may be kept of one.
        kept = {name: value for name, value in params.items() if name not in {"payment_method_data", "card"}}
        return self._house.store.digest(path.encode() + msgspec.json.encode(kept, order="deterministic"))

    def _check_key(self, authorization: str, endpoint: Endpoint | None) -> bool:
        """Whether it is the browser's key. Raises for no key, a wrong one, and the browser's where it may not go."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given).decode().partition(":")[0]
            except ValueError:
                given = ""
        if not given:
            raise ApiError(
                401,
                "invalid_request_error",
                "You did not provide an API key. You need to provide your API key in the Authorization header, using"
                " Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            )
        if given == self._secret_key:
            return False
        if given != self._publishable_key:
            hidden = f"{given[:8]}{'*' * max(0, min(len(given), 40) - 12)}{given[-4:]}"
            raise ApiError(401, "invalid_request_error", f"Invalid API Key provided: {hidden}")
        if endpoint is None or not endpoint.publishable:
            raise ApiError(
                403,
                "invalid_request_error",
                "This API call cannot be made with a publishable API key. Please use a secret API key.",
                code="secret_key_required",
            )
        return True

    def _hear(self, name: str, answer: Answer, key: str | None, fault: str | None = None) -> None:
        replayed = "idempotent-replayed" in answer.headers
        self.counts[name] += 1
        self.heard.append(Heard(name, answer.status, key, replayed, fault))


def _path(scope: MutableMapping[str, Any]) -> str:
    """As it was sent: a mounted app is shown a path of its own making."""
    return unquote(bytes(scope["raw_path"]).decode("latin-1").partition("?")[0])


def _json(body: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(body), indent=2)


def _error(error: ApiError, request_id: str, told: dict[str, str]) -> Answer:
    return Answer(error.status, _json(error.body(request_id)), dict(told))
