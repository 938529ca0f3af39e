"""Positioning, step 4: the way of the customer and of the order."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from waypost.kit.numbers import shown
from waypost.strategy.questions import Kind, Part, Question, Section, text

PAYMENTS = (
    ("card", _("Card")),
    ("paypal", _("PayPal")),
    ("wallet", _("Apple Pay or Google Pay")),
    ("transfer", _("Bank transfer")),
    ("on_delivery", _("Cash on delivery")),
    ("invoice", _("Invoice")),
    ("cash", _("Cash")),
)
SPEED = (
    ("hours", _("hours")),
    ("days", _("working days")),
    ("weeks", _("weeks")),
)
COUNTED = {
    "hours": ngettext_lazy("%(shown)s hour", "%(shown)s hours", "number"),
    "days": ngettext_lazy("%(shown)s working day", "%(shown)s working days", "number"),
    "weeks": ngettext_lazy("%(shown)s week", "%(shown)s weeks", "number"),
}
BROKEN = 5  # a fraction is counted as many are


def _speed(number: Decimal, unit: str) -> str:
    whole = int(number) if number == int(number) else BROKEN
    told = COUNTED[unit] % {"number": whole, "shown": shown(number)} if unit in COUNTED else ""
    return str(told) or f"{shown(number)} {unit}"


@dataclass(frozen=True)
class Stage:
    """A stretch of the journey, as it is drawn."""

    title: Promise
    steps: tuple[str, ...]  # keys of questions


STAGES = (
    Stage(_("Finds you"), ("source", "landing", "question")),
    Stage(_("Buys"), ("order", "pay", "accept")),
    Stage(_("Waits"), ("fulfil_speed", "status", "ship", "track")),
    Stage(_("Tells"), ("feedback", "share_review")),
    Stage(_("Changes their mind"), ("return", "refund")),
)


def _step(key: str, ask: Promise, example: Promise, minutes: int = 1) -> Question:
    return Question(key=key, ask=ask, example=example, parts=text(), minutes=minutes)


SECTION = Section(
    key="journey",
    title=_("Positioning 4: customer journey and fulfilment"),
    lead=_("The way from the first look to the parcel at the door, and back if need be."),
    tip=_(
        "Walk it yourself once a season, on a phone. Links with UTM tags show which channel "
        "brought whom."
    ),
    tool=_("UTM tags, and a shop such as Ecwid for orders and payments"),
    screens=(
        (
            _step(
                "source",
                _("Where does the customer come from?"),
                _("Most from Instagram, some from the fair"),
                2,
            ),
            Question(
                key="landing",
                ask=_("What do they see first?"),
                tip=_("The page that your links lead to."),
                example=_("The page of the campaign, with prices and reviews at the top"),
                parts=(
                    Part("text", Kind.TEXT),
                    Part("url", Kind.URL, _("Its address"), limit=500),
                ),
            ),
            _step(
                "question",
                _("What do they do when they have a question?"),
                _("They write on Instagram; we answer by the evening"),
            ),
        ),
        (
            _step(
                "order",
                _("How do they order?"),
                _("In the online shop, as a guest, in three steps"),
            ),
            Question(
                key="pay",
                ask=_("How do they pay?"),
                parts=(
                    Part("ways", Kind.MANY, options=PAYMENTS),
                    Part("text", Kind.TEXT, _("What else is there to say")),
                ),
                minutes=1,
            ),
            _step(
                "accept",
                _("How do you take the order?"),
                _("The shop sends an e-mail; Luka packs at eight"),
            ),
        ),
        (
            Question(
                key="fulfil_speed",
                ask=_("How fast is an order on its way?"),
                parts=(
                    Part("number", Kind.NUMBER),
                    Part("unit", Kind.CHOICE, options=SPEED, counted=_speed),
                    Part("text", Kind.TEXT, _("Exceptions")),
                ),
                minutes=1,
            ),
            _step(
                "status",
                _("How does the customer see how far it is?"),
                _("An e-mail when it leaves, with a link"),
            ),
            _step("ship", _("How do you ship?"), _("By post; free from 60 euros")),
            _step(
                "track",
                _("How do you follow the delivery?"),
                _("On Fridays we look for parcels that are late"),
            ),
        ),
        (
            _step(
                "feedback",
                _("How do you learn what they think of the product?"),
                _("Two questions by e-mail after ten days"),
            ),
            _step(
                "share_review",
                _("How can they tell others that they like it?"),
                _("A card in the parcel asks for a photo and names our tag"),
            ),
        ),
        (
            _step(
                "return",
                _("How do they send something back?"),
                _("Within 14 days, with the form in the parcel"),
            ),
            _step(
                "refund",
                _("How do they get their money back?"),
                _("Within five days after the parcel is here"),
            ),
        ),
    ),
)
