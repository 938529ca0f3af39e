"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('connections', '0001_initial'),
        ('connections', '0002_daily_cap'),
        ('connections', '0003_ends_and_notices'),
        ('connections', '0004_mail_is_sent_by_notices'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        # Not needed, but quicker: later, each of their steps would make all of our models anew.
        ('mfa', '0003_authenticator_type_uniq'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('usersessions', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Connection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to='accounts.business')),
                        ('provider_id', models.CharField(max_length=40)),
                        ('remote_id', models.CharField(max_length=300)),
                        ('handle', models.CharField(max_length=200)),
                        ('name', models.CharField(max_length=200)),
                        ('url', models.URLField(blank=True, max_length=500)),
                        ('host', models.CharField(blank=True, max_length=300)),
                        ('sealed_secrets', models.TextField()),
                        ('settings', models.JSONField(default=dict)),
                        ('expires_at', models.DateTimeField(blank=True, help_text='of the access token', null=True)),
                        ('ends_at', models.DateTimeField(blank=True, help_text='from when only a person can connect again', null=True)),
                        ('refreshing_until', models.DateTimeField(blank=True, null=True)),
                        ('refresh_after', models.DateTimeField(blank=True, help_text='not tried before', null=True)),
                        ('refresh_tries', models.PositiveSmallIntegerField(default=0, help_text='in vain, in a row')),
                        ('health', models.CharField(choices=[('connected', 'Connected'), ('broken', 'Connect again'), ('removed', 'Removed')], default='connected', max_length=16)),
                        ('broken_reason', models.TextField(blank=True)),
                        ('broken_at', models.DateTimeField(blank=True, null=True)),
                        ('daily_cap', models.PositiveSmallIntegerField(blank=True, help_text="the owner's own: posts within 24 hours", null=True)),
                        ('connected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('connected_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ('provider_id', 'handle', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'provider_id', 'remote_id'), name='one_connection_per_account')],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='connections.connection')),
                        ('event', models.CharField(choices=[('ending', 'ends soon'), ('broken', 'does not work any more')], max_length=16)),
                        ('about', models.DateTimeField(help_text='the end, or when it broke: which event it is')),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('connection', 'event', 'about'), name='one_notice_per_event')],
                    },
                ),
                migrations.CreateModel(
                    name='Registration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider_id', models.CharField(max_length=40)),
                        ('host', models.CharField(max_length=300)),
                        ('redirect_uri', models.CharField(max_length=300)),
                        ('client_id', models.CharField(max_length=300)),
                        ('sealed_secret', models.TextField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('provider_id', 'host', 'redirect_uri'), name='one_registration_per_host')],
                    },
                ),
                migrations.CreateModel(
                    name='Journey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.business')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connections.registration')),
                        ('state', models.CharField(max_length=80, unique=True)),
                        ('sealed_verifier', models.TextField()),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
            ],
        ),
    ]
