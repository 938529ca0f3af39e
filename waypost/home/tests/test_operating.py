"""What an operator and a monitor see: numbers over all businesses, and no content."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.home.operating import gather
from waypost.publishing import gauges
from waypost.publishing.models import Attempt, Delivery, Heartbeat, Status
from waypost.tests import factories

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
DEAD = "No worker spoke within two minutes; nothing is published."


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def operator(owner: User) -> User:
    owner.is_operator = True
    owner.save()
    return owner


@pytest.fixture
def connection(business: Business) -> Connection:
    return factories.make_connection(business)


def beat(**fields: Any) -> Heartbeat:
    values = {"name": "here:1", "beat_at": NOW, "started_at": NOW, "swept_at": NOW, "threads": 8}
    return Heartbeat.objects.create(**values | fields)


def delivery(connection: Connection, status: str, **fields: Any) -> Delivery:
    item: Item = factories.make_item(
        connection.business, channels=[connection], title="Secret sale", due_at=NOW
    )
    values = {"due_at": NOW, **fields}
    return factories.make_delivery(item, connection, status=status, **values)


def figures() -> dict[str, int]:
    return {str(figure.word): figure.value for figure in gather(NOW).figures if figure.value}


# --- who may look ---


def test_only_an_operator_sees_the_page(page: Client, owner: User) -> None:
    assert page.get("/operate/").status_code == 403
    owner.is_operator = True
    owner.save()
    assert page.get("/operate/").status_code == 200


def test_nobody_is_sent_to_sign_in(db: None) -> None:
    answer = Client().get("/operate/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


def test_nothing_of_what_is_in_the_businesses_is_shown(
    page: Client, operator: User, connection: Connection
) -> None:
    delivery(connection, Status.FAILED, reason="Refused: too dear")
    shown = page.get("/operate/").content.decode()
    for secret in ("Secret sale", "too dear", connection.handle, connection.business.name):
        assert secret not in shown


# --- the numbers ---


def test_an_idle_installation_with_a_worker_is_well(page: Client, operator: User) -> None:
    beat()
    told = gather(NOW)
    assert (told.is_well, figures()) == (True, {})
    assert "All is well" in page.get("/operate/").content.decode()


def test_without_a_worker_the_page_says_what_to_start(page: Client, operator: User) -> None:
    shown = page.get("/operate/").content.decode()
    assert "No worker is running" in shown
    assert "waypost worker" in shown


@pytest.mark.parametrize(
    ("fields", "alive"),
    [
        ({"beat_at": NOW - timedelta(seconds=119)}, True),
        ({"beat_at": NOW - timedelta(seconds=121)}, False),
        ({"stopped_at": NOW}, False),
    ],
)
def test_a_worker_lives_while_it_speaks(db: None, fields: dict[str, Any], alive: bool) -> None:
    beat(**fields)
    assert bool(gather(NOW).workers.alive) is alive


def test_a_worker_that_does_not_sweep_is_noticed(db: None) -> None:
    beat(swept_at=NOW - timedelta(minutes=4))
    told = gather(NOW)
    assert (told.sweep_is_late, told.is_well) == (True, False)


@pytest.mark.parametrize(
    ("status", "fields", "word"),
    [
        (Status.SCHEDULED, {"due_at": NOW + timedelta(minutes=5)}, "Due within the hour"),
        (Status.SCHEDULED, {"due_at": NOW - timedelta(seconds=61)}, "Late"),
        (Status.SENDING, {"lease_until": NOW - timedelta(seconds=1)}, "Stuck"),
        (Status.UNCONFIRMED, {"sent_at": NOW - timedelta(minutes=16)}, "Unclear for 15 minutes"),
        (Status.BLOCKED, {}, "Waiting for an account"),
        (Status.FAILED, {}, "Failed since yesterday"),
        (Status.YOUR_TURN, {}, "Waiting for a person"),
        (Status.PUBLISHED, {"published_at": NOW}, "Out since yesterday"),
    ],
)
def test_each_delivery_stands_under_its_word(
    connection: Connection, status: str, fields: dict[str, Any], word: str
) -> None:
    delivery(connection, status, **fields)
    assert figures() == {word: 1}


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (Status.SCHEDULED, {"due_at": NOW - timedelta(seconds=59)}),
        (Status.SENDING, {"lease_until": NOW + timedelta(seconds=1)}),
        (Status.UNCONFIRMED, {"sent_at": NOW - timedelta(minutes=14)}),
        (Status.FAILED, {"due_at": NOW - timedelta(days=2)}),
        (Status.PUBLISHED, {"published_at": NOW - timedelta(days=2)}),
        (Status.WITHDRAWN, {}),
    ],
)
def test_what_is_in_order_or_long_over_is_not_counted(
    connection: Connection, status: str, fields: dict[str, Any]
) -> None:
    delivery(connection, status, **fields)
    assert figures() == {}


def test_a_number_that_is_bad_leads_to_what_helps(
    page: Client, operator: User, connection: Connection
) -> None:
    delivery(connection, Status.BLOCKED)
    shown = page.get("/operate/").content.decode()
    assert 'href="#help-accounts"' in shown
    assert 'id="help-accounts"' in shown


def test_broken_accounts_and_answers_are_counted_by_network(business: Business) -> None:
    factories.make_connection(business)
    broken = factories.make_connection(business, health=Health.BROKEN)
    sent = delivery(broken, Status.FAILED)
    for outcome in (Attempt.Outcome.DONE, Attempt.Outcome.BUSY, Attempt.Outcome.UNKNOWN):
        Attempt.objects.create(
            delivery=sent, step="publish", started_at=NOW, ended_at=NOW, outcome=outcome
        )
    [network] = gather(NOW).networks
    answers = network.answers
    assert (network.connected, network.broken) == (1, 1)
    assert answers is not None
    assert (answers.done, answers.busy, answers.refused, answers.silent) == (1, 1, 0, 1)


def test_answers_of_yesterday_are_not_counted(connection: Connection) -> None:
    Attempt.objects.create(
        delivery=delivery(connection, Status.FAILED),
        step="publish",
        started_at=NOW - timedelta(days=1),
        ended_at=NOW - timedelta(days=1),
        outcome=Attempt.Outcome.DONE,
    )
    assert gauges.answers(NOW) == []


@pytest.mark.parametrize(("late", "kept"), [(0, 1), (15, 1), (16, 0)])
def test_posts_out_within_fifteen_seconds_are_told(
    connection: Connection, late: int, kept: int
) -> None:
    out = NOW + timedelta(seconds=late)
    delivery(connection, Status.PUBLISHED, sent_at=out, published_at=out)
    told = gather(NOW)
    assert (told.kept, told.sent) == (kept, 1)


def test_the_page_takes_few_queries(
    page: Client, operator: User, connection: Connection, django_assert_max_num_queries: Any
) -> None:
    beat()
    for status in Status.values:
        delivery(connection, status)
    with django_assert_max_num_queries(10):
        page.get("/operate/")


# --- health ---


def test_a_monitor_learns_of_database_and_worker(db: None) -> None:
    assert Client().get("/healthz").json() == {
        "database": True,
        "worker_age": None,
        "problems": [DEAD],
    }
    beat(beat_at=NOW - timedelta(seconds=4))
    assert Client().get("/healthz").json() == {"database": True, "worker_age": 4, "problems": []}


def test_web_is_ready_without_a_worker_and_the_worker_is_asked_for_itself(db: None) -> None:
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/healthz/worker").status_code == 503
    beat()
    assert Client().get("/healthz/worker").status_code == 200


def test_a_worker_that_does_not_sweep_is_not_healthy(db: None) -> None:
    beat(swept_at=None)
    answer: Any = Client().get("/healthz/worker")
    problem = "No worker looked for due posts within three minutes."
    assert (answer.status_code, answer.json()["problems"]) == (503, [problem])


def test_whether_the_process_answers_is_told_without_the_database() -> None:
    assert Client().get("/healthz/live").json() == {"alive": True}


# --- metrics ---


def scrape(**headers: str) -> Any:
    return Client(headers=headers).get("/metrics", SERVER_NAME="localhost")


def metrics() -> dict[str, float]:
    lines = scrape().content.decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_metrics_tell_states_lateness_and_workers(connection: Connection) -> None:
    beat()
    out = NOW + timedelta(seconds=3)
    delivery(connection, Status.PUBLISHED, sent_at=out, published_at=out)
    delivery(connection, Status.SCHEDULED, due_at=NOW - timedelta(minutes=2))
    told = metrics()
    network = f'provider="{connection.provider_id}"'
    assert told[f'waypost_deliveries{{{network},state="published"}}'] == 1
    assert told[f'waypost_deliveries{{{network},state="scheduled"}}'] == 1
    assert told[f'waypost_lateness_seconds_bucket{{le="2.0",{network}}}'] == 0
    assert told[f'waypost_lateness_seconds_bucket{{le="5.0",{network}}}'] == 1
    assert told[f'waypost_lateness_seconds_bucket{{le="+Inf",{network}}}'] == 1
    assert told[f"waypost_lateness_seconds_sum{{{network}}}"] == 3
    assert told["waypost_deliveries_late"] == 1
    assert (told["waypost_workers"], told["waypost_worker_threads"]) == (1, 8)
    assert (told["waypost_queue_depth"], told["waypost_sweep_age_seconds"]) == (0, 0)


def test_metrics_of_an_empty_installation_can_be_read(db: None) -> None:
    assert metrics()["waypost_workers"] == 0


def test_without_a_token_only_this_machine_itself_may_scrape(db: None, settings: Any) -> None:
    assert scrape().status_code == 200
    settings.ALLOWED_HOSTS = ["*"]
    assert Client().get("/metrics", SERVER_NAME="posts.example.com").status_code == 404
    assert Client(REMOTE_ADDR="203.0.113.7").get("/metrics").status_code == 404
    assert scrape(**{"X-Forwarded-For": "203.0.113.7"}).status_code == 404


def test_with_a_token_whoever_knows_it_may_scrape(db: None, settings: Any) -> None:
    settings.METRICS_TOKEN = "open sesame"
    far: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.7"}
    for word, status in (("open sesame", 200), ("open", 404), ("", 404), ("ž", 404)):
        headers = {"Authorization": f"Bearer {word}".encode().decode("latin-1")}
        assert Client(headers=headers, **far).get("/metrics").status_code == status
    assert scrape().status_code == 404


def test_a_queue_that_does_not_answer_is_left_out(
    db: None, page: Client, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def queue_size(self) -> int:
            raise ConnectionError

    monkeypatch.setattr("waypost.publishing.gauges.huey.storage", Broken())
    assert "waypost_queue_depth" not in metrics()
    assert "The queue does not answer" in page.get("/operate/").content.decode()
