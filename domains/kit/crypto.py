"""Personal data at rest: encrypted columns with key ids, and keyed hashes to find rows by.

AES-256-GCM with a fresh 96-bit nonce per value; the column's name is the associated data, so that a value cannot be
moved to another column. Stored as `v1.<key id>.<base64url(nonce + ciphertext)>`. Search hashes are HMAC-SHA256 under
a key of their own that does not rotate with the encryption keys (else nothing could be found again).
"""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class KeyringMissing(RuntimeError):
    """No encryption keys were set before encrypted data was touched."""


class UnreadableValue(ValueError):
    """A stored value whose key is unknown, or that was changed or moved to another column."""


class Keyring:
    """The keys of one running program: the first encrypts, all decrypt, the last derives the search hashes.

    `ENCRYPTION_KEYS` is `id:base64key,id:base64key`, newest first, 32 bytes each. To rotate, put a new one in front;
    the last one stays for good, because the search hashes come from it.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise ValueError("ENCRYPTION_KEYS holds no key")
        for key_id, key in keys.items():
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", key_id):
                raise ValueError(f"ENCRYPTION_KEYS: {key_id!r} is not a key id (1 to 16 letters, digits, - or _)")
            if len(key) != 32:
                raise ValueError(f"ENCRYPTION_KEYS: key {key_id!r} has {len(key)} bytes and needs 32")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.current = next(iter(keys))
        oldest = list(keys.values())[-1]
        self._hash_key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"stoa search hash").derive(oldest)

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """From the text of `ENCRYPTION_KEYS`; raises `ValueError` with what is wrong, never with a key."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            key_id, colon, encoded = part.partition(":")
            if not colon:
                raise ValueError("ENCRYPTION_KEYS must look like id:base64key,id:base64key")
            try:
                keys[key_id] = base64.b64decode(encoded, validate=True)
            except ValueError as error:
                raise ValueError(f"ENCRYPTION_KEYS: key {key_id!r} is not base64") from error
        return cls(keys)

    def encrypt(self, plain: str, context: str) -> str:
        nonce = os.urandom(12)
        sealed = self._ciphers[self.current].encrypt(nonce, plain.encode(), context.encode())
        return f"v1.{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, stored: str, context: str) -> str:
        version, _, rest = stored.partition(".")
        key_id, _, encoded = rest.partition(".")
        cipher = self._ciphers.get(key_id)
        if version != "v1" or cipher is None:
            raise UnreadableValue(f"a value of {context} was encrypted with a key that is not in ENCRYPTION_KEYS")
        raw = base64.urlsafe_b64decode(encoded)
        try:
            return cipher.decrypt(raw[:12], raw[12:], context.encode()).decode()
        except InvalidTag as error:
            raise UnreadableValue(f"a value of {context} was changed or belongs to another column") from error

    def search_hash(self, value: str, purpose: str) -> bytes:
        return hmac.new(self._hash_key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


_keyring: Keyring | None = None


def use_keyring(keyring: Keyring) -> None:
    """Set the keys of this process; every entry point does so once, before it opens the database."""
    global _keyring
    _keyring = keyring


def keyring() -> Keyring:
    if _keyring is None:
        raise KeyringMissing("ENCRYPTION_KEYS is not set: personal data cannot be read or written")
    return _keyring


def token_hash(token: str) -> bytes:
    """What is stored of a random token of 256 bits; unguessable, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def fold(text: str) -> str:
    """One spelling for finding: NFKC, case folded, accents off, spaces single."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.split())


def email_key(email: str) -> str:
    """The one spelling of an address by which an account is found: NFKC and lower case, no spaces around.

    Accents stay, because they tell addresses apart.
    """
    return unicodedata.normalize("NFKC", email).strip().lower()


def email_hash(email: str) -> bytes:
    """The keyed hash under which an e-mail address is unique and found."""
    return keyring().search_hash(email_key(email), "email")


def word_hashes(texts: Iterable[str], *, prefix_from: int = 3) -> set[bytes]:
    """Keyed hashes of every word of `texts` and of its prefixes of at least `prefix_from` letters, to search by."""
    found: set[bytes] = set()
    for text in texts:
        for word in re.split(r"[\s@.,_+-]+", fold(text)):
            for length in range(min(prefix_from, len(word)), len(word) + 1):
                if word:
                    found.add(keyring().search_hash(word[:length], "word")[:16])
    return found


def word_hash(word: str) -> bytes:
    """The hash to look a typed word or prefix up by, see `word_hashes`."""
    return keyring().search_hash(fold(word), "word")[:16]


class EncryptedText(TypeDecorator[str]):
    """A text column that is encrypted at rest. `context` is `schema.table.column`."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().decrypt(value, self.context)


class EncryptedJSON(TypeDecorator[Any]):
    """A JSON value (an address, a snapshot) that is encrypted at rest as a whole. `context` as in `EncryptedText`."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(msgspec.json.encode(value).decode(), self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(keyring().decrypt(value, self.context))
