"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('insights', '0001_initial'),
        ('insights', '0002_readings_by_day_and_month'),
        ('insights', '0003_snapshots_become_readings'),
        ('insights', '0004_remember_files_of_numbers'),
        ('insights', '0005_read_sums_from_an_index'),
        ('insights', '0006_keep_sudden_changes'),
        ('insights', '0007_read_visits_and_orders'),
        ('insights', '0008_keep_totals_of_months'),
        ('insights', '0009_read_days_of_a_month'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('connections', '0001_squashed_0004_mail_is_sent_by_notices'),
        ('content', '0001_squashed_0008_call_to_action_and_boost'),
        ('goals', '0001_initial'),
        ('market', '0001_squashed_0002_sales_and_minutes'),
        ('publishing', '0001_squashed_0006_find_posts_of_a_time'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='PostPull',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='post_pull', to='publishing.delivery')),
                        ('next_at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Pull',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('connection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pull', to='connections.connection')),
                        ('next_at', models.DateTimeField(db_index=True)),
                        ('asked_at', models.DateTimeField(help_text='the last time the network answered', null=True)),
                        ('failures', models.PositiveIntegerField(default=0, help_text='in a row')),
                        ('reason', models.TextField(blank=True, help_text='why the last try failed, for the operator')),
                        ('lease_until', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='VisitSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visit_sources', to='accounts.business')),
                        ('kind', models.CharField(help_text='id of the service', max_length=30)),
                        ('remote_id', models.CharField(max_length=200)),
                        ('name', models.CharField(max_length=200)),
                        ('currency', models.CharField(blank=True, max_length=3)),
                        ('sealed_secrets', models.TextField()),
                        ('next_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('read_at', models.DateTimeField(help_text='the last time it answered', null=True)),
                        ('failures', models.PositiveIntegerField(default=0, help_text='in a row')),
                        ('reason', models.TextField(blank=True, help_text='why the last try failed')),
                        ('is_broken', models.BooleanField(default=False, help_text='must be connected again')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('kind', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'kind', 'remote_id'), name='one_source_of_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='insights.visitsource')),
                        ('date', models.DateField()),
                        ('utm_source', models.CharField(blank=True, max_length=200)),
                        ('utm_medium', models.CharField(blank=True, max_length=200)),
                        ('utm_campaign', models.CharField(blank=True, max_length=200)),
                        ('utm_content', models.CharField(blank=True, max_length=200)),
                        ('sessions', models.PositiveIntegerField(null=True)),
                        ('key_events', models.PositiveIntegerField(null=True)),
                        ('orders', models.PositiveIntegerField(null=True)),
                        ('revenue', models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                        ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='connections.connection')),
                        ('initiative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visits', to='goals.initiative')),
                        ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visits', to='content.item')),
                    ],
                    options={
                        'ordering': ('date', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('source', 'date', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content'), name='one_row_of_tags_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Alert',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='accounts.business')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connections.connection')),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.channel')),
                        ('metric', models.CharField(max_length=20)),
                        ('date', models.DateField()),
                        ('value', models.DecimalField(decimal_places=2, max_digits=16)),
                        ('usual', models.DecimalField(decimal_places=2, max_digits=16)),
                        ('score', models.DecimalField(decimal_places=2, help_text='robust z', max_digits=16)),
                        ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ('-date', '-pk'),
                        'indexes': [models.Index(fields=['business', '-date'], name='alerts_of_late')],
                        'constraints': [models.UniqueConstraint(fields=('connection', 'metric', 'date'), name='one_alert_an_account_and_day'), models.UniqueConstraint(fields=('channel', 'metric', 'date'), name='one_alert_a_channel_and_day')],
                    },
                ),
                migrations.CreateModel(
                    name='MonthTotal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='month_totals', to='accounts.business')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connections.connection')),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.channel')),
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
                    ],
                    options={
                        'indexes': [models.Index(fields=['business', 'month', 'metric'], name='totals_by_month')],
                        'constraints': [models.UniqueConstraint(fields=('connection', 'metric', 'span', 'month', 'definition'), name='one_total_an_account_and_month'), models.UniqueConstraint(fields=('channel', 'metric', 'span', 'month', 'definition'), name='one_total_a_channel_and_month')],
                    },
                ),
                migrations.CreateModel(
                    name='NumbersMemory',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='numbers_memories', to='accounts.business')),
                        ('headings', models.CharField(help_text='a fingerprint of them', max_length=64)),
                        ('choices', models.JSONField(default=dict, help_text='meaning of columns, channel, order')),
                        ('used_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('business', 'headings'), name='one_memory_of_numbers_per_shape')],
                    },
                ),
                migrations.CreateModel(
                    name='PostSnapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='publishing.delivery')),
                        ('taken_at', models.DateTimeField()),
                        ('source', models.CharField(choices=[('pulled', 'Pulled'), ('typed', 'Typed'), ('imported', 'Imported')], default='pulled', max_length=10)),
                        ('likes', models.PositiveBigIntegerField(null=True)),
                        ('comments', models.PositiveBigIntegerField(null=True)),
                        ('shares', models.PositiveBigIntegerField(null=True)),
                        ('saves', models.PositiveBigIntegerField(null=True)),
                        ('reach', models.PositiveBigIntegerField(null=True)),
                        ('impressions', models.PositiveBigIntegerField(null=True)),
                        ('views', models.PositiveBigIntegerField(null=True)),
                        ('link_clicks', models.PositiveBigIntegerField(null=True)),
                    ],
                    options={
                        'ordering': ('taken_at', 'pk'),
                        'indexes': [models.Index(fields=['delivery', '-taken_at'], name='post_history')],
                    },
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='accounts.business')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='connections.connection')),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='market.channel')),
                        ('metric', models.CharField(max_length=20)),
                        ('span', models.CharField(choices=[('day', 'Day'), ('month', 'Month')], default='day', max_length=5)),
                        ('date', models.DateField(help_text='the day; the first one of a whole month')),
                        ('month', models.PositiveIntegerField(help_text='of the date, counted from the year 0')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=16)),
                        ('source', models.CharField(choices=[('pulled', 'Pulled'), ('typed', 'Typed'), ('imported', 'Imported')], default='pulled', max_length=10)),
                        ('definition', models.PositiveSmallIntegerField(default=0, help_text='which meaning the network gave the number on that day')),
                        ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('date', 'pk'),
                        'indexes': [models.Index(fields=['business', 'month', 'metric', 'connection', 'channel', 'span', 'definition', 'date', 'value', 'source'], name='reading_months')],
                        'constraints': [models.UniqueConstraint(fields=('connection', 'metric', 'span', 'date'), name='one_reading_an_account'), models.UniqueConstraint(fields=('channel', 'metric', 'span', 'date'), name='one_reading_a_channel'), models.CheckConstraint(condition=models.Q(models.Q(('channel__isnull', False), ('connection', None)), models.Q(('channel', None), ('connection__isnull', False)), _connector='OR'), name='a_reading_has_one_place')],
                    },
                ),
            ],
        ),
    ]
