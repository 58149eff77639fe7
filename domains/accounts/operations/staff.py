"""Who works here: invited by mail, given a role, kept out. Only an owner may, which the caller has seen to."""

from uuid import UUID

from domains import audit
from domains.accounts.errors import AccountUnknown, NotYourself
from domains.accounts.events import StaffInvited, StaffRoleChanged
from domains.accounts.models import AccountRow
from domains.accounts.operations.registration import create_staff
from domains.accounts.operations.second_factor import reset_second_factor
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.operations.status import deactivate, keep_an_owner, reinstate, suspend
from domains.accounts.rows import locked
from domains.accounts.states import STAFF_ROLES
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _


async def invite_staff(tx: Transaction, *, email: str, role: str, first_name: str = "", last_name: str = "") -> UUID:
    """Make a staff account; a mail brings the link that sets its password. The account's id.

    Emits `user.registered` and `user.staff_invited`. Raises `Invalid` and `EmailTaken`.
    """
    made = await create_staff(tx, email=email, role=role, first_name=first_name, last_name=last_name)
    await record(tx, StaffInvited(user_id=made.id, role=role))
    await audit.record(tx, action="staff.invited", subject=("account", made.id), label=role)
    return made.id


async def invite_again(tx: Transaction, account_id: UUID) -> None:
    """Send the link once more to who has no password yet; the one before no longer works.

    Emits `user.staff_invited`. Raises `AccountUnknown`.
    """
    row = await locked(tx, account_id)
    if row.role == "customer" or row.password_hash is not None:
        raise AccountUnknown
    await record(tx, StaffInvited(user_id=account_id, role=row.role))
    await audit.record(tx, action="staff.invited", subject=("account", account_id), label=row.role)


async def change_role(tx: Transaction, account_id: UUID, role: str) -> None:
    """Give somebody who works here another role; he is logged out, so that none of his pages has the old one.

    Emits `user.role_changed`. Raises `Invalid`, `AccountUnknown`, `LastOwner`, and `NotYourself`.
    """
    if role not in STAFF_ROLES:
        raise Invalid({"role": _("Choose one of the roles offered.")})
    _not_yourself(tx, account_id)
    if role != "owner":
        await keep_an_owner(tx, but=account_id)
    row = await _member(tx, account_id)
    was = row.role
    if was == role:
        return
    row.role, row.updated_at = role, await tx.now()
    await tx.session.flush()
    await end_sessions(tx, account_id)
    await record(tx, StaffRoleChanged(user_id=account_id, was=was, role=role))
    await audit.record(tx, action="staff.role_changed", subject=("account", account_id), changes={"role": (was, role)})


async def suspend_staff(tx: Transaction, account_id: UUID) -> None:
    """As `suspend`, for who works here. Raises `LastOwner` and `NotYourself` too."""
    _not_yourself(tx, account_id)
    await suspend(tx, account_id)


async def reinstate_staff(tx: Transaction, account_id: UUID) -> None:
    """As `reinstate`, for who works here."""
    await _member(tx, account_id)
    await reinstate(tx, account_id)


async def deactivate_staff(tx: Transaction, account_id: UUID) -> None:
    """As `deactivate`, for who works here no more. Raises `LastOwner` and `NotYourself` too."""
    _not_yourself(tx, account_id)
    await deactivate(tx, account_id)


async def reset_second_factor_of_staff(tx: Transaction, account_id: UUID) -> None:
    """As `reset_second_factor`, of a colleague. Raises `NotYourself` too."""
    _not_yourself(tx, account_id)
    await _member(tx, account_id)
    await reset_second_factor(tx, account_id)


def _not_yourself(tx: Transaction, account_id: UUID) -> None:
    if tx.actor.id == account_id:
        raise NotYourself


async def _member(tx: Transaction, account_id: UUID) -> AccountRow:
    row = await locked(tx, account_id)
    if row.role == "customer":
        raise AccountUnknown
    return row
