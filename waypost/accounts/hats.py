"""The hats that somebody wears in social media work, whatever their role in Waypost is."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Hat(TextChoices):
    LEAD = "lead", _("Lead")
    COPY = "copy", _("Copywriting")
    CREATIVE = "creative", _("Creative")
    ADS = "ads", _("Advertising")
    DISTRIBUTION = "distribution", _("Distribution")
    INFLUENCERS = "influencers", _("Influencers")
    COMMUNITY = "community", _("Community")


QUESTIONS: dict[str, Promise] = {
    Hat.LEAD: _("Who has the last word?"),
    Hat.COPY: _("Who writes the texts?"),
    Hat.CREATIVE: _("Who answers for pictures and videos?"),
    Hat.ADS: _("Who runs the adverts?"),
    Hat.DISTRIBUTION: _("Who gets the posts out on time?"),
    Hat.INFLUENCERS: _("Who talks to influencers?"),
    Hat.COMMUNITY: _("Who answers comments and messages?"),
}
DUTIES: dict[str, Promise] = {
    Hat.LEAD: _(
        "Sets goals and budget, decides what is said about prices, looks at the results every"
        " month."
    ),
    Hat.COPY: _("Writes captions and stories, keeps one voice, checks facts and spelling."),
    Hat.CREATIVE: _(
        "Takes photos, cuts videos, draws graphics, keeps the same look on every network."
    ),
    Hat.ADS: _(
        "Chooses who sees the adverts, watches the cost of a click, stops what is too dear."
    ),
    Hat.DISTRIBUTION: _(
        "Keeps the calendar, sees to it that each post is ready, checks links and hours."
    ),
    Hat.INFLUENCERS: _(
        "Finds fitting people, agrees on what they get and post, checks that adverts are labelled."
    ),
    Hat.COMMUNITY: _(
        "Replies within hours, thanks for praise, hands complaints on, notes what people ask."
    ),
}
EXAMPLES: dict[str, Promise] = {
    Hat.LEAD: _("Approves every post that names a price. Monthly look on the first Monday."),
    Hat.COPY: _("Three captions a week in two languages, ready on Thursday."),
    Hat.CREATIVE: _("One photo morning a month, a reel every week."),
    Hat.ADS: _("Looks at spending every Friday and reports it in one line."),
    Hat.DISTRIBUTION: _("The week ahead is scheduled by Friday noon."),
    Hat.INFLUENCERS: _("Two new contacts a month; gifts are written down."),
    Hat.COMMUNITY: _("Inbox at nine and at three, replies within three working hours."),
}
MANY = 3  # hats that one person can keep apart; more is worth a warning
