"""`python -m app.sandbox`: the gateway sandbox and the mail catcher, without the rest of the shop."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from app.sandbox.run import SandboxSettings, serve
from app.sandbox.serving import PortTaken


def main() -> int:
    env = os.environ
    parser = argparse.ArgumentParser(prog="python -m app.sandbox", description=__doc__)
    parser.add_argument("--data-dir", type=Path, help="where payments and mails are kept; without it, in memory")
    parser.add_argument("--webhook-url", help="where the shop takes webhooks, such as http://…/webhooks/stripe")
    parser.add_argument("--port", type=int, default=int(env.get("SANDBOX_PORT", "8026")))
    parser.add_argument("--mail-port", type=int, default=int(env.get("MAIL_PORT", "8025")))
    parser.add_argument("--mail-smtp-port", type=int, default=int(env.get("MAIL_SMTP_PORT", "8027")))
    given = parser.parse_args()
    settings = SandboxSettings(
        data_dir=given.data_dir,
        webhook_url=given.webhook_url,
        port=given.port,
        mail_port=given.mail_port,
        mail_smtp_port=given.mail_smtp_port,
    )
    try:
        asyncio.run(serve(settings))
    except PortTaken as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
