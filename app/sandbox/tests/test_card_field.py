"""The card field in a real browser, in a page with the shop's strict policy: what a shopper types never reaches it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FrameLocator, Page, async_playwright, expect

from app.runtime.browser import ARGUMENTS, require
from app.sandbox.serving import HttpServer
from app.sandbox.testing import Sandbox, running_sandbox
from app.sandbox.tests.buying import client, wish

# One browser and one sandbox for all of them: starting these is most of the time.
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning"),
]

AXE = Path(__file__).parents[3] / "e2e" / "vendor" / "axe-4.14.1.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PAGE = """<!doctype html><html lang="en"><head><meta name="color-scheme" content="light dark"><title>Pay</title>
<script src="{js}"></script><script src="/shop.js" defer></script></head>
<body><main><h1>Pay</h1><form><div id="card"></div><button>Pay 19.99</button></form><p role="status"></p></main>
</body></html>"""

SHOP_JS = """
window.heard = [];
window.addEventListener("message", (event) => window.heard.push(JSON.stringify(event.data)));
const stripe = Stripe("{key}");
const elements = stripe.elements({{mode: "payment", amount: 1999, currency: "usd", captureMethod: "manual"}});
const card = elements.create("payment");
window.events = [];
for (const name of ["ready", "change", "loaderror"]) card.on(name, (event) => window.events.push([name, event]));
card.mount("#card");
document.querySelector("form").addEventListener("submit", async (event) => {{
  event.preventDefault();
  const status = document.querySelector("[role=status]");
  const {{error}} = await elements.submit();
  if (error) {{ status.textContent = error.message; return; }}
  const answer = await stripe.createConfirmationToken({{elements, params: {{
    payment_method_data: {{billing_details: {{name: "Ada", address: {{country: "US", postal_code: "94110"}}}}}},
    return_url: window.location.href,
  }}}});
  window.answer = answer;
  status.textContent = answer.error ? answer.error.message : answer.confirmationToken.id;
}});
"""


class Shop:
    """A page that pays, with the policy of the real one, on another origin than the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        there = self._sandbox.base_url
        if scope["path"] == "/shop.js":
            kind, body = "text/javascript", SHOP_JS.format(key=self._sandbox.publishable_key)
        else:
            kind, body = "text/html", PAGE.format(js=self._sandbox.stripe_js_url)
        policy = (
            f"default-src 'none'; script-src 'self' {there}; frame-src {there}; connect-src 'self'; img-src 'self';"
            " style-src 'self'; base-uri 'none'; form-action 'self'"
        )
        content = body.encode()
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(content)).encode()),
            (b"content-security-policy", policy.encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=require(), args=list(ARGUMENTS))
        yield browser
        await browser.close()


@asynccontextmanager
async def at_the_till(browser: Browser, sandbox: Sandbox, **options: Any) -> AsyncIterator[tuple[Page, FrameLocator]]:
    server = HttpServer(Shop(sandbox))
    port = await server.start()
    context = await browser.new_context(**options)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(f"http://localhost:{port}/")
    yield page, page.frame_locator("iframe[title=Card]")
    await context.close()
    await server.aclose()
    assert [said for said in complaints if "favicon" not in said and "402" not in said] == []


async def fill(card: FrameLocator, number: str = "4242 4242 4242 4242") -> None:
    await card.get_by_role("textbox", name="Card number").fill(number)
    await card.get_by_role("textbox", name="Expiry date").fill("12 / 34")
    await card.get_by_role("textbox", name="Security code").fill("123")


