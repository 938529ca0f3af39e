"""Metrics for Prometheus, read from the database at each scrape.

So whichever web process is asked, all say the same, and a process that starts anew
forgets nothing. Loaded on the first scrape (0007).
"""

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from waypost.connections.models import Connection, Health
from waypost.publishing import beating, gauges

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class _FromTheDatabase(Collector):
    def collect(self) -> Iterator[Metric]:
        yield _deliveries()
        yield _lateness()
        yield from _pulse()
        yield from _workers()
        yield from _queue()
        yield _connections()


def _deliveries() -> Metric:
    words = "Deliveries by state and network, all there ever were."
    family = GaugeMetricFamily("waypost_deliveries", words, labels=("state", "provider"))
    for state, provider_id, count in gauges.by_state():
        family.add_metric((state, provider_id), count)
    return family


def _lateness() -> Metric:
    words = "Seconds from the moment wanted until the network had the post."
    family = HistogramMetricFamily("waypost_lateness_seconds", words, labels=("provider",))
    for told in gauges.lateness():
        buckets = [(str(float(bound)), float(count)) for bound, count in told.within.items()]
        buckets.append(("+Inf", float(told.posts)))
        family.add_metric((told.provider_id,), buckets, told.seconds)
    return family


def _pulse() -> Iterator[Metric]:
    told = gauges.pulse(timezone.now())
    for name, value, words in (
        ("due", told.due, "Deliveries that fall due within an hour."),
        ("late", told.late, "Deliveries due for a minute that no worker took."),
        ("stuck", told.stuck, "Deliveries whose worker died and that nobody picked up yet."),
        ("unclear", told.unclear, "Deliveries of unknown fate for 15 minutes."),
        ("retrying", told.retrying, "Deliveries that are tried again later."),
    ):
        yield GaugeMetricFamily(f"waypost_deliveries_{name}", words, value)


def _workers() -> Iterator[Metric]:
    now = timezone.now()
    workers = beating.workers(now)
    yield GaugeMetricFamily("waypost_workers", "Workers alive.", len(workers.alive))
    yield GaugeMetricFamily("waypost_worker_threads", "Threads of all workers.", workers.threads)
    if workers.swept_at:
        age = (now - workers.swept_at).total_seconds()
        yield GaugeMetricFamily("waypost_sweep_age_seconds", "Since the last sweep.", age)


def _queue() -> Iterator[Metric]:
    """Nothing is said where the queue does not answer."""
    queue = gauges.queue()
    for name, value, words in (
        ("waypost_queue_depth", queue.waiting, "Wake-ups that wait for a thread."),
        ("waypost_queue_planned", queue.planned, "Wake-ups that wait for their moment."),
    ):
        if value is not None:
            yield GaugeMetricFamily(name, words, value)


def _connections() -> Metric:
    broken = Connection.objects.filter(health=Health.BROKEN).count()
    return GaugeMetricFamily("waypost_connections_broken", "Accounts to connect again.", broken)


def text() -> bytes:
    """The metrics in Prometheus's text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_FromTheDatabase())
    return generate_latest(registry)
