"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import waypost.accounts.models.people
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_quiet_hours'),
        ('accounts', '0003_hats_and_hours'),
        ('accounts', '0004_team'),
        ('accounts', '0005_pause_everything'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True)),
                        ('is_operator', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Business',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('slug', models.SlugField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+$')])),
                        ('time_zone', models.CharField(default='Europe/Ljubljana', max_length=64, validators=[waypost.accounts.models.people.valid_time_zone], verbose_name='time zone')),
                        ('language', models.CharField(default='en', max_length=8, verbose_name='language')),
                        ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency')),
                        ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='quiet from')),
                        ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='quiet until')),
                        ('paused_at', models.DateTimeField(blank=True, null=True)),
                        ('paused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pause_reason', models.CharField(blank=True, max_length=300)),
                        ('two_factor_from', models.DateField(blank=True, null=True, verbose_name='second factor from')),
                        ('is_demo', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name_plural': 'businesses',
                        'ordering': ('name',),
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.business')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('role', models.CharField(choices=[('owner', 'Owner'), ('editor', 'Editor'), ('contributor', 'Contributor'), ('viewer', 'Viewer')], max_length=16, verbose_name='role')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('expires_at', models.DateTimeField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='accounts.business')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(choices=[('owner', 'Owner'), ('editor', 'Editor'), ('contributor', 'Contributor'), ('viewer', 'Viewer')], default='editor', max_length=16, verbose_name='role')),
                        ('hours_a_week', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('168'))], verbose_name='hours a week')),
                        ('narrowed_to', models.CharField(blank=True, choices=[('ad_actuals', 'Only what adverts really cost'), ('channels', 'Only some accounts at networks')], default='', max_length=16, verbose_name='narrower')),
                        ('channels', models.JSONField(blank=True, default=list)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('created_at', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'user'), name='one_membership')],
                    },
                ),
                migrations.CreateModel(
                    name='HatHolder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hat_holders', to='accounts.business')),
                        ('hat', models.CharField(choices=[('lead', 'Lead'), ('copy', 'Copywriting'), ('creative', 'Creative'), ('ads', 'Advertising'), ('distribution', 'Distribution'), ('influencers', 'Influencers'), ('community', 'Community')], max_length=16, verbose_name='role')),
                        ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hats', to='accounts.member')),
                        ('backup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='backed_up_hats', to='accounts.member')),
                        ('outside', models.CharField(blank=True, max_length=120, verbose_name='somebody without an account')),
                        ('backup_outside', models.CharField(blank=True, max_length=120, verbose_name='backup without an account')),
                        ('note', models.TextField(blank=True, max_length=1000, verbose_name='what this role does here')),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('pk',),
                        'constraints': [models.UniqueConstraint(fields=('business', 'hat'), name='one_holder_per_hat')],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='accounts.member')),
                        ('from_date', models.DateField(verbose_name='from')),
                        ('until_date', models.DateField(verbose_name='until')),
                        ('stand_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stands_in', to='accounts.member')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                    ],
                    options={
                        'ordering': ('from_date', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_date__gte', models.F('from_date'))), name='absence_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='LogEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='accounts.business')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by_name', models.CharField(blank=True, max_length=120)),
                        ('thing', models.CharField(choices=[('person', 'Person'), ('invitation', 'Invitation'), ('hat', 'Role in the team'), ('absence', 'Absence'), ('business', 'Settings of the business'), ('sign_in', 'Sign-in'), ('account', 'Account at a network'), ('goal', 'Goal'), ('initiative', 'Initiative'), ('task', 'Task'), ('post', 'Post'), ('budget', 'Budget'), ('strategy', 'Strategy'), ('report', 'Report'), ('file', 'File')], max_length=16)),
                        ('deed', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('removed', 'removed'), ('restored', 'restored'), ('invited', 'invited'), ('taken_back', 'taken back'), ('joined', 'joined'), ('handed_over', 'handed over'), ('submitted', 'sent to review'), ('approved', 'approved'), ('sent_back', 'sent back'), ('scheduled', 'scheduled'), ('cancelled', 'cancelled'), ('closed', 'closed'), ('reopened', 'opened again'), ('connected', 'connected'), ('imported', 'imported'), ('exported', 'downloaded')], max_length=16)),
                        ('name', models.CharField(max_length=200)),
                        ('ref', models.CharField(blank=True, max_length=40)),
                        ('changes', models.JSONField(default=list)),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                        'indexes': [models.Index(fields=['business', '-at'], name='log_of_a_business')],
                    },
                ),
            ],
        ),
    ]
