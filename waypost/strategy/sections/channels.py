"""Channels: what each is for, how often it speaks, what it gets."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.market.models import Channel
from waypost.strategy.questions import Question, Rows, Section, filled, one_by_one, text

SECTION = Section(
    key="channels",
    title=_("Channels"),
    lead=_("What each channel is for, how often it speaks, and what it may cost."),
    tip=_("Better two channels with a purpose than five out of habit."),
    records="market:channels",
    records_label=_("Describe the channels"),
    screens=one_by_one(
        Question(
            key="site_purpose",
            ask=_("What is your website for?"),
            example=_("It turns visitors from the networks into buyers"),
            parts=text(),
        ),
        Question(
            key="profile_purpose",
            ask=_("What is each of your profiles for?"),
            example=_("Instagram: new customers. Facebook: those who bought before."),
            rows=filled(Channel, "purpose"),
            minutes=5,
        ),
        Question(
            key="primary",
            ask=_("Which channel sells most?"),
            rows=Rows(Channel, Q(standing="primary"), ("name",), named=False),
            minutes=1,
        ),
        Question(
            key="support",
            ask=_("On which channels do you help customers?"),
            rows=Rows(Channel, Q(does_support=True), ("name",), named=False),
            minutes=1,
        ),
        Question(
            key="top_budget",
            ask=_("Which channel gets the most money for advertisements?"),
            rows=Rows(Channel, Q(ad_share__gt=0), ("ad_share",)),
            minutes=1,
        ),
        Question(
            key="content",
            ask=_("What do you publish on each channel, and how often?"),
            example=_("Two photos and one short video a week"),
            rows=filled(Channel, "content_mix", "posts_per_week"),
            minutes=5,
        ),
    ),
)
