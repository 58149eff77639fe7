"""The table of the API: method, path, name, who may call it, which parameters it takes, and what it does."""

import re
from collections.abc import Callable
from typing import Literal

import msgspec

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank import confirmation, creation, disputes, intents, refunds, tokens
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import Body, invalid, no_such
from app.sandbox.stripe_server.parameters import Params, hash_of, integer, listing, metadata, needed, text

type Who = Literal["secret", "publishable"]
type Call = Callable[[House, Params, str], Body]

_LISTING = "created limit starting_after ending_before"


class Endpoint(msgspec.Struct, frozen=True):
    """`id` of the path is handed to `call`, or an empty string.

    `publishable` lets the browser's key in as well, which must then send the parameter `proof`, if one is named.
    """

    name: str
    method: str
    pattern: re.Pattern[str]
    params: frozenset[str]
    call: Call
    publishable: bool = False
    proof: str | None = None


def _endpoint(
    name: str,
    method: str,
    path: str,
    params: str,
    call: Call,
    *,
    publishable: bool = False,
    proof: str | None = None,
) -> Endpoint:
    pattern = re.compile("^" + path.replace("{id}", "(?P<id>[A-Za-z0-9_]{1,120})") + "$")
    return Endpoint(name, method, pattern, frozenset(params.split()), call, publishable, proof)


def _list(house: House, params: Params, kind: str, url: str, filters: str, prefix: str = "") -> Body:
    limit = integer(params, "limit")
    limit = 10 if limit is None else limit
    if not 1 <= limit <= 100:
        raise invalid("This value must be between 1 and 100.", param="limit")
    after, before = text(params, "starting_after"), text(params, "ending_before")
    for name, cursor in (("starting_after", after), ("ending_before", before)):
        if cursor is not None and house.store.get(kind, cursor) is None:
            raise no_such(kind, cursor, param=name)
    equal = {prefix + name: value for name in filters.split() if (value := text(params, name)) is not None}
    types = listing(params, "types") or (
        [] if text(params, "type") is None or kind != "event" else [needed(params, "type")]
    )
    rows = house.store.find(
        kind, equal=equal, created=_window(params), types=types, after=after, before=before, limit=limit + 1
    )
    more = len(rows) > limit
    if more:
        rows = rows[1:] if before is not None and after is None else rows[:limit]
    return shapes.list_of(rows, url, has_more=more)


def _window(params: Params) -> dict[str, int]:
    given = params.get("created")
    if isinstance(given, str) and given:
        at = integer(params, "created") or 0
        return {"gte": at, "lte": at}
    window = {}
    for word in hash_of(params, "created"):
        if word not in {"gt", "gte", "lt", "lte"}:
            raise invalid(f"Received unknown parameter: created[{word}]", code="parameter_unknown", param="created")
        bound = integer(hash_of(params, "created"), word)
        if bound is not None:
            window[word] = bound
    return window


_CLAUSE = re.compile(
    r"""^\s*(?:metadata\[(['"])(?P<meta>[^'"]+)\1\]|(?P<field>status|currency|customer|amount|created))"""
    r"""\s*(?P<op>:|>=|<=|>|<)\s*(['"]?)(?P<value>[^'"]*)\5\s*$"""
)


