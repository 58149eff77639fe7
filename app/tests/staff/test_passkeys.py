"""A passkey in place of a code: of this site, for this log-in, once."""

from app.tests.staff.device import Device
from app.tests.staff.people import PASSWORD, member
from app.web.testing import another_browser


async def ask(http, path="/staff/second-factor/passkey/options"):
    answer = await http.post(path)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def log_in(http) -> None:
    await http.post("/account/login", data={"email": "owner@example.com", "password": PASSWORD})


async def enrol(http, device: Device) -> None:
    await log_in(http)
    made = device.make(await ask(http, "/staff/second-factor/enrol/passkey/options"))
    done = await http.post("/staff/second-factor/enrol/passkey", data={"answer": made})
    assert done.status_code == 201 or done.status_code == 200, done.text
    assert done.text.count("<code>") == 10


async def test_a_passkey_made_at_the_first_log_in_brings_in_at_the_next(shop, live_db):
    await member(live_db, "owner", enrolled=False)
    device = Device()
    await enrol(shop, device)

    async with another_browser(shop.shop) as http:
        await log_in(http)
        page = await http.get("/staff/second-factor")
        answer = device.use(await ask(http))
        entered = await http.post("/staff/second-factor/passkey", data={"answer": answer})

        assert 'data-passkey="use"' in page.text
        assert (entered.status_code, entered.headers["location"]) == (303, "/staff")
        assert (await http.get("/staff/security")).status_code == 200


async def test_an_answer_passes_once_and_only_in_the_log_in_that_was_asked(shop, live_db):
    await member(live_db, "owner", enrolled=False)
    device = Device()
    await enrol(shop, device)

    async with another_browser(shop.shop) as owner, another_browser(shop.shop) as thief:
        await log_in(owner)
        await log_in(thief)
        answer = device.use(await ask(owner))
        await ask(thief)
        stolen = await thief.post("/staff/second-factor/passkey", data={"answer": answer})
        unasked = await thief.post("/staff/second-factor/passkey", data={"answer": answer})
        own = await owner.post("/staff/second-factor/passkey", data={"answer": answer})

    assert (stolen.status_code, unasked.status_code, own.status_code) == (422, 422, 303)
    assert "That passkey could not be used" in stolen.text


async def test_a_passkey_of_another_site_or_of_nobody_is_refused(shop, live_db):
    await member(live_db, "owner", enrolled=False)
    device = Device()
    await enrol(shop, device)
    stranger, elsewhere = Device(), device
    elsewhere._origin = "https://evil.example"

    async with another_browser(shop.shop) as http:
        await log_in(http)
        refused = [
            await http.post("/staff/second-factor/passkey", data={"answer": one.use(await ask(http))})
            for one in (stranger, elsewhere)
        ]
        nonsense = await http.post("/staff/second-factor/passkey", data={"answer": "{"})

    assert {answer.status_code for answer in (*refused, nonsense)} == {422}


async def test_further_passkeys_are_added_and_removed_but_not_the_last_factor(staff_browser):
    owner = await staff_browser("owner")

    asked = await ask(owner, "/staff/security/passkey/options")
    added = await owner.post("/staff/security/passkey", data={"answer": Device().make(asked)})
    page = await owner.get("/staff/security")
    removal = page.text.partition("/staff/security/passkeys/")[2].partition("/removal")[0]
    app_gone = await owner.post("/staff/security/app/removal")
    refused = await owner.post(f"/staff/security/passkeys/{removal}/removal")

    assert (added.status_code, app_gone.status_code, refused.status_code) == (303, 303, 409)
