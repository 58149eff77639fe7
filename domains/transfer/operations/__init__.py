"""What an import does, in the caller's transaction."""

from domains.transfer.operations.taking import take_in

__all__ = ["take_in"]
