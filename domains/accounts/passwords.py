"""Passwords: Argon2id off the event loop, in a bounded pool, so that a burst of log-ins cannot starve the pages.

Parameters are argon2-cffi's defaults of RFC 9106's low-memory profile (64 MiB, 3 passes, 4 lanes). Length and strength
follow NIST SP 800-63B: at least 8 characters, no rules of composition, guessable ones refused by zxcvbn.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn_rs_py import zxcvbn

from domains.kit import Invalid, Unavailable
from domains.kit.i18n import gettext as _

SHORTEST, LONGEST = 8, 128
_WEAKEST_SCORE = 2  # of zxcvbn's 0 to 4: survives an online guesser
_AT_ONCE, _WAITING = 2, 64

_hasher = PasswordHasher()
_pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="argon2")
_queued = 0

# A hash nobody's password has: checked for unknown addresses, so that they take as long as known ones.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$MXS2urabEnYUswcFAtMxvg$r4LeLl1P1ILu6MYPl82UngLvunUn+08HlK19mTnrq1s"


def check_password(password: str, *, field: str = "password", known: Sequence[str] = ()) -> None:
    """Refuse what is too short, too long or easy to guess; `known` are words an attacker would try first.

    Raises `Invalid`, whose message says what helps.
    """
    plain = normal(password)
    if len(plain) < SHORTEST:
        raise Invalid({field: _("Use at least {shortest} characters.").format(shortest=SHORTEST)})
    if len(plain) > LONGEST:
        raise Invalid({field: _("Use at most {longest} characters.").format(longest=LONGEST)})
    if int(zxcvbn(plain[:72], [word for word in known if word]).score) < _WEAKEST_SCORE:
        raise Invalid({field: _("This password is easy to guess. Add another word or two.")})


def normal(password: str) -> str:
    """One spelling for the same typed password on every keyboard (NFKC)."""
    return unicodedata.normalize("NFKC", password)


async def hash_password(password: str) -> str:
    """The Argon2id hash. Never inside a transaction. Raises `Unavailable` when too many wait."""
    hashed: str = await _in_pool(_hasher.hash, normal(password))
    return hashed


async def verify_password(password_hash: str, password: str) -> bool:
    """Whether `password` fits; takes its time either way. Never inside a transaction."""
    if len(password) > LONGEST * 4:
        password = password[: LONGEST * 4]
    return await _in_pool(_verify, password_hash, normal(password))


def needs_rehash(password_hash: str) -> bool:
    """Whether the work factors have risen since this hash was made (SEC-01)."""
    return _hasher.check_needs_rehash(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


async def _in_pool[T](work: Callable[..., T], *arguments: str) -> T:
    global _queued
    if _queued >= _WAITING:
        raise Unavailable(_("Many people are logging in right now."))
    _queued += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work, *arguments)
    finally:
        _queued -= 1
