"""What can be made of an idea: the formats, and examples that a small shop could make today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.content.models import Kind


@dataclass(frozen=True)
class Format:
    kind: Kind
    good_for: str | Promise
    examples: Sequence[str | Promise]


FORMATS = (
    Format(
        Kind.REEL,
        _("A short upright video. It reaches people who do not follow you yet."),
        (_("How a candle is poured, in 20 seconds"), _("Three mistakes when lighting a candle")),
    ),
    Format(
        Kind.STORY,
        _("Gone after a day, so it may be rough. It keeps those who follow you close."),
        (_("A vote: which scent comes next?"), _("Today in the workshop, in four pictures")),
    ),
    Format(
        Kind.PHOTO,
        _("One good picture of a product or of people who use it."),
        (_("The new candle on a breakfast table"), _("The hands that made it")),
    ),
    Format(
        Kind.CAROUSEL,
        _("Several pictures to leaf through. People save what explains something."),
        (_("Five steps to a candle that burns evenly"), _("Before and after, picture by picture")),
    ),
    Format(
        Kind.SHORT_VIDEO,
        _("A video of a minute that answers one question."),
        (_("Why beeswax costs more, in one minute"),),
    ),
    Format(
        Kind.LIVE,
        _("You speak with people at once. They ask, you show."),
        (_("An evening in the workshop with questions"), _("The new collection, shown live")),
    ),
    Format(
        Kind.UGC,
        _("What customers made themselves. Others believe it most; ask before you use it."),
        (_("A customer’s photo with thanks"), _("The best review of the month as a picture")),
    ),
    Format(
        Kind.GIVEAWAY,
        _("A contest with a prize. Say the rules, the end and who pays for it."),
        (_("Guess how long this candle burns and win it"), _("Name our new scent")),
    ),
    Format(
        Kind.EVENT,
        _("Something that happens on a day and in a place."),
        (_("A market stall this Saturday"), _("A workshop for beginners")),
    ),
    Format(
        Kind.POST,
        _("Words alone, or words with a link: news, a question, an answer."),
        (_("What do you light a candle for?"), _("We are closed on these days")),
    ),
    Format(
        Kind.PIN,
        _("A picture that is found for years by what people search."),
        (_("Table decoration for winter evenings"),),
    ),
    Format(
        Kind.BLOG,
        _("A longer text on your own site, found by search, cut into many posts."),
        (_("Everything about beeswax"), _("How to choose a gift for people who have all")),
    ),
    Format(
        Kind.NEWSLETTER,
        _("A letter to those who asked for it. No network stands between you."),
        (_("What is new this month, with one offer"),),
    ),
)
