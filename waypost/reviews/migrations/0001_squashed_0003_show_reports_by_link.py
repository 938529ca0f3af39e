"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('reviews', '0001_first'),
        ('reviews', '0002_decide_about_proposals'),
        ('reviews', '0003_show_reports_by_link'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('board', '0001_squashed_0003_spread_positions'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='accounts.business')),
                        ('first_date', models.DateField(verbose_name='from')),
                        ('last_date', models.DateField(verbose_name='to')),
                        ('result', models.TextField(blank=True, verbose_name='What came out of what we have done?')),
                        ('next', models.TextField(blank=True, verbose_name='What will we do next?')),
                        ('effective', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=8, verbose_name='Does our strategy work?')),
                        ('effective_why', models.TextField(blank=True, verbose_name='why')),
                        ('improve', models.TextField(blank=True, verbose_name='What can we do better?')),
                        ('figures', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('figures_at', models.DateTimeField()),
                        ('has_changes', models.BooleanField(default=True, help_text='since the last signed version')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'ordering': ('-last_date', 'first_date', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'first_date', 'last_date'), name='one_report_of_a_period')],
                    },
                ),
                migrations.CreateModel(
                    name='Line',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='reviews.report')),
                        ('question', models.CharField(max_length=16)),
                        ('text', models.TextField()),
                        ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report_line', to='board.task')),
                    ],
                    options={
                        'ordering': ('pk',),
                        'constraints': [models.UniqueConstraint(fields=('report', 'question', 'text'), name='one_task_of_a_line')],
                    },
                ),
                migrations.CreateModel(
                    name='ReportLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='reviews.report')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('expires_at', models.DateTimeField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='reviews.report')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_name', models.CharField(max_length=120)),
                        ('signed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-number',),
                        'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='one_number_of_a_report')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposal_decisions', to='accounts.business')),
                        ('key', models.CharField(max_length=120)),
                        ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='board.task')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'key'), name='one_decision_a_proposal')],
                    },
                ),
            ],
        ),
    ]
