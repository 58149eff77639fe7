"""What happened in the demo shop before it was opened: 300 orders of 90 days, and what buyers said."""

from app.seed.past.making import Gateway, History, make_history

__all__ = ["Gateway", "History", "make_history"]
