"""What can be done with the log: written, sealed, undone."""

from domains.audit.operations.record import record, record_all, seen
from domains.audit.operations.seal import seal
from domains.audit.operations.undo import undo

__all__ = ["record", "record_all", "seal", "seen", "undo"]
