"""What the demo's channels did in the last three whole months."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from waypost.connections.models import Connection
from waypost.home.demo.story import Story
from waypost.insights.metrics import METRICS
from waypost.insights.models import Source
from waypost.insights.store import Entry, Holder, of_month, record


def load_months(story: Story, accounts: Mapping[str, Connection]) -> None:
    """``accounts`` by their ids in the story; a number that a network does not give has no row."""
    entries: dict[str, list[Entry]] = {channel: [] for channel in accounts}
    for channel, history in story["followers"].items():
        entries[channel] += [
            of_month("followers", story.month(day), Decimal(count))
            for day, count in history.items()
        ]
    for told in story["months"]:
        month = story.month(date.fromisoformat(f"{told['month']}-01"))
        entries[told["channel"]] += [
            of_month(metric, month, Decimal(str(told[metric])))
            for metric in METRICS
            if told.get(metric) is not None
        ]
    for channel, connection in accounts.items():
        record(Holder(None, connection), entries[channel], source=Source.TYPED)
