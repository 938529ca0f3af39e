import django.db.models.deletion
from django.db import migrations, models

PLACE = ("business_id", "connection_id", "channel_id")
GROUPED = ("metric", "span", "month", "definition")


def fill(apps, schema_editor):
    """Totals of what is stored, account by account."""
    Reading = apps.get_model("insights", "Reading")
    MonthTotal = apps.get_model("insights", "MonthTotal")
    for place in Reading.objects.order_by().values_list(*PLACE).distinct():
        of_place = dict(zip(PLACE, place))
        found = {}
        rows = Reading.objects.filter(**of_place).order_by("date")
        for *group, day, value, source in rows.values_list(
            *GROUPED, "date", "value", "source"
        ).iterator():
            fields = dict(zip(GROUPED, group))
            total = found.setdefault(
                tuple(group), MonthTotal(**of_place, **fields, total=0, number=0, source=source)
            )
            total.total += value
            total.number += 1
            total.last_on, total.last_value, total.last_source = day, value, source
        MonthTotal.objects.bulk_create(found.values(), batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_pause_everything'),
        ('connections', '0004_mail_is_sent_by_notices'),
        ('insights', '0007_read_visits_and_orders'),
        ('market', '0002_sales_and_minutes'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(max_length=20)),
                ('span', models.CharField(choices=[('day', 'Day'), ('month', 'Month')], max_length=5)),
                ('month', models.PositiveIntegerField(help_text='counted from the year 0')),
                ('definition', models.PositiveSmallIntegerField()),
                ('total', models.DecimalField(decimal_places=2, max_digits=18)),
                ('number', models.PositiveSmallIntegerField(help_text='of readings')),
                ('source', models.CharField(choices=[('pulled', 'Pulled'), ('typed', 'Typed'), ('imported', 'Imported')], help_text='of the oldest', max_length=10)),
                ('last_on', models.DateField()),
                ('last_value', models.DecimalField(decimal_places=2, max_digits=16)),
                ('last_source', models.CharField(choices=[('pulled', 'Pulled'), ('typed', 'Typed'), ('imported', 'Imported')], max_length=10)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='month_totals', to='accounts.business')),
                ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.channel')),
                ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connections.connection')),
            ],
            options={
                'indexes': [models.Index(fields=['business', 'month', 'metric'], name='totals_by_month')],
                'constraints': [models.UniqueConstraint(fields=('connection', 'metric', 'span', 'month', 'definition'), name='one_total_an_account_and_month'), models.UniqueConstraint(fields=('channel', 'metric', 'span', 'month', 'definition'), name='one_total_a_channel_and_month')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
