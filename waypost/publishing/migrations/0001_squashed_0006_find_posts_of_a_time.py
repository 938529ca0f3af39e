"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('publishing', '0001_initial'),
        ('publishing', '0002_holds_and_limits'),
        ('publishing', '0003_parts_and_changes'),
        ('publishing', '0004_what_workers_say'),
        ('publishing', '0005_held_by_a_pause'),
        ('publishing', '0006_find_posts_of_a_time'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('connections', '0001_squashed_0004_mail_is_sent_by_notices'),
        ('content', '0001_squashed_0008_call_to_action_and_boost'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Heartbeat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=100, unique=True)),
                        ('beat_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('stopped_at', models.DateTimeField(help_text='it was asked to stop, and did', null=True)),
                        ('swept_at', models.DateTimeField(help_text='of its latest sweep', null=True)),
                        ('threads', models.PositiveSmallIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='content.item')),
                        ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='connections.connection')),
                        ('part', models.PositiveSmallIntegerField(default=0, help_text='0: the post itself; 1, 2, …: further parts; 1000: first comment')),
                        ('status', models.CharField(choices=[('scheduled', 'Scheduled'), ('staging', 'Preparing'), ('sending', 'Sending'), ('published', 'Published'), ('failed', 'Failed'), ('blocked', 'Waiting for the account'), ('unconfirmed', 'Unconfirmed'), ('your_turn', 'Your turn'), ('withdrawn', 'Withdrawn'), ('waiting', 'Waiting for the part before'), ('deleted', 'Deleted')], default='scheduled', max_length=16)),
                        ('due_at', models.DateTimeField(help_text='of the next step: first try, retry or look-up')),
                        ('client_key', models.CharField(blank=True, max_length=100)),
                        ('staged', models.JSONField(default=dict, help_text='result of each staging step')),
                        ('remote_id', models.CharField(blank=True, max_length=300)),
                        ('remote_url', models.URLField(blank=True, max_length=500)),
                        ('reason', models.TextField(blank=True, help_text='in words for the owner')),
                        ('tries', models.PositiveIntegerField(default=0)),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('lease_token', models.CharField(blank=True, max_length=36)),
                        ('first_sent_at', models.DateTimeField(help_text='first use of the client key', null=True)),
                        ('sent_at', models.DateTimeField(help_text='latest use of the client key', null=True)),
                        ('was_unclear', models.BooleanField(default=False, help_text='a use of the key had no answer')),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('processing_since', models.DateTimeField(blank=True, help_text='since when the network works on what was uploaded', null=True)),
                        ('change', models.CharField(blank=True, choices=[('edit', 'Being changed'), ('delete', 'Being deleted')], max_length=8)),
                        ('change_asked_at', models.DateTimeField(blank=True, null=True)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('hold', models.CharField(blank=True, choices=[('quiet', 'Quiet hours'), ('cap', 'Enough posts for a day'), ('limit', 'The network asked to wait'), ('moved', 'Moved to a new time'), ('paused', 'Everything is paused')], max_length=8)),
                        ('held_until', models.DateTimeField(help_text='when waiting on purpose ends or ended', null=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('connection__provider_id', 'connection_id', 'part'),
                        'indexes': [models.Index(fields=['status', 'due_at'], name='delivery_due'), models.Index(condition=models.Q(('change', ''), _negated=True), fields=['due_at'], name='delivery_change'), models.Index(fields=['published_at', 'connection', 'item'], name='delivery_published')],
                        'constraints': [models.UniqueConstraint(fields=('item', 'connection', 'part'), name='one_delivery_per_part')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='publishing.delivery')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('verb', models.CharField(max_length=40)),
                        ('decided_at', models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Attempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='publishing.delivery')),
                        ('step', models.CharField(max_length=60)),
                        ('started_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField()),
                        ('outcome', models.CharField(choices=[('done', 'done'), ('pending', 'the network is still at work'), ('busy', 'asked to wait'), ('refused', 'refused'), ('disconnected', 'account not accepted'), ('unknown', 'no clear answer')], max_length=16)),
                        ('detail', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ('pk',),
                    },
                ),
                migrations.CreateModel(
                    name='RateLimit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider_id', models.CharField(max_length=40)),
                        ('host', models.CharField(blank=True, max_length=300)),
                        ('account', models.CharField(blank=True, help_text='remote id; empty: all', max_length=300)),
                        ('scope', models.CharField(max_length=60)),
                        ('limit', models.PositiveIntegerField()),
                        ('remaining', models.PositiveIntegerField(help_text='as told, less what we began since')),
                        ('resets_at', models.DateTimeField()),
                        ('told_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('provider_id', 'host', 'account', 'scope'), name='one_row_per_budget')],
                    },
                ),
            ],
        ),
    ]
