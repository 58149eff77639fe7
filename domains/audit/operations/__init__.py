"""What can be done with the log: written, sealed, undone."""

from domains.audit.operations.record import quiet, record, record_all, seen, together, wanted
from domains.audit.operations.seal import seal
from domains.audit.operations.undo import undo

__all__ = ["quiet", "record", "record_all", "seal", "seen", "together", "undo", "wanted"]
