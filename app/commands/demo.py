"""`shop demo`: a whole shop with everything it needs, on this machine."""

import argparse
import os

from app.runtime import demo
from app.sandbox import keys


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remove", action="store_true", help="remove everything the demo has made, and do not start")


def run(parsed: argparse.Namespace) -> int:
    if parsed.remove:
        return demo.remove(os.environ)
    return demo.run(
        os.environ,
        {
            "STRIPE_SECRET_KEY": keys.SECRET_KEY,
            "STRIPE_PUBLISHABLE_KEY": keys.PUBLISHABLE_KEY,
            "STRIPE_WEBHOOK_SECRET": keys.WEBHOOK_SECRET,
        },
    )