def _search(house: House, params: Params, _: str) -> Body:
    """Stripe's query language, as far as a shop needs it: clauses joined by AND."""
    if house.faults.take("no_search"):
        raise invalid("The search feature is temporarily unavailable in your region.")
    query = needed(params, "query")
    equal: dict[str, str] = {}
    window: dict[str, int] = {}
    for clause in re.split(r"\s+AND\s+", query, flags=re.IGNORECASE):
        match = _CLAUSE.match(clause)
        if match is None:
            raise invalid(f"We were unable to parse your search query: {query[:200]}", param="query")
        if match["meta"] is not None and match["op"] == ":":
            equal[f"metadata.{_word(match['meta'])}"] = match["value"]
        elif match["field"] == "created" and match["op"] != ":":
            window[{">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}[match["op"]]] = int(match["value"] or 0)
        elif match["field"] is not None and match["op"] == ":":
            equal[match["field"]] = match["value"]
        else:
            raise invalid(f"We were unable to parse your search query: {query[:200]}", param="query")
    lag = house.faults.take("search_lag")
    if lag is not None:
        seen_until = house.store.now() - int(lag.value)
        window["lte"] = min(window.get("lte", seen_until), seen_until)
    limit = min(integer(params, "limit") or 10, 100)
    after = text(params, "page")
    rows = house.store.find("payment_intent", equal=equal, created=window, after=after, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    return {
        "object": "search_result",
        "data": rows,
        "has_more": more,
        "next_page": rows[-1]["id"] if more else None,
        "url": "/v1/payment_intents/search",
    }


def _word(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", name):
        raise invalid("The sandbox searches metadata keys of letters, digits and underscores.", param="query")
    return name


def _retrieve(kind: str) -> Call:
    return lambda house, _, id_: house.get(kind, id_)


def _intent(house: House, id_: str) -> Body:
    return house.get("payment_intent", id_)


def _intent_for(house: House, params: Params, id_: str) -> Body:
    """With the browser's key, only who knows the client secret sees the payment."""
    intent = intents.retrieve(house, id_)
    secret = text(params, "client_secret")
    if secret is not None and secret != intent["client_secret"]:
        raise no_such("payment_intent", id_, param="intent", in_path=True)
    return intent


def _create_method(house: House, params: Params, _: str) -> Body:
    return house.store.put(tokens.method_from(house, params))


def _attach(house: House, params: Params, id_: str) -> Body:
    method = tokens.named_method(house, id_, param="payment_method")
    method["customer"] = needed(params, "customer")
    house.store.put(method)
    house.announcer.announce("payment_method.attached", method)
    return method


def _detach(house: House, _: Params, id_: str) -> Body:
    method = house.get("payment_method", id_)
    method["customer"] = None
    house.store.put(method)
    house.announcer.announce("payment_method.detached", method)
    return method


def _update_charge(house: House, params: Params, id_: str) -> Body:
    charge = house.get("charge", id_)
    charge["metadata"] = {**charge["metadata"], **metadata(params)}
    house.store.put(charge)
    house.announcer.announce("charge.updated", charge)
    return charge


_CONFIRM = (
    "confirmation_token payment_method payment_method_data payment_method_options return_url use_stripe_sdk"
    " off_session mandate mandate_data error_on_requires_action receipt_email setup_future_usage shipping"
    " capture_method payment_method_types client_secret"
)
_CREATE = (
    "amount currency automatic_payment_methods confirm confirmation_method customer customer_account description"
    " metadata on_behalf_of application_fee_amount amount_details excluded_payment_method_types radar_options"
    " payment_method_configuration statement_descriptor statement_descriptor_suffix transfer_data transfer_group"
)

ENDPOINTS: tuple[Endpoint, ...] = (
    _endpoint(
        "payment_intents.create", "POST", "/v1/payment_intents", f"{_CREATE} {_CONFIRM}",
        lambda house, params, _: creation.create(house, params),
    ),
    _endpoint("payment_intents.list", "GET", "/v1/payment_intents", f"{_LISTING} customer",
              lambda house, params, _: _list(house, params, "payment_intent", "/v1/payment_intents", "customer")),
    _endpoint("payment_intents.search", "GET", "/v1/payment_intents/search", "query limit page", _search),
    _endpoint("payment_intents.retrieve", "GET", "/v1/payment_intents/{id}", "client_secret", _intent_for,
              publishable=True, proof="client_secret"),
    _endpoint("payment_intents.update", "POST", "/v1/payment_intents/{id}",
              "amount currency description metadata receipt_email shipping",
              lambda house, params, id_: creation.update(house, _intent(house, id_), params)),
    _endpoint("payment_intents.confirm", "POST", "/v1/payment_intents/{id}/confirm", _CONFIRM,
              lambda house, params, id_: confirmation.confirm(house, _intent(house, id_), params)),
    _endpoint("payment_intents.capture", "POST", "/v1/payment_intents/{id}/capture",
              "amount_to_capture application_fee_amount final_capture metadata statement_descriptor"
              " statement_descriptor_suffix transfer_data",
              lambda house, params, id_: intents.capture(house, _intent(house, id_), params)),
    _endpoint("payment_intents.cancel", "POST", "/v1/payment_intents/{id}/cancel", "cancellation_reason",
              lambda house, params, id_: intents.cancel(house, _intent(house, id_), params)),
    _endpoint("confirmation_tokens.create", "POST", "/v1/confirmation_tokens",
              "payment_method_data payment_method return_url shipping setup_future_usage",
              lambda house, params, _: tokens.create_token(house, params), publishable=True),
    _endpoint("confirmation_tokens.create", "POST", "/v1/test_helpers/confirmation_tokens",
              "payment_method_data payment_method return_url shipping setup_future_usage",
              lambda house, params, _: tokens.create_token(house, params)),
    _endpoint("confirmation_tokens.retrieve", "GET", "/v1/confirmation_tokens/{id}", "",
              _retrieve("confirmation_token")),
    _endpoint("payment_methods.create", "POST", "/v1/payment_methods", "type card billing_details metadata",
              _create_method, publishable=True),
    _endpoint("payment_methods.list", "GET", "/v1/payment_methods", f"{_LISTING} customer type",
              lambda house, params, _: _list(house, params, "payment_method", "/v1/payment_methods", "customer")),
    _endpoint("payment_methods.retrieve", "GET", "/v1/payment_methods/{id}", "", _retrieve("payment_method")),
    _endpoint("payment_methods.attach", "POST", "/v1/payment_methods/{id}/attach", "customer", _attach),
    _endpoint("payment_methods.detach", "POST", "/v1/payment_methods/{id}/detach", "", _detach),
    _endpoint("charges.list", "GET", "/v1/charges", f"{_LISTING} customer payment_intent",
              lambda house, params, _: _list(house, params, "charge", "/v1/charges", "customer payment_intent")),
    _endpoint("charges.retrieve", "GET", "/v1/charges/{id}", "", _retrieve("charge")),
    _endpoint("charges.update", "POST", "/v1/charges/{id}", "metadata description", _update_charge),
    _endpoint("refunds.create", "POST", "/v1/refunds",
              "amount charge payment_intent reason metadata currency instructions_email origin refund_application_fee"
              " reverse_transfer",
              lambda house, params, _: refunds.create(house, params)),
    _endpoint("refunds.list", "GET", "/v1/refunds", f"{_LISTING} charge payment_intent",
              lambda house, params, _: _list(house, params, "refund", "/v1/refunds", "charge payment_intent")),
    _endpoint("refunds.retrieve", "GET", "/v1/refunds/{id}", "", _retrieve("refund")),
    _endpoint("refunds.update", "POST", "/v1/refunds/{id}", "metadata",
              lambda house, params, id_: refunds.update(house, house.get("refund", id_), params)),
    _endpoint("balance_transactions.list", "GET", "/v1/balance_transactions", f"{_LISTING} source type currency",
              lambda house, params, _: _list(
                  house, params, "balance_transaction", "/v1/balance_transactions", "source type currency")),
    _endpoint("balance_transactions.retrieve", "GET", "/v1/balance_transactions/{id}", "",
              _retrieve("balance_transaction")),
    _endpoint("disputes.list", "GET", "/v1/disputes", f"{_LISTING} charge payment_intent",
              lambda house, params, _: _list(house, params, "dispute", "/v1/disputes", "charge payment_intent")),
    _endpoint("disputes.retrieve", "GET", "/v1/disputes/{id}", "", _retrieve("dispute")),
    _endpoint("disputes.update", "POST", "/v1/disputes/{id}", "evidence metadata submit",
              lambda house, params, id_: disputes.update(house, house.get("dispute", id_), params)),
    _endpoint("disputes.close", "POST", "/v1/disputes/{id}/close", "",
              lambda house, _, id_: disputes.close(house, house.get("dispute", id_))),
    _endpoint("events.list", "GET", "/v1/events", f"{_LISTING} type types delivery_success",
              lambda house, params, _: _list(house, params, "event", "/v1/events", "")),
    _endpoint("events.retrieve", "GET", "/v1/events/{id}", "", _retrieve("event")),
)  # fmt: skip


def find(method: str, path: str) -> tuple[Endpoint, str] | None:
    """The endpoint and the id in its path."""
    for endpoint in ENDPOINTS:
        if endpoint.method == method and (match := endpoint.pattern.match(path)):
            return endpoint, match.groupdict().get("id") or ""
    return None
