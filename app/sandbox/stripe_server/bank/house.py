"""What every verb of the bank needs: the store, the announcer, the faults, and where the sandbox is."""

import msgspec

from app.sandbox.stripe_server.errors import Body, no_such
from app.sandbox.stripe_server.faults import Faults
from app.sandbox.stripe_server.store import Store
from app.sandbox.stripe_server.webhooks import Announcer


class House(msgspec.Struct):
    """The open sandbox. `base_url` is set when the port is known."""

    store: Store
    faults: Faults
    announcer: Announcer
    base_url: str = ""

    def get(self, kind: str, id_: str, *, param: str | None = None) -> Body:
        """The object, or Stripe's refusal: of the path when `param` is not given."""
        body = self.store.get(kind, id_)
        if body is None:
            raise no_such(kind, id_, param=param or _PARAM.get(kind, "id"), in_path=param is None)
        return body


_PARAM = {"payment_intent": "intent", "refund": "refund", "charge": "charge", "dispute": "dispute"}
