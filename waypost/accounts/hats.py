"""The hats that somebody wears in social media work, whatever their role in Waypost is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Hat(TextChoices):
    LEAD = "lead", _("Lead")
    COPY = "copy", _("Copywriting")
    CREATIVE = "creative", _("Creative")
    ADS = "ads", _("Advertising")
    DISTRIBUTION = "distribution", _("Distribution")
    INFLUENCERS = "influencers", _("Influencers")
    COMMUNITY = "community", _("Community")
