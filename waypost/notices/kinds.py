"""What people are told of, in which words, and in which ways."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """How a notice reaches somebody."""

    PAGE = "page", pgettext_lazy("way", "Here")
    DIGEST = "digest", pgettext_lazy("way", "Daily e-mail")
    MAIL = "mail", pgettext_lazy("way", "E-mail at once")
    PUSH = "push", pgettext_lazy("way", "On devices")
    CHAT = "chat", pgettext_lazy("way", "In a chat")


class Kind(TextChoices):
    MENTIONED = "mentioned", _("Somebody mentions you")
    ASSIGNED = "assigned", _("You get a task")
    REVIEW = "review", _("You are asked to review")
    DECIDED = "decided", _("Your post is approved or sent back")
    YOUR_TURN = "your_turn", _("A post waits for you to post it by hand")
    FAILED = "failed", _("A post failed, is blocked or unclear")
    BROKEN = "broken", _("An account must be connected again")
    ENDING = "ending", _("An account stops working soon")
    LATE = "late", _("A task of yours is late")
    BEHIND = "behind", _("A goal of yours falls behind")
    REPORT = "report", _("A report is due")
    REPORT_OUT = "report_out", _("The monthly report, to read without asking for it")
    SUDDEN = "sudden", _("A number of a channel changes suddenly")


@dataclass(frozen=True)
class Words:
    """``sentence`` takes ``by``, ``thing`` and ``business``; so does ``more``, of the mail."""

    sentence: Promise
    ways: frozenset[str]  # by which somebody is told who never chose
    more: Promise | None = None


_QUIET = frozenset({Way.PAGE, Way.DIGEST})
_PERSONAL = frozenset({Way.PAGE, Way.DIGEST, Way.PUSH})
_URGENT = frozenset({Way.PAGE, Way.MAIL, Way.PUSH, Way.CHAT})

WORDS: dict[str, Words] = {
    Kind.MENTIONED: Words(_("%(by)s mentions you: %(thing)s"), _PERSONAL),
    Kind.ASSIGNED: Words(_("%(by)s gives you a task: %(thing)s"), _PERSONAL),
    Kind.REVIEW: Words(_("%(by)s asks you to review: %(thing)s"), _PERSONAL),
    Kind.DECIDED: Words(_("%(by)s has decided: %(thing)s"), _QUIET),
    Kind.YOUR_TURN: Words(_("It is your turn to post: %(thing)s"), _PERSONAL),
    Kind.FAILED: Words(_("A post needs you: %(thing)s"), _URGENT),
    Kind.BROKEN: Words(
        _("%(thing)s must be connected again"),
        _URGENT,
        _(
            "Waypost can no longer publish through %(thing)s. Posts for this account wait. "
            "Connect it again: posts less than an hour late then go out by themselves. For "
            "later ones Waypost asks you."
        ),
    ),
    Kind.ENDING: Words(
        _("%(thing)s stops working soon"),
        _URGENT,
        _(
            "Waypost cannot renew the connection to %(thing)s by itself. Connect it again before "
            "it ends, so that every post goes out."
        ),
    ),
    Kind.LATE: Words(_("Late: %(thing)s"), _QUIET),
    Kind.BEHIND: Words(_("Behind: %(thing)s"), _QUIET),
    Kind.REPORT: Words(_("The report is due: %(thing)s"), _QUIET),
    Kind.REPORT_OUT: Words(
        _("The report is there: %(thing)s"),
        frozenset(),
        _("Here is the short form. The link leads to the whole, with every number."),
    ),
    Kind.SUDDEN: Words(_("Sudden change: %(thing)s"), _QUIET),
}
