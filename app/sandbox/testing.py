"""For tests: a sandbox of one's own, on free ports, with hands to hold it by.

async with running_sandbox(webhook_url="http://127.0.0.1:8000/webhooks/stripe") as sandbox:
    gateway = StripeGateway(**sandbox.gateway_options())
    token = await sandbox.confirmation_token("4000 0000 0000 0002")
    await sandbox.fault(answer_lost=True, on="payment_intents.create", count=1)
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from app.sandbox.run import Running, SandboxSettings, opened

CARD_PAYS = "4242 4242 4242 4242"
CARD_DECLINED = "4000 0000 0000 0002"
CARD_NO_FUNDS = "4000 0000 0000 9995"
CARD_ASKS = "4000 0025 0000 3155"
CARD_EXPIRED = "4000 0000 0000 0069"
CARD_WRONG_CVC = "4000 0000 0000 0127"
CARD_PROCESSING_ERROR = "4000 0000 0000 0119"
CARD_CAPTURE_FAILS = "4000 0000 0000 4020"
CARD_DISPUTED = "4000 0000 0000 0259"
CARD_REFUND_FAILS = "4000 0000 0000 5126"
CARD_REFUND_WAITS = "4000 0000 0000 7726"


class Sandbox:
    """A running sandbox, spoken to over HTTP as everybody else does; it may be in this process or another."""

    def __init__(
        self,
        *,
        base_url: str,
        mail_url: str,
        smtp_port: int,
        secret_key: str,
        publishable_key: str,
        webhook_secret: str,
    ) -> None:
        self.base_url = base_url
        self.mail_url = mail_url
        self.smtp_port = smtp_port
        self.secret_key = secret_key
        self.publishable_key = publishable_key
        self.webhook_secret = webhook_secret
        # Plain HTTP on this machine: reading all certificate authorities would take 0.1 s of every test.
        self._http = httpx.AsyncClient(trust_env=False, timeout=20, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    @property
    def stripe_js_url(self) -> str:
        return f"{self.base_url}/v3/"

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    def gateway_options(self) -> dict[str, Any]:
        """The keywords of the payments domain's Stripe adapter."""
        return {"secret_key": self.secret_key, "webhook_secret": self.webhook_secret, "api_base": self.base_url}

    async def aclose(self) -> None:
        await self._http.aclose()

    async def confirmation_token(
        self, card: str = CARD_PAYS, *, cvc: str = "123", wallet: str | None = None, **params: str
    ) -> str:
        """What the card frame would hand to the shop's page. Raises `AssertionError` for a mistyped card."""
        if wallet is not None:
            params["payment_method_data[card][wallet][type]"] = wallet
        data = {
            "payment_method_data[type]": "card",
            "payment_method_data[card][number]": card.replace(" ", ""),
            "payment_method_data[card][exp_month]": "12",
            "payment_method_data[card][exp_year]": str(time.gmtime().tm_year + 3),
            "payment_method_data[card][cvc]": cvc,
            **params,
        }
        answer = await self._http.post(
            f"{self.base_url}/v1/confirmation_tokens",
            data=data,
            headers={"Authorization": f"Bearer {self.publishable_key}"},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    async def shopper_answers(self, redirect_url: str, answer: str = "confirm") -> str:
        """Be the shopper on the bank's page: `confirm` or `fail`. Answers the address he is sent back to."""
        done = await self._http.post(redirect_url, data={"answer": answer})
        assert done.status_code == 303, done.text
        return str(done.headers["location"])

    async def fault(self, *, on: str | None = None, count: int | None = None, **kinds: object) -> None:
        """Break something: `slow=3`, `error_500=True`, … on an endpoint such as `payment_intents.capture`."""
        wish = {**kinds, **({"for": on} if on else {}), **({"count": count} if count else {})}
        answer = await self._http.post(f"{self.base_url}/_sandbox/faults", json=wish)
        assert answer.status_code == 201, answer.text

    async def mend(self) -> None:
        """Take all faults away, of the gateway and of the mail server."""
        await self._http.delete(f"{self.base_url}/_sandbox/faults")
        await self._http.delete(f"{self.mail_url}/faults")

    async def state(self) -> dict[str, Any]:
        return dict((await self._http.get(f"{self.base_url}/_sandbox/state")).json())

    async def requests(self, endpoint: str) -> int:
        """How often this endpoint was asked."""
        return int((await self.state())["requests"].get(endpoint, 0))

    async def api(self, method: str, path: str, **params: str) -> Any:
        """A call with the secret key, as the gateway's own dashboard would make it."""
        how: dict[str, Any] = {"params": params} if method == "GET" else {"data": params}
        answer = await self._http.request(
            method, f"{self.base_url}{path}", headers={"Authorization": f"Bearer {self.secret_key}"}, **how
        )
        return answer.json()

    async def dispute(self, intent_id: str, *, reason: str = "fraudulent") -> dict[str, Any]:
        answer = await self._http.post(
            f"{self.base_url}/_sandbox/disputes", json={"payment_intent": intent_id, "reason": reason}
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def decide(self, dispute_id: str, outcome: str) -> None:
        """The bank decides: `won` or `lost`."""
        answer = await self._http.post(
            f"{self.base_url}/_sandbox/disputes/{dispute_id}/decision", json={"outcome": outcome}
        )
        assert answer.status_code == 201, answer.text

    async def resend(self, event_id: str, times: int = 1) -> None:
        answer = await self._http.post(f"{self.base_url}/_sandbox/events/{event_id}/resend?times={times}")
        assert answer.status_code == 201, answer.text

    async def point_webhooks(self, url: str | None) -> None:
        await self._http.post(f"{self.base_url}/_sandbox/webhooks", json={"url": url})

    async def set_clock(self, *, offset: int) -> None:
        """What is made next is made `offset` seconds from now."""
        await self._http.post(f"{self.base_url}/_sandbox/clock", json={"offset": offset})

    async def webhooks_delivered(self, *, within: float = 10.0) -> None:
        """Wait until no webhook is on its way."""
        until = time.monotonic() + within
        while True:
            states = (await self.state())["webhooks"]
            if not states.get("due") and not states.get("sending"):
                return
            if time.monotonic() > until:
                raise AssertionError(f"webhooks are still on their way: {states}")
            await asyncio.sleep(0.05)

    async def mails(self, *, to: str | None = None, at_least: int = 0, within: float = 10.0) -> list[dict[str, Any]]:
        """The mails caught, oldest first; waits until there are `at_least` so many."""
        until = time.monotonic() + within
        while True:
            found = (await self._http.get(f"{self.mail_url}/messages.json")).json()
            mails = [mail for mail in found if to is None or to in mail["to"]]
            if len(mails) >= at_least:
                return mails
            if time.monotonic() > until:
                raise AssertionError(f"{len(mails)} mails in place of {at_least}")
            await asyncio.sleep(0.05)

    async def break_mail(self, **faults: object) -> None:
        """`down=True`, `slow=5`, `drop=True`, `cut=True`, `bounce=True`, `later=True`, with `count`."""
        answer = await self._http.post(f"{self.mail_url}/faults", json=faults)
        assert answer.status_code == 201, answer.text

    async def clear(self) -> None:
        """Forget all payments, faults and mails."""
        await self._http.delete(f"{self.base_url}/_sandbox/state")
        await self._http.delete(f"{self.mail_url}/messages")
        await self.mend()


def reach(running: Running, settings: SandboxSettings) -> Sandbox:
    return Sandbox(
        base_url=running.base_url,
        mail_url=running.mail_url,
        smtp_port=running.smtp_port,
        secret_key=settings.secret_key,
        publishable_key=settings.publishable_key,
        webhook_secret=settings.webhook_secret,
    )


@asynccontextmanager
async def running_sandbox(*, webhook_url: str | None = None, data_dir: Path | None = None) -> AsyncIterator[Sandbox]:
    """A sandbox in this event loop, on free ports, its payments in memory unless it is given a directory."""
    settings = SandboxSettings(data_dir=data_dir, webhook_url=webhook_url, port=0, mail_port=0, mail_smtp_port=0)
    async with opened(settings) as running:
        sandbox = reach(running, settings)
        try:
            yield sandbox
        finally:
            await sandbox.aclose()
