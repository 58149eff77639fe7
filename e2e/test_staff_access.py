"""Who works in the shop comes in by two steps, and does what his role may."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from domains import accounts, store
from domains.accounts import totp
from domains.kit import Transaction
from e2e import staff, steps
from e2e.conftest import Visit
from e2e.stage import Stage

PASSWORD = "a quiet harbour at dawn"


@pytest.fixture
def open_again(shop: Stage) -> Iterator[None]:
    """All of the shop is switched on, however the journey ends: the others need it."""
    yield

    async def turn_on(tx: Transaction) -> None:
        for switch in await store.switched_off(tx):
            await store.turn(tx, switch, is_on=True)

    shop.operate(turn_on)


def invite(shop: Stage, email: str, role: str = "manager") -> None:
    async def do(tx: Transaction) -> None:
        await accounts.invite_staff(tx, email=email, role=role, first_name="Nora", last_name="Berg")

    shop.operate(do)


def shown_secret(page: Page) -> str:
    return page.locator("code.key").inner_text().replace(" ", "")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_first_log_in_goes_through_the_second_step(shop: Stage, visitor: Visit, scripts: bool) -> None:
    email = f"nora{scripts}@example.com".lower()
    invite(shop, email)
    page = visitor(scripts=scripts)

    page.goto(steps.link_in(shop.mail(email, about="/account/set-password"), "/account/set-password"))
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("password", re.IGNORECASE)).click()
    steps.fill_log_in(page, email, PASSWORD)
    steps.at(page, "Set up your second step")
    page.goto("/staff/people")  # no way round it
    steps.at(page, "Set up your second step")
    secret = shown_secret(page)
    page.get_by_role("textbox", name="Code").fill("12")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert").filter(has_text="This code is not right")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(staff.code(shop, secret))
    page.get_by_role("button", name="Go on").click()
    steps.at(page, "Your recovery codes")
    codes = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    page.get_by_role("link", name="I have kept them").click()
    steps.at(page, "Staff")
    again = visitor(scripts=scripts)
    again.goto("/staff/security")
    steps.fill_log_in(again, email, PASSWORD)
    staff.give_code(again, codes[3])

    assert len(set(codes)) == 10
    steps.at(again, "Your log-in")
    expect(again.get_by_text("9 codes are left")).to_be_visible()
    assert len(secret) == 32
    assert totp.code_at(secret, 1).isdigit()


def test_a_passkey_brings_in_in_place_of_a_code(shop: Stage, visitor: Visit) -> None:
    invite(shop, "key@example.com")
    page = visitor()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    here = shop.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to an address
    link = steps.link_in(shop.mail("key@example.com", about="/account/set-password"), "/account/set-password")

    page.goto(link.replace("127.0.0.1", "localhost"))
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("password", re.IGNORECASE)).click()
    steps.fill_log_in(page, "key@example.com", PASSWORD)
    page.get_by_role("button", name="Make a passkey").click()
    steps.at(page, "Your recovery codes")
    page.goto(f"{here}/staff/security")
    page.context.clear_cookies()
    page.goto(f"{here}/staff/security")
    steps.fill_log_in(page, "key@example.com", PASSWORD)
    page.get_by_role("button", name="Use your passkey").click()

    steps.at(page, "Your log-in")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_support_is_refused_what_an_owner_may_do(shop: Stage, as_staff: Visit, scripts: bool) -> None:
    page = as_staff("support", to="/staff", scripts=scripts)
    expect(page.get_by_role("link", name="Refunds")).to_have_count(0)
    expect(page.get_by_role("link", name="Staff", exact=True)).to_have_count(0)

    page.goto("/staff/people")
    steps.at(page, "You do not have access to this.")
    page.goto("/staff/refunds")
    steps.at(page, "You do not have access to this.")
    sent = page.request.post(
        f"{shop.url}/staff/people/invite",
        form={"email": "friend@example.com", "role": "owner"},
        headers={"Origin": shop.url},
    )

    assert sent.status == 403
    assert shop.sql("SELECT count(*) FROM accounts.accounts WHERE role = 'owner'")[0]["count"] == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_support_is_refused_the_refund_that_finance_may_give(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    number = steps.buy(visitor(), "line-ballpoint-pen", f"refused.{scripts}@example.com".lower())
    order, refund = f"/staff/orders/{number}", f"/staff/orders/{number}/refund"
    finance = as_staff("finance", to=order, scripts=scripts)
    finance.get_by_role("main").get_by_role("link", name=re.compile("^Refund")).click()
    steps.at(finance, f"Refund for {number}")
    form: dict[str, str | float | bool] = {
        "key": finance.locator("input[name=key]").input_value(),
        "reason": "Broken",
        "shipping": "1.00",
    }

    support = as_staff("support", to=order, scripts=scripts)
    steps.at(support, number)
    expect(support.get_by_role("main").get_by_role("link", name=re.compile("^Refund"))).to_have_count(0)
    for path in (refund, "/staff/refunds", "/staff/settings/taxes", "/staff/settings/taxes.csv", "/staff/audit"):
        support.goto(path)
        steps.at(support, "You do not have access to this.")
    sent = support.request.post(f"{shop.url}{refund}", form=form, headers={"Origin": shop.url})

    assert sent.status == 403
    given = shop.sql(
        "SELECT p.refunded_cents FROM payments.payments p JOIN orders.orders o ON o.payment_id = p.id"
        " WHERE o.order_number = $1",
        number,
    )
    assert [row["refunded_cents"] for row in given] == [0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_mistake_in_the_settings_is_taken_back_unless_somebody_has_changed_it_since(
    shop: Stage, as_staff: Visit, scripts: bool
) -> None:
    page = as_staff("owner", to="/staff/settings/shop", scripts=scripts)
    before = page.get_by_role("textbox", name="Sentence under the name").input_value()

    def say(words: str) -> None:
        page.goto("/staff/settings/shop")
        page.get_by_role("textbox", name="Sentence under the name").fill(words)
        page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.")).to_be_visible()

    def undo(place: int) -> None:
        page.goto("/staff/audit?action=shop.changed")
        page.get_by_role("link", name="Settings changed", exact=True).nth(place).click()
        page.get_by_role("link", name="Undo…").click()
        page.get_by_role("button", name="Undo it").click()

    say("A slip of the pen")
    undo(0)
    expect(page.get_by_text("Undone: everything is as it was before.")).to_be_visible()
    page.goto("/staff/settings/shop")
    expect(page.get_by_role("textbox", name="Sentence under the name")).to_have_value(before)

    say("The first")
    say("The second")
    undo(1)
    refused = page.locator(".notice--error").filter(has_text="Nothing was undone.")
    expect(refused).to_be_visible()
    expect(refused).to_contain_text("tagline")
    refused.get_by_role("link", name="Show the later change").click()
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone: everything is as it was before.")).to_be_visible()
    page.goto("/staff/settings/shop")
    expect(page.get_by_role("textbox", name="Sentence under the name")).to_have_value("The first")
    say(before)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.usefixtures("open_again")
def test_a_paused_checkout_and_a_closed_shop_are_kind_to_shoppers_and_open_to_staff(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    shopper = visitor(scripts=scripts)
    steps.put_into_cart(shopper, "line-ballpoint-pen", 2)
    manager = as_staff("manager", to="/staff/settings/switches", scripts=scripts)

    def turn(what: str, how: str) -> None:
        manager.goto("/staff/settings/switches")
        manager.get_by_role("button", name=f"Switch {what} {how}", exact=True).click()
        expect(manager.get_by_text("on again" if how == "on" else "off, from the next request on")).to_be_visible()

    turn("Checkout", "off")
    steps.open_cart(shopper)
    shopper.get_by_role("link", name="Check out").click()
    steps.at(shopper, "Checkout is paused for a moment.")
    expect(shopper.get_by_text("Your cart is kept.")).to_be_visible()
    steps.open_cart(shopper)
    expect(shopper.get_by_role("spinbutton", name="Quantity")).to_have_value("2")
    turn("Checkout", "on")
    turn("The shop is open", "off")
    closed = shopper.goto("/")
    assert closed is not None
    assert closed.status == 503
    assert int(closed.headers["retry-after"]) > 0
    steps.at(shopper, "The shop is closed for a moment.")
    manager.goto("/")
    expect(manager.get_by_role("searchbox", name="Search").or_(manager.get_by_role("button", name="Search")).first
           ).to_be_visible()  # fmt: skip
    turn("The shop is open", "on")
    steps.check_out(shopper)


def test_a_role_is_changed_by_an_owner_who_gives_his_password_once_more(
    shop: Stage, visitor: Visit, as_staff: Visit
) -> None:
    invite(shop, "changing@example.com", role="support")
    page = as_staff("owner", to="/staff/people")
    page.get_by_role("main").get_by_role("link", name="Nora Berg").first.click()
    steps.at(page, "Nora Berg")
    shop.sql("UPDATE accounts.sessions SET authenticated_at = kit.now() - interval '20 minutes'")

    page.get_by_role("radio", name="Warehouse").check()
    page.get_by_role("button", name="Change role").click()
    steps.at(page, "Your password, once more")
    page.get_by_role("textbox", name="Password").fill("demo-password")
    page.get_by_role("button", name="Go on").click()

    steps.at(page, "Nora Berg")
    expect(page.get_by_text("The role is changed")).to_be_visible()
    expect(page.get_by_role("radio", name="Warehouse")).to_be_checked()
