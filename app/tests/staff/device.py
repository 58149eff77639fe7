"""A device that makes passkeys, as a browser would answer for it: ES256, no attestation."""

import base64
import hashlib
import json
import os
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256


class Device:
    """One passkey on one device, on a site."""

    def __init__(self, host: str = "127.0.0.1", origin: str = "http://127.0.0.1:8000") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = os.urandom(32)
        self._host, self._origin = host, origin
        self.count = 0

    def make(self, options: dict[str, Any]) -> str:
        """What the browser answers to being asked for a new passkey."""
        numbers = self._key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        credential = bytes(16) + len(self._id).to_bytes(2) + self._id + public
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(0x45) + credential}
        return self._answer(
            clientDataJSON=_text(self._client("webauthn.create", options)),
            attestationObject=_text(cbor2.dumps(attestation)),
        )

    def use(self, options: dict[str, Any]) -> str:
        """What the browser answers to being asked to use one."""
        self.count += 1
        data, client = self._data(0x05), self._client("webauthn.get", options)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=_text(client), authenticatorData=_text(data), signature=_text(signature))

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self._host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self._origin}).encode()

    def _answer(self, **response: str) -> str:
        own = _text(self._id)
        return json.dumps(
            {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
