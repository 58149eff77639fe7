"""One mail may go to several people of the shop."""

from datetime import UTC, datetime

from domains.notifications.gateway import Mail, message_of


def test_a_mail_to_several_names_each_of_them() -> None:
    mail = Mail(
        message_id="<1@shop.example>",
        sender="shop@example.com",
        sender_name="Meander",
        reply_to="",
        recipient="ana@example.com, ben@example.com",
        subject="Running low",
        text="Two are left.",
        html="<p>Two are left.</p>",
        date=datetime(2026, 11, 20, tzinfo=UTC),
    )

    message = message_of(mail)

    assert [address.addr_spec for address in message["To"].addresses] == ["ana@example.com", "ben@example.com"]