async def test_a_card_becomes_a_token_and_the_page_never_sees_the_number(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await fill(card)
        await page.get_by_role("button", name="Pay").click()
        await expect(page.get_by_role("status")).to_contain_text("ctoken_")

        token = await page.evaluate("window.answer.confirmationToken")
        seen = await page.evaluate("JSON.stringify([window.heard, window.events, window.answer])")
        paid = await client(sandbox).payment_intents.create_async(wish(token["id"]))

    assert paid.status == "requires_capture"
    assert token["payment_method_preview"]["billing_details"]["address"]["postal_code"] == "94110"
    for number in ("4242424242424242", "4242 4242 4242 4242", '"123"'):
        assert number not in seen
    events = json.loads(seen)[1]
    assert events[0] == ["ready", {"elementType": "payment"}]
    assert events[-1][1] == {
        "elementType": "payment", "empty": False, "complete": True, "collapsed": False, "value": {"type": "card"},
    }  # fmt: skip


async def test_a_wallet_pays_without_a_card_being_typed(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await card.get_by_role("radio", name="Test wallet").check()
        await expect(card.get_by_role("textbox")).to_have_count(0)
        await page.get_by_role("button", name="Pay").click()
        await expect(page.get_by_role("status")).to_contain_text("ctoken_")
        token = await page.evaluate("window.answer.confirmationToken.id")

        paid = await client(sandbox).payment_intents.create_async(wish(token, expand=["latest_charge"]))

    assert paid.latest_charge.payment_method_details.card.wallet.type == "google_pay"


async def test_what_is_missing_is_said_in_words_beside_the_field(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await page.get_by_role("button", name="Pay").click()

        await expect(page.get_by_role("status")).to_have_text("Enter your card number.")
        number = card.get_by_role("textbox", name="Card number")
        await expect(number).to_be_focused()
        await expect(number).to_have_accessible_description("Enter your card number.")
        assert await number.get_attribute("aria-invalid") == "true"

        await fill(card, "4242 4242 4242 4241")
        await card.get_by_role("textbox", name="Expiry date").fill("01/20")
        await page.get_by_role("button", name="Pay").click()
        await expect(card.get_by_text("Your card number is invalid.")).to_be_visible()
        await expect(card.get_by_text("Your card's expiry date is in the past.")).to_be_visible()

        await fill(card)
        await expect(card.get_by_text("invalid")).to_have_count(0)


@pytest.mark.parametrize(
    ("number", "expiry", "code", "shown", "expiry_shown"),
    [
        ("4242424242424242", "1234", "123", "4242 4242 4242 4242", "12 / 34"),
        ("4242 4242 4242 4242", "12/34", "123", "4242 4242 4242 4242", "12 / 34"),
        ("3782 822463 10005", "934", "1234", "3782 822463 10005", "09 / 34"),
        ("5555-5555-5555-4444", "12 / 2034", "123", "5555 5555 5555 4444", "12 / 2034"),
    ],
)
async def test_a_card_may_be_typed_as_one_likes(
    browser: Browser, sandbox: Sandbox, number: str, expiry: str, code: str, shown: str, expiry_shown: str
) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await card.get_by_role("textbox", name="Card number").press_sequentially(number)
        await page.keyboard.press("Tab")
        await page.keyboard.type(expiry)
        await page.keyboard.press("Tab")
        await page.keyboard.type(code)
        await expect(card.get_by_role("textbox", name="Card number")).to_have_value(shown)
        await expect(card.get_by_role("textbox", name="Expiry date")).to_have_value(expiry_shown)

        await page.get_by_role("button", name="Pay").click()

        await expect(page.get_by_role("status")).to_contain_text("ctoken_")


async def test_browsers_and_readers_know_the_fields(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (_, card):
        for name, purpose in (("Card number", "number"), ("Expiry date", "exp"), ("Security code", "csc")):
            field = card.get_by_role("textbox", name=name, exact=True)
            assert await field.get_attribute("autocomplete") == f"cc-{purpose}"
            assert await field.get_attribute("inputmode") == "numeric"


async def test_axe_finds_nothing_in_the_field_and_on_the_pages(browser: Browser, sandbox: Sandbox) -> None:
    asks = await client(sandbox).payment_intents.create_async(
        wish(await sandbox.confirmation_token("4000 0025 0000 3155"))
    )
    await client(sandbox).payment_intents.create_async(
        wish(await sandbox.confirmation_token(), capture_method="automatic")
    )
    pages = [
        f"{sandbox.base_url}/v3/elements/card",
        f"{sandbox.base_url}/",
        asks.next_action.redirect_to_url.url,
        f"{sandbox.mail_url}/",
    ]
    for scheme in ("light", "dark"):
        context = await browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740})
        for address in pages:
            page = await context.new_page()
            await page.goto(address)
            if "elements" in address:
                # The frame is see-through; alone, it stands on what the browser paints for want of a page.
                await page.evaluate("() => { document.documentElement.style.backgroundColor = 'Canvas'; }")
            await page.evaluate(AXE.read_text())
            result = await page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            # The frame is a part of the shop's page, which has the landmarks and the heading.
            part = {"landmark-one-main", "page-has-heading-one", "region"} if "elements" in address else set()
            found = [(each["id"], each["nodes"][0]["html"]) for each in result["violations"] if each["id"] not in part]
            assert found == [], address
            assert await page.evaluate("document.documentElement.scrollWidth <= 360"), address
        await context.close()


async def test_the_bank_asks_and_the_shopper_confirms_by_keyboard(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await fill(card, "4000 0025 0000 3155")
        await page.get_by_role("button", name="Pay").click()
        await expect(page.get_by_role("status")).to_contain_text("ctoken_")
        token = await page.evaluate("window.answer.confirmationToken.id")
        intent = await client(sandbox).payment_intents.create_async(wish(token, return_url=page.url))

        await page.evaluate("secret => { stripe.handleNextAction({clientSecret: secret}); }", intent.client_secret)
        await expect(page.get_by_role("heading", name="Confirm your payment")).to_be_visible()
        await page.get_by_role("button", name="Confirm payment").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**redirect_status=succeeded")

        assert f"payment_intent={intent.id}" in page.url


async def test_the_banks_page_may_stand_over_the_shops(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, _):
        token = await sandbox.confirmation_token("4000 0025 0000 3155")
        params = {**wish(token, use_stripe_sdk=True), "automatic_payment_methods": {
            "enabled": True, "allow_redirects": "never"}}  # fmt: skip
        del params["return_url"]
        intent = await client(sandbox).payment_intents.create_async(params)
        assert intent.next_action.type == "use_stripe_sdk"

        await page.evaluate(
            "secret => { stripe.handleNextAction({clientSecret: secret}).then(told => { window.told = told; }); }",
            intent.client_secret,
        )
        over = page.frame_locator("iframe[title='Confirm your payment']")
        await over.get_by_role("button", name="Refuse").click()

        told = await page.evaluate(
            """() => new Promise((answer) => {
                const looking = setInterval(() => window.told && (clearInterval(looking), answer(window.told)), 20);
            })"""
        )
        assert told["error"]["code"] == "payment_intent_authentication_failure"
        await expect(page.locator("dialog")).to_have_count(0)


async def test_a_page_that_is_not_the_one_it_says_gets_no_channel(browser: Browser, sandbox: Sandbox) -> None:
    async with at_the_till(browser, sandbox) as (page, card):
        await fill(card)

        told = await page.evaluate(
            """async (address) => {
                const frame = document.createElement("iframe");
                frame.src = address;
                document.body.append(frame);
                await new Promise((loaded) => frame.addEventListener("load", loaded));
                const channel = new MessageChannel();
                const said = [];
                channel.port1.onmessage = (event) => said.push(event.data.type);
                frame.contentWindow.postMessage({type: "open", key: "pk_test_x"}, "*", [channel.port2]);
                await new Promise((later) => setTimeout(later, 300));
                return said;
            }""",
            f"{sandbox.base_url}/v3/elements/card?origin=http://another.example",
        )

    assert told == []
