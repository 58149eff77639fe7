"""`shop sandbox`: a gateway that speaks Stripe, and a catcher of mails, for trying things out."""

import argparse
import asyncio
import os

from app import sandbox
from app.commands.refusals import Refused
from app.runtime.logging import configure_logging
from app.runtime.settings import Settings, port_number


def run(parsed: argparse.Namespace) -> int:
    chosen = Settings.read(os.environ)
    configure_logging(chosen.log_level, service="sandbox")
    wanted = sandbox.SandboxSettings(
        data_dir=chosen.data_dir / "sandbox",
        webhook_url=f"{chosen.base_url}/webhooks/stripe",
        port=port_number(os.environ, "SANDBOX_PORT", 8026),
        mail_port=port_number(os.environ, "MAIL_PORT", 8025),
        mail_smtp_port=port_number(os.environ, "MAIL_SMTP_PORT", 8027),
    )
    try:
        asyncio.run(sandbox.serve(wanted))
    except sandbox.PortTaken as taken:
        raise Refused(str(taken)) from None
    return 0
