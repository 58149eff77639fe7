"""What reviews refuse."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class ReviewNotFound(NotFound):
    """There is no such review, or none that is shown."""

    code = "review_not_found"
    title = _("We could not find that review.")


class NotBought(NotFound):
    """The order has nothing like it, or the shop has forgotten the product."""

    code = "not_bought"
    title = _("This is not in the order.")
    hint = _("Only what was bought here can be reviewed.")


class NotArrived(Conflict):
    """A review comes from somebody who has the thing."""

    code = "not_arrived"
    title = _("This can be reviewed once it has arrived.")
    hint = _("Come back when you have tried it.")


class ReviewGone(Conflict):
    """Its writer removed the review; that is final."""

    code = "review_removed"
    title = _("You have removed this review.")
    hint = _("It cannot be written again.")


class ReviewChangedMeanwhile(Conflict):
    """Since staff looked its writer has changed the review, or a colleague has answered it."""

    code = "review_changed_meanwhile"
    title = _("The review has changed since you looked at it.")
    hint = _("Read it again as it is now. Nothing was changed.")


class ReviewStateForbidden(Conflict):
    """The review's state has no arrow to the one asked for."""

    code = "review_state_forbidden"
    title = _("The review is not in a state in which this is possible.")
    hint = _("Reload the page to see how it stands.")
