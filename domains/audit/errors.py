"""What the audit log refuses."""

from datetime import datetime
from uuid import UUID

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class EntryNotFound(NotFound):
    """No entry has this id, or it is not the asker's to see."""

    code = "entry_not_found"
    title = _("There is no such entry in the log.")


class NotUndoable(Conflict):
    """Nobody can take this back: money that moved, a person's data, something that was only looked at."""

    code = "not_undoable"
    title = _("This cannot be undone.")


class AlreadyUndone(Conflict):
    """Somebody has undone it before, or at the same moment."""

    code = "already_undone"
    title = _("This has been undone already.")
    hint = _("The log shows who did it; what was undone can itself be undone from there.")


class ChangedSince(Conflict):
    """A field no longer is what the entry made it; `entry_id` is the later change, None where nothing tells of it.

    `others` counts the fields besides this one that have changed too.
    """

    code = "changed_since"

    def __init__(
        self,
        *,
        field: str,
        label: str,
        others: int = 0,
        entry_id: UUID | None = None,
        actor_id: UUID | None = None,
        actor_name: str = "",
        recorded_at: datetime | None = None,
    ) -> None:
        self.field, self.label, self.others = field, label, others
        self.entry_id, self.actor_id, self.actor_name, self.recorded_at = entry_id, actor_id, actor_name, recorded_at
        super().__init__(self.sentence(actor_name, f"{recorded_at:%Y-%m-%d %H:%M} UTC" if recorded_at else ""))

    hint = _("Nothing was undone. Look at the later change first, and undo that one if it was the mistake.")

    def sentence(self, who: str, when: str) -> str:
        """What a page says; `who` and `when` as its reader reads them."""
        field = self.field.replace("_", " ").replace(".", " ")
        if self.entry_id is None or not who:
            told = _("“{field}” of {label} has been changed since.").format(field=field, label=self.label)
        else:
            told = _("“{field}” of {label} was changed again by {who} on {when}.").format(
                field=field, label=self.label, who=who, when=when
            )
        if self.others:
            told += " " + _("{others} more have changed too.").format(others=self.others)
        return told
