"""Who acts. Every transaction has an actor; audit, access by owner and undo hang on it."""

from enum import StrEnum
from typing import Self
from uuid import UUID

import msgspec


class ActorKind(StrEnum):
    GUEST = "guest"
    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"


class Actor(msgspec.Struct, frozen=True):
    """A person or a part of the program.

    `id` is the account's for customers and staff; `role` the staff role; `name` the part of the program
    ("sweeper", "webhook"). `visitor` is an opaque key of the visitor (a hash), for caps per visitor.
    """

    kind: ActorKind
    id: UUID | None = None
    role: str | None = None
    name: str = ""
    visitor: str = ""

    @classmethod
    def guest(cls, visitor: str = "") -> Self:
        return cls(ActorKind.GUEST, visitor=visitor)

    @classmethod
    def customer(cls, account_id: UUID, visitor: str = "") -> Self:
        return cls(ActorKind.CUSTOMER, id=account_id, visitor=visitor)

    @classmethod
    def staff(cls, account_id: UUID, role: str) -> Self:
        return cls(ActorKind.STAFF, id=account_id, role=role)

    @classmethod
    def system(cls, name: str) -> Self:
        return cls(ActorKind.SYSTEM, name=name)

    @property
    def is_person(self) -> bool:
        return self.kind is not ActorKind.SYSTEM
