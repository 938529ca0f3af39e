import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('connections', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Goal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='accounts.business')),
                        ('title', models.CharField(max_length=200, verbose_name='goal')),
                        ('kind', models.CharField(choices=[('reach', 'Reach a number'), ('keep_above', 'Stay at or above a number'), ('keep_below', 'Stay at or below a number')], default='reach', max_length=16, verbose_name='kind of goal')),
                        ('specific', models.TextField(blank=True, verbose_name='what exactly will be different')),
                        ('achievable', models.TextField(blank=True, verbose_name='why it can be done')),
                        ('resources', models.TextField(blank=True, verbose_name='what it needs')),
                        ('why', models.TextField(blank=True, verbose_name='why it matters')),
                        ('checkpoints', models.JSONField(blank=True, default=list, verbose_name='when it is looked at')),
                        ('metric', models.CharField(max_length=200, verbose_name='what is measured')),
                        ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                        ('baseline', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='value at the start')),
                        ('target', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='target value')),
                        ('start_date', models.DateField(verbose_name='start')),
                        ('deadline_date', models.DateField(verbose_name='deadline')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='goals', to='connections.connection', verbose_name='account that is counted')),
                        ('connection_metric', models.CharField(blank=True, max_length=40)),
                        ('archived_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('deadline_date', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Initiative',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiatives', to='accounts.business')),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiatives', to='goals.goal')),
                        ('title', models.CharField(max_length=200, verbose_name='initiative')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('measure', models.TextField(blank=True, verbose_name='how you will know it worked')),
                        ('resources', models.TextField(blank=True, verbose_name='what it needs')),
                        ('budget', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='budget')),
                        ('start_date', models.DateField(verbose_name='start')),
                        ('end_date', models.DateField(verbose_name='end')),
                        ('until_goal', models.BooleanField(default=False, verbose_name='goes on until the goal is reached')),
                        ('baseline_start_date', models.DateField(blank=True, null=True, verbose_name='approved start')),
                        ('baseline_end_date', models.DateField(blank=True, null=True, verbose_name='approved end')),
                        ('actual_end_date', models.DateField(blank=True, null=True, verbose_name='day it was done')),
                        ('repeats', models.CharField(blank=True, choices=[('daily', 'Every day'), ('weekly', 'Every week')], default='', max_length=8, verbose_name='repeats')),
                        ('repeats_what', models.CharField(blank=True, max_length=120, verbose_name='what repeats')),
                        ('status', models.CharField(choices=[('planned', 'Planned'), ('in_progress', 'In progress'), ('on_hold', 'On hold'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=16, verbose_name='status')),
                        ('risk', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='low', max_length=8, verbose_name='risk')),
                        ('risk_note', models.TextField(blank=True, verbose_name='what could go wrong')),
                        ('progress', models.PositiveSmallIntegerField(default=0, help_text='percent', verbose_name='progress')),
                        ('counts_tasks', models.BooleanField(default=False)),
                        ('expected_contribution', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='what it should add to the goal')),
                        ('actual_contribution', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='what it added to the goal')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                        ('owner_role', models.CharField(blank=True, choices=[('lead', 'Lead'), ('copy', 'Copywriting'), ('creative', 'Creative'), ('ads', 'Advertising'), ('distribution', 'Distribution'), ('influencers', 'Influencers'), ('community', 'Community')], default='', max_length=16, verbose_name='role of the owner')),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('depends_on', models.ManyToManyField(blank=True, related_name='dependants', to='goals.initiative', verbose_name='begins after')),
                    ],
                    options={
                        'ordering': ('position', 'start_date', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='PlanApproval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_approvals', to='accounts.business')),
                        ('approved_at', models.DateTimeField(auto_now_add=True)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('-approved_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='RoadmapLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roadmap_links', to='accounts.business')),
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
                    name='GoalValue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='goals.goal')),
                        ('date', models.DateField(verbose_name='day')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='value')),
                        ('source', models.CharField(choices=[('typed', 'typed in'), ('measured', 'measured')], default='typed', max_length=16)),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'ordering': ('date',),
                        'constraints': [models.UniqueConstraint(fields=('goal', 'date'), name='one_value_per_day')],
                    },
                ),
            ],
        ),
    ]
