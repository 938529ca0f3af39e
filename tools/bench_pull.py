"""Asks 20 accounts for their numbers as the worker does, for `tools/bench.py`.

usage: bench_pull.py HOST TOKEN ID… — each account has all posts ID; prints the seconds
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")

import django

django.setup()

from django.db import connections
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.insights import actions
from waypost.insights.models import PostPull, PostSnapshot, Pull, Reading
from waypost.kit.secrets import seal
from waypost.providers.mastodon import Mastodon
from waypost.publishing.models import Delivery, Status

ACCOUNTS = 20
THREADS = 8  # of one worker


def main() -> None:
    host, token, *ids = sys.argv[1:]
    owner = User.objects.create_user(email="pull@example.com", name="Bench")
    business = found_business(name="Bench", owner=owner, time_zone="UTC", language="en")
    accounts = [account(business, number, host, token) for number in range(ACCOUNTS)]
    for each in accounts:
        publish(each, ids)
    start = time.perf_counter()
    actions.arm(timezone.now())
    PostPull.objects.update(next_at=timezone.now())
    due = list(Pull.objects.due(timezone.now()).values_list("connection_id", flat=True))
    with ThreadPoolExecutor(THREADS) as pool:
        answered = list(pool.map(ask, due))
    took = time.perf_counter() - start
    wanted = (ACCOUNTS, ACCOUNTS, ACCOUNTS * len(ids))
    found = (sum(answered), Reading.objects.count(), PostSnapshot.objects.count())
    if found != wanted:
        raise SystemExit(f"{found} answered, and not {wanted}")
    print(took)


def account(business: Business, number: int, host: str, token: str) -> Connection:
    return Connection.objects.create(
        business=business,
        provider_id=Mastodon.id,
        remote_id=f"{number}@pull",
        handle=f"pull{number}",
        host=host,
        sealed_secrets=seal({"access_token": token}),
        settings={"honours_key": True, "max_characters": 500},
    )


def publish(channel: Connection, ids: list[str]) -> None:
    at = timezone.now() - timedelta(hours=1)
    for remote_id in ids:
        item = Item.objects.create(
            business=channel.business,
            title=f"Post {remote_id}",
            status=ItemStatus.PUBLISHED,
            due_at=at,
            time_zone="UTC",
        )
        Delivery.objects.create(
            item=item,
            connection=channel,
            status=Status.PUBLISHED,
            due_at=at,
            published_at=at,
            remote_id=remote_id,
        )


def ask(connection_id: int) -> bool:
    try:
        connection = Connection.objects.select_related("business").get(pk=connection_id)
        return actions.measure(connection)
    finally:
        connections.close_all()


if __name__ == "__main__":
    main()
