"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('strategy', '0001_initial'),
        ('strategy', '0002_step_check'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('board', '0001_squashed_0003_spread_positions'),
        ('budget', '0001_initial'),
        ('content', '0001_squashed_0008_call_to_action_and_boost'),
        ('goals', '0001_initial'),
        ('market', '0001_squashed_0002_sales_and_minutes'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='accounts.business')),
                        ('key', models.CharField(max_length=100)),
                        ('value', models.JSONField(blank=True, default=dict)),
                        ('state', models.CharField(choices=[('answered', 'Answered'), ('not_yet', 'Not yet'), ('not_relevant', 'Not relevant for us')], default='not_yet', max_length=16)),
                        ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('updated_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('key',),
                        'constraints': [models.UniqueConstraint(fields=('business', 'key'), name='one_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='strategy.answer')),
                        ('value', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('answered', 'Answered'), ('not_yet', 'Not yet'), ('not_relevant', 'Not relevant for us')], max_length=16)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField()),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-pk',),
                    },
                ),
                migrations.CreateModel(
                    name='Change',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_changes', to='accounts.business')),
                        ('date', models.DateField(verbose_name='day')),
                        ('trigger', models.CharField(max_length=300, verbose_name='what happened')),
                        ('change', models.TextField(verbose_name='what changes')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who decided')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('goals', models.ManyToManyField(blank=True, related_name='strategy_changes', to='goals.goal')),
                        ('initiatives', models.ManyToManyField(blank=True, related_name='strategy_changes', to='goals.initiative')),
                        ('lines', models.ManyToManyField(blank=True, related_name='strategy_changes', to='budget.line')),
                        ('items', models.ManyToManyField(blank=True, related_name='strategy_changes', to='content.item')),
                    ],
                    options={
                        'ordering': ('-date', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Conclusion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conclusions', to='accounts.business')),
                        ('section', models.CharField(max_length=40)),
                        ('pairing', models.CharField(blank=True, choices=[('SO', 'Strength and opportunity: use it'), ('WO', 'Weakness and opportunity: catch up'), ('ST', 'Strength and threat: defend'), ('WT', 'Weakness and threat: avoid')], max_length=2, verbose_name='follows from')),
                        ('text', models.CharField(max_length=300, verbose_name='therefore we will …')),
                        ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conclusions', to='goals.goal')),
                        ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conclusions', to='goals.initiative')),
                        ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conclusions', to='board.task')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('points', models.ManyToManyField(blank=True, related_name='conclusions', to='market.swotpoint')),
                    ],
                    options={
                        'ordering': ('section', 'position', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='HiddenSection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidden_sections', to='accounts.business')),
                        ('section', models.CharField(max_length=40)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('business', 'section'), name='hidden_once')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_questions', to='accounts.business')),
                        ('section', models.CharField(max_length=40)),
                        ('ask', models.CharField(max_length=300, verbose_name='question')),
                        ('tip', models.CharField(blank=True, max_length=500, verbose_name='tip')),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('section', 'position', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='StepCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_checks', to='accounts.business')),
                        ('step', models.CharField(max_length=40)),
                        ('works', models.BooleanField()),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('business', 'step'), name='one_check')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_versions', to='accounts.business')),
                        ('number', models.PositiveIntegerField()),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='what this version is')),
                        ('language', models.CharField(max_length=8)),
                        ('content', models.JSONField(default=list)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-number',),
                        'constraints': [models.UniqueConstraint(fields=('business', 'number'), name='one_version_number')],
                    },
                ),
            ],
        ),
    ]
