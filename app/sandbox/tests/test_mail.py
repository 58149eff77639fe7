"""The mail catcher takes what the shop sends, keeps it, shows it, and fails on command."""

from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import httpx
import pytest

from app.sandbox.testing import Sandbox, running_sandbox


def letter(subject: str = "Your order – danke, Łukasz") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Meander <hello@meander.example>"
    message["To"] = "Ada Lovelace <ada@example.com>"
    message["Subject"] = subject
    message["Message-ID"] = "<order-1@meander.example>"
    message.set_content("Thank you for your order ORD-1.\n€ 19.99")
    message.add_alternative(
        '<html><head><title>x</title></head><body><p>Thank you</p><a href="http://127.0.0.1/o/1">Your order</a>'
        "<script>alert(1)</script></body></html>",
        subtype="html",
    )
    return message


async def send(sandbox: Sandbox, message: EmailMessage | None = None) -> None:
    await aiosmtplib.send(message or letter(), hostname="127.0.0.1", port=sandbox.smtp_port, timeout=3)


async def test_a_mail_is_listed_as_it_was_sent(sandbox: Sandbox) -> None:
    await send(sandbox)

    [mail] = await sandbox.mails(to="ada@example.com", at_least=1)

    assert mail["to"] == ["ada@example.com"]
    assert mail["subject"] == "Your order – danke, Łukasz"
    assert "€ 19.99" in mail["text"]
    assert 'href="http://127.0.0.1/o/1"' in mail["html"]
    assert mail["date"].endswith("+00:00")
    assert mail["headers"]["Message-ID"] == "<order-1@meander.example>"


async def test_a_restart_keeps_the_mails_and_their_order(tmp_path: Path) -> None:
    async with running_sandbox(data_dir=tmp_path) as sandbox:
        await send(sandbox, letter("first"))
        await send(sandbox, letter("second"))
    async with running_sandbox(data_dir=tmp_path) as sandbox:
        await send(sandbox, letter("third"))

        mails = await sandbox.mails(at_least=3)

    assert [mail["subject"] for mail in mails] == ["first", "second", "third"]


async def test_a_mail_is_shown_where_it_can_do_nothing(sandbox: Sandbox) -> None:
    await send(sandbox)
    [mail] = await sandbox.mails(at_least=1)

    async with httpx.AsyncClient(trust_env=False, base_url=sandbox.mail_url) as http:
        inbox = await http.get("/")
        page = await http.get(f"/messages/{mail['id']}")
        text = await http.get(f"/messages/{mail['id']}/text")
        html = await http.get(f"/messages/{mail['id']}/html")
        nothing = await http.get("/messages/000099")

    assert "Your order – danke, Łukasz" in inbox.text
    assert "ada@example.com" in inbox.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "€ 19.99" in text.text
    assert html.headers["content-security-policy"].startswith("sandbox allow-popups")
    assert "script-src" not in html.headers["content-security-policy"]
    assert '<head><base target="_blank">' in html.text
    assert nothing.status_code == 404


async def test_the_mails_can_be_thrown_away(tmp_path: Path) -> None:
    async with running_sandbox(data_dir=tmp_path) as sandbox:
        await send(sandbox)

        async with httpx.AsyncClient(trust_env=False) as http:
            await http.delete(f"{sandbox.mail_url}/messages")

        assert await sandbox.mails() == []
    assert list((tmp_path / "mail").glob("*.eml")) == []


async def test_a_mail_server_that_is_down_refuses_and_comes_back(sandbox: Sandbox) -> None:
    await sandbox.break_mail(down=True)

    with pytest.raises(aiosmtplib.SMTPConnectError):
        await send(sandbox)
    await sandbox.mend()
    await send(sandbox)

    assert len(await sandbox.mails()) == 1


async def test_a_slow_mail_server_keeps_one_waiting(sandbox: Sandbox) -> None:
    await sandbox.break_mail(slow=5)

    with pytest.raises(aiosmtplib.SMTPTimeoutError):
        await aiosmtplib.send(letter(), hostname="127.0.0.1", port=sandbox.smtp_port, timeout=0.3)


async def test_a_mail_may_be_accepted_and_lost(sandbox: Sandbox) -> None:
    await sandbox.break_mail(drop=True, count=1)

    await send(sandbox, letter("lost"))
    await send(sandbox, letter("arrives"))

    assert [mail["subject"] for mail in await sandbox.mails()] == ["arrives"]


async def test_a_mail_may_be_kept_and_the_answer_lost(sandbox: Sandbox) -> None:
    await sandbox.break_mail(cut=True, count=1)

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(sandbox)

    assert len(await sandbox.mails()) == 1


@pytest.mark.parametrize(("fault", "code"), [("bounce", 550), ("later", 451)])
async def test_a_recipient_may_be_refused(sandbox: Sandbox, fault: str, code: int) -> None:
    await sandbox.break_mail(**{fault: True, "count": 1})

    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        await send(sandbox)
    await send(sandbox)

    assert refused.value.recipients[0].code == code
    assert len(await sandbox.mails()) == 1


async def test_an_unknown_fault_is_refused(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{sandbox.mail_url}/faults", json={"explode": True})

    assert answer.status_code == 422
