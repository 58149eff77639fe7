"""Codes of authenticator apps (RFC 6238): six digits, half a minute, SHA-1, as every app knows them.

By hand, because pyotp refuses secrets under 112 bits: the demo's is of 80, and apps take it.
"""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

STEP = 30  # seconds
_DIGITS = 6


def new_secret() -> str:
    """A secret of 160 bits, in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of a half minute, counted from 1970."""
    digest = hmac.new(_key(secret), step.to_bytes(8), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def totp_address(secret: str, *, account: str, shop: str) -> str:
    """What the picture holds that an app reads."""
    label = f"{quote(shop, safe='')}:{quote(account, safe='@')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(shop, safe='')}"


def _key(secret: str) -> bytes:
    return base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
