"""What runs in the worker: thin tasks, ids in. A lost or doubled wake-up does no harm."""

from django.utils import timezone, translation

from waypost.connections.models import Connection
from waypost.flow.engine import crontab, huey, own_connection
from waypost.insights import actions, alerts, visits
from waypost.insights.models import Pull, VisitSource


@huey.task()
@own_connection
def measure(connection_id: int) -> None:
    connection = Connection.objects.select_related("business").get(pk=connection_id)
    # Reasons are written for the owner.
    with translation.override(connection.business.language):
        actions.measure(connection)


@huey.periodic_task(crontab(minute="*/5"))
@own_connection
def sweep_numbers() -> None:
    """Every five minutes: line up what is new and ask for what is due."""
    now = timezone.now()
    actions.arm(now)
    for connection_id in Pull.objects.due(now).values_list("connection_id", flat=True):
        measure(connection_id)


@huey.periodic_task(crontab(minute="47"))
@own_connection
def look_for_sudden_changes() -> None:
    """Every hour, since businesses live in different time zones."""
    alerts.look_around(timezone.now())


@huey.task()
@own_connection
def ask_source(source_id: int) -> None:
    source = VisitSource.objects.select_related("business").filter(pk=source_id).first()
    if source:
        visits.ask(source)


@huey.periodic_task(crontab(minute="*/10"))
@own_connection
def sweep_sources() -> None:
    for source_id in visits.due(timezone.now()):
        ask_source(source_id)
