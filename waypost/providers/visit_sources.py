"""All services that tell visits and orders, by id."""

from waypost.providers.ecwid import Ecwid
from waypost.providers.google_analytics import GoogleAnalytics
from waypost.providers.visits import TellsVisits

SOURCES: dict[str, TellsVisits] = {each.id: each for each in (Ecwid(), GoogleAnalytics())}
