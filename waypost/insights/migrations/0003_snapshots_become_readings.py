"""Followers were kept each time they were asked; now one number a day stays, the last."""

from zoneinfo import ZoneInfo

from django.db import migrations


def move(apps, schema_editor):
    Snapshot = apps.get_model("insights", "AccountSnapshot")
    Reading = apps.get_model("insights", "Reading")
    rows = Snapshot.objects.filter(followers__isnull=False).select_related("connection__business")
    last = {}
    for row in rows.order_by("taken_at", "pk").iterator(chunk_size=2000):
        business = row.connection.business
        day = row.taken_at.astimezone(ZoneInfo(business.time_zone)).date()
        last[row.connection_id, day] = Reading(
            business_id=business.pk,
            connection_id=row.connection_id,
            metric="followers",
            span="day",
            date=day,
            month=day.year * 12 + day.month - 1,
            value=row.followers,
            source=row.source,
            noted_at=row.taken_at,
        )
    Reading.objects.bulk_create(last.values(), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_readings_by_day_and_month")]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="AccountSnapshot"),
    ]
