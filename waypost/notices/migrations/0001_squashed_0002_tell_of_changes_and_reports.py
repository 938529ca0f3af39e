"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import datetime
import django.db.models.deletion
import waypost.accounts.models.people
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('notices', '0001_first'),
        ('notices', '0002_tell_of_changes_and_reports'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Address',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chat_addresses', to=settings.AUTH_USER_MODEL)),
                        ('service', models.CharField(max_length=80)),
                        ('sealed_url', models.TextField()),
                        ('broken_reason', models.CharField(blank=True, max_length=300)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('created_at', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
                        ('endpoint', models.URLField(max_length=1000, unique=True)),
                        ('sealed_keys', models.TextField()),
                        ('name', models.CharField(max_length=120)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('created_at', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Habit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_habit', to=settings.AUTH_USER_MODEL)),
                        ('digest_at', models.TimeField(default=datetime.time(8, 0), verbose_name='hour of the daily e-mail')),
                        ('time_zone', models.CharField(blank=True, max_length=64, validators=[waypost.accounts.models.people.valid_time_zone], verbose_name='time zone')),
                        ('digest_done_on', models.DateField(blank=True, null=True)),
                        ('digest_after', models.DateTimeField(blank=True, help_text='not tried before', null=True)),
                        ('digest_tries', models.PositiveSmallIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='accounts.business')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('mentioned', 'Somebody mentions you'), ('assigned', 'You get a task'), ('review', 'You are asked to review'), ('decided', 'Your post is approved or sent back'), ('your_turn', 'A post waits for you to post it by hand'), ('failed', 'A post failed, is blocked or unclear'), ('broken', 'An account must be connected again'), ('ending', 'An account stops working soon'), ('late', 'A task of yours is late'), ('behind', 'A goal of yours falls behind'), ('report', 'A report is due'), ('report_out', 'The monthly report, to read without asking for it'), ('sudden', 'A number of a channel changes suddenly')], max_length=16)),
                        ('key', models.CharField(max_length=120)),
                        ('url', models.CharField(max_length=500)),
                        ('by_name', models.CharField(blank=True, max_length=120)),
                        ('thing', models.CharField(blank=True, max_length=200)),
                        ('why', models.TextField(blank=True)),
                        ('on_page', models.BooleanField(default=True)),
                        ('in_digest', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('digested_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                        'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['user', 'business'], name='notices_not_read')],
                        'constraints': [models.UniqueConstraint(fields=('business', 'user', 'kind', 'key'), name='told_once_of_one_event')],
                    },
                ),
                migrations.CreateModel(
                    name='Dispatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='notices.notice')),
                        ('way', models.CharField(choices=[('page', 'Here'), ('digest', 'Daily e-mail'), ('mail', 'E-mail at once'), ('push', 'On devices'), ('chat', 'In a chat')], max_length=8)),
                        ('target', models.PositiveBigIntegerField(default=0)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='dispatches_due')],
                        'constraints': [models.UniqueConstraint(fields=('notice', 'way', 'target'), name='one_dispatch_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Choice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('mentioned', 'Somebody mentions you'), ('assigned', 'You get a task'), ('review', 'You are asked to review'), ('decided', 'Your post is approved or sent back'), ('your_turn', 'A post waits for you to post it by hand'), ('failed', 'A post failed, is blocked or unclear'), ('broken', 'An account must be connected again'), ('ending', 'An account stops working soon'), ('late', 'A task of yours is late'), ('behind', 'A goal of yours falls behind'), ('report', 'A report is due'), ('report_out', 'The monthly report, to read without asking for it'), ('sudden', 'A number of a channel changes suddenly')], max_length=16)),
                        ('way', models.CharField(choices=[('page', 'Here'), ('digest', 'Daily e-mail'), ('mail', 'E-mail at once'), ('push', 'On devices'), ('chat', 'In a chat')], max_length=8)),
                        ('wanted', models.BooleanField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'way'), name='one_choice_each')],
                    },
                ),
            ],
        ),
    ]
