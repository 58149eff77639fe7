"""The password asked for once more, before something weighty is changed."""

from collections.abc import Mapping

from app.web.client import client_address
from app.web.htmx import AnyRequest
from app.web.visitors import Visitor, visitor_key
from domains import accounts
from domains.kit import Database, DomainError, Invalid, TooMany
from domains.kit.i18n import gettext as _


async def proven(request: AnyRequest, db: Database, visitor: Visitor, password: str) -> str:
    """The hash that `password` was compared with and fits. Tries count like those of logging in.

    Raises `Invalid` and `TooMany`, both for the field `current_password`.
    """
    assert visitor.account is not None  # the guard has seen to it
    if not password:
        raise Invalid({"current_password": _("Enter your present password.")})
    async with db.transaction(visitor.actor) as tx:
        try_id = await accounts.begin_try(tx, email=visitor.account.email, client=client_key(request))
        found = await accounts.credentials_of(tx, visitor.account.id)
    right = await accounts.verify_password(found.password_hash if found else accounts.NOBODY, password)
    async with db.transaction(visitor.actor) as tx:
        if found is None or not right:
            await accounts.try_failed(tx, try_id)
        else:
            await accounts.try_passed(tx, try_id)
    if found is None or not right:
        raise accounts.WrongPassword
    return found.password_hash


def client_key(request: AnyRequest) -> str:
    """By what tries are counted beside the account: the client's network, as a hash."""
    return visitor_key(client_address(request.scope))


def refusal(error: DomainError, field: str = "current_password") -> tuple[int, Mapping[str, str], dict[str, str]]:
    """Status, errors by field and headers, for the form to be drawn again. Raises what is no matter of a field."""
    if isinstance(error, TooMany):
        return 429, {field: f"{error.title} {error.hint}".strip()}, {"Retry-After": str(error.retry_after)}
    if isinstance(error, Invalid):
        return 422, error.fields, {}
    raise error
