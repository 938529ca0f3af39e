"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import waypost.board.models.frame
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('board', '0001_initial'),
        ('board', '0002_make_boards_of_the_task_table'),
        ('board', '0003_spread_positions'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('goals', '0001_initial'),
        ('library', '0001_squashed_0003_old_pictures_are_prepared'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='BoardSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='board', to='accounts.business')),
                        ('at_work', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='tasks in progress at once, for each person')),
                        ('period', models.CharField(choices=[('week', 'A week'), ('month', 'A month'), ('quarter', 'A quarter')], default='month', max_length=8, verbose_name='a period lasts')),
                        ('closes_itself', models.BooleanField(default=True, verbose_name='close a period when it is over')),
                    ],
                ),
                migrations.CreateModel(
                    name='Column',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='board_columns', to='accounts.business')),
                        ('meaning', models.CharField(choices=[('backlog', 'Backlog'), ('next', 'Next'), ('in_progress', 'In progress'), ('on_hold', 'On hold'), ('review', 'Review'), ('done', 'Done')], max_length=16, verbose_name='what it means')),
                        ('is_usual', models.BooleanField(default=False)),
                        ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                        ('limit', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999)], verbose_name='cards at most')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('position', 'pk'),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_usual', True)), fields=('business', 'meaning'), name='one_usual_column_of_a_meaning')],
                    },
                ),
                migrations.CreateModel(
                    name='DueFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='due_feed', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(default=waypost.board.models.frame.new_feed_key, max_length=40, unique=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='board_imports', to='accounts.business')),
                        ('name', models.CharField(max_length=200)),
                        ('content', models.JSONField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-pk',),
                    },
                ),
                migrations.CreateModel(
                    name='Label',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='accounts.business')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('colour', models.CharField(choices=[('teal', 'Teal'), ('amber', 'Amber'), ('red', 'Red'), ('blue', 'Blue'), ('violet', 'Violet'), ('green', 'Green'), ('grey', 'Grey')], default='grey', max_length=8, verbose_name='colour')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'name'), name='one_label_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Period',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='board_periods', to='accounts.business')),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField()),
                        ('closed_at', models.DateTimeField()),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('moved_on', models.PositiveIntegerField(default=0)),
                        ('people', models.JSONField(default=dict)),
                    ],
                    options={
                        'ordering': ('-end_date',),
                        'constraints': [models.UniqueConstraint(fields=('business', 'end_date'), name='one_board_period_ends_on_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Recipe',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipes', to='accounts.business')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('tasks', models.JSONField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Task',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='accounts.business')),
                        ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='goals.initiative', verbose_name='initiative')),
                        ('title', models.CharField(max_length=200, verbose_name='task')),
                        ('description', models.TextField(blank=True, max_length=20000, verbose_name='description')),
                        ('status', models.CharField(choices=[('backlog', 'Backlog'), ('next', 'Next'), ('in_progress', 'In progress'), ('on_hold', 'On hold'), ('review', 'Review'), ('done', 'Done')], default='backlog', max_length=16, verbose_name='status')),
                        ('column', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='board.column')),
                        ('role', models.CharField(blank=True, choices=[('lead', 'Lead'), ('copy', 'Copywriting'), ('creative', 'Creative'), ('ads', 'Advertising'), ('distribution', 'Distribution'), ('influencers', 'Influencers'), ('community', 'Community')], max_length=16, verbose_name='role')),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                        ('due_date', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Normal'), (3, 'High')], default=2, verbose_name='priority')),
                        ('hold_reason', models.CharField(blank=True, max_length=300, verbose_name='why it waits')),
                        ('hold_since', models.DateField(blank=True, null=True)),
                        ('repeats', models.CharField(blank=True, max_length=200)),
                        ('repeats_when', models.CharField(choices=[('done', 'when this one is done'), ('date', 'when its day has come')], default='done', max_length=4)),
                        ('position', models.BigIntegerField(default=0)),
                        ('version', models.PositiveIntegerField(default=1, help_text='counts every change')),
                        ('moves', models.PositiveIntegerField(default=0, help_text='counts changes of its place')),
                        ('moved_on', models.PositiveSmallIntegerField(default=0, help_text='periods it outlived')),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('archived_at', models.DateTimeField(blank=True, null=True)),
                        ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='board.period')),
                        ('source', models.CharField(blank=True, max_length=80)),
                        ('brought', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='board.import')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('labels', models.ManyToManyField(blank=True, related_name='tasks', to='board.label')),
                    ],
                    options={
                        'ordering': ('position', 'pk'),
                        'indexes': [models.Index(fields=['business', 'archived_at', 'position'], name='board_of_business'), models.Index(fields=['business', 'source'], name='task_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='board.task')),
                        ('text', models.CharField(max_length=300, verbose_name='step')),
                        ('is_done', models.BooleanField(default=False)),
                        ('position', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('position', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='board.task')),
                        ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.asset')),
                        ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                        ('url', models.URLField(blank=True, max_length=1000, verbose_name='address')),
                    ],
                    options={
                        'ordering': ('pk',),
                    },
                ),
                migrations.CreateModel(
                    name='TaskEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='board.task')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('what', models.CharField(choices=[('added', 'added the task'), ('moved', 'moved it'), ('changed', 'changed it'), ('step', 'checklist'), ('attached', 'attachment'), ('labelled', 'labels'), ('linked', 'link'), ('closed', 'closed the period')], max_length=10)),
                        ('name', models.CharField(blank=True, max_length=40)),
                        ('old', models.CharField(blank=True, max_length=300)),
                        ('new', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                        'indexes': [models.Index(fields=['task', '-at'], name='history_of_a_task')],
                    },
                ),
                migrations.CreateModel(
                    name='TaskLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='board.task')),
                        ('key', models.CharField(max_length=80)),
                        ('title', models.CharField(max_length=200)),
                        ('path', models.CharField(max_length=300)),
                    ],
                    options={
                        'ordering': ('pk',),
                        'indexes': [models.Index(fields=['key'], name='task_link_key')],
                        'constraints': [models.UniqueConstraint(fields=('task', 'key'), name='one_link_of_a_task_to_a_thing')],
                    },
                ),
            ],
        ),
    ]
