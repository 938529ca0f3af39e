"""Makes posts that fall due at one moment, for `tools/bench.py`.

usage: bench_seed.py HOST TOKEN COUNT SECONDS_FROM_NOW — prints the due time (epoch seconds)
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")

import django

django.setup()

from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import User
from waypost.connections.models import Connection
from waypost.content.models import Item, Status, Variant
from waypost.kit.secrets import seal
from waypost.providers.mastodon import Mastodon

CHANNELS = 20


def main() -> None:
    host, token, count, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    owner = User.objects.create_user(email="bench@example.com", name="Bench")
    business = found_business(name="Bench", owner=owner, time_zone="UTC", language="en")
    channels = [
        Connection.objects.create(
            business=business,
            provider_id=Mastodon.id,
            remote_id=f"{number}@bench",
            handle=f"bench{number}",
            host=host,
            sealed_secrets=seal({"access_token": token}),
            settings={"honours_key": True, "max_characters": 500},
        )
        for number in range(CHANNELS)
    ]
    due_at = timezone.now() + timedelta(seconds=seconds)
    items = Item.objects.bulk_create(
        Item(
            business=business,
            title=f"Post {number}",
            text=f"Post {number}",
            status=Status.SCHEDULED,
            due_at=due_at,
            time_zone="UTC",
        )
        for number in range(count)
    )
    Variant.objects.bulk_create(
        Variant(item=item, connection=channels[number % CHANNELS])
        for number, item in enumerate(items)
    )
    print(due_at.timestamp())


if __name__ == "__main__":
    main()
