"""The paper of a document: ours, theirs (the printer and the store), ours."""

import base64
from hashlib import blake2b
from uuid import UUID

import msgspec

from domains.catalog import NotStored, Storage
from domains.invoicing.queries import document
from domains.invoicing.views import Document, Printer
from domains.kit import Actor, Database
from domains.kit.crypto import keyring


class Printed(msgspec.Struct, frozen=True):
    """A PDF and the name it is saved under."""

    name: str
    content: bytes


async def pdf(db: Database, storage: Storage, printer: Printer, actor: Actor, document_id: UUID) -> Printed:
    """The document's PDF: as it was kept, or made now and kept. Who may see it is decided by whoever calls.

    It holds names and addresses, so it is encrypted before it leaves the program, like the columns that hold them.
    Raises `DocumentNotFound`.
    """
    async with db.transaction(actor) as tx:
        found = await document(tx, document_id)
    name = f"{found.label}.pdf"
    if found.key is not None:
        try:
            return Printed(name, _opened(await storage.get(found.key), document_id))
        except NotStored:  # the store was lost: the data is not, and makes the same paper
            pass
    content = await printer.document(found)
    key = _key_of(found)
    await storage.put(key, _sealed(content, document_id))
    async with db.transaction(actor) as tx:
        await tx.sql(
            "INSERT INTO invoicing.printouts (document_id, key) VALUES (:id, :key) ON CONFLICT DO NOTHING",
            {"id": document_id, "key": key},
        )
    return Printed(name, content)


def _key_of(found: Document) -> str:
    return f"{blake2b(found.id.bytes, digest_size=16).hexdigest()}.pdf"


def _sealed(content: bytes, document_id: UUID) -> bytes:
    return keyring().encrypt(base64.b85encode(content).decode(), f"invoicing:{document_id}").encode()


def _opened(content: bytes, document_id: UUID) -> bytes:
    return base64.b85decode(keyring().decrypt(content.decode(), f"invoicing:{document_id}"))
