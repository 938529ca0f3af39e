"""Positioning, step 3: how the product reaches people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.content.models import Kind as Format
from waypost.market.models import Channel
from waypost.strategy.questions import Kind, Part, Question, Section, filled

MODES = (
    ("online", _("Online")),
    ("offline", _("In person")),
    ("both", _("Both")),
)
PROGRAMMES = (
    ("affiliate", _("Affiliate programme: others earn from sales")),
    ("referral", _("Referral programme: customers bring customers")),
    ("both", _("Both")),
    ("none", pgettext_lazy("programme", "None")),
)

SECTION = Section(
    key="distribution",
    title=_("Positioning 3: distribution"),
    lead=_("Through which doors people find and buy your product."),
    tip=_("Stay with what serves your social media. Everything else can wait."),
    tool=_("Ecwid: a shop that works on your site and on the networks"),
    screens=(
        (
            Question(
                key="own_site",
                ask=_("Will you sell on a website of your own?"),
                parts=(
                    Part("yes", Kind.YES_NO),
                    Part("url", Kind.URL, _("Its address"), limit=500),
                ),
                minutes=1,
            ),
            Question(
                key="mode",
                ask=_("Online, in person, or both?"),
                parts=(Part("mode", Kind.CHOICE, options=MODES),),
                minutes=1,
            ),
        ),
        (
            Question(
                key="networks",
                ask=_("Which social networks will you use?"),
                tip=_("Each one becomes a channel with a purpose and a rhythm of its own."),
                rows=filled(Channel, "name"),
            ),
        ),
        (
            Question(
                key="blog",
                ask=_("Do you have a blog?"),
                parts=(
                    Part("yes", Kind.YES_NO),
                    Part("url", Kind.URL, _("Its address"), limit=500),
                ),
                minutes=1,
            ),
            Question(
                key="affiliate",
                ask=_("Do you reward people who bring customers?"),
                example=_("Five euros for both sides"),
                parts=(
                    Part("programme", Kind.CHOICE, options=PROGRAMMES),
                    Part("text", Kind.TEXT, _("How it works")),
                ),
            ),
        ),
        (
            Question(
                key="influencers",
                ask=_("Will you work with influencers?"),
                tip=_("Then somebody needs the hat, and the budget a line for it."),
                parts=(Part("yes", Kind.YES_NO), Part("text", Kind.TEXT, _("With whom, and how"))),
                minutes=1,
            ),
            Question(
                key="paid",
                ask=_("Will you pay for advertisements?"),
                tip=_("Then the budget needs a line for them. The calculator says how much."),
                parts=(Part("yes", Kind.YES_NO), Part("text", Kind.TEXT, _("What for"))),
                minutes=1,
            ),
        ),
        (
            Question(
                key="formats",
                ask=_("Which formats will you promote with?"),
                tip=_("Choose those that you can make in your worst week."),
                parts=(Part("formats", Kind.MANY, options=tuple(Format.choices)),),
                minutes=1,
            ),
        ),
    ),
    records="market:channels",
    records_label=_("Choose the networks"),
)
