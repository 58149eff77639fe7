"""What can be done with reviews."""

from domains.reviews.operations.asking import ask_due, plan_request
from domains.reviews.operations.moderating import hide, keep, publish, reply
from domains.reviews.operations.reporting import report
from domains.reviews.operations.settings import configure
from domains.reviews.operations.writing import remove, write

__all__ = ["ask_due", "configure", "hide", "keep", "plan_request", "publish", "remove", "reply", "report", "write"]
