import django.core.validators
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
        ('goals', '0001_initial'),
        ('library', '0001_initial'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Budget',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budgets', to='accounts.business')),
                        ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                        ('currency', models.CharField(max_length=3, verbose_name='currency')),
                        ('rate', models.DecimalField(decimal_places=6, default=1, help_text="how much of the business's own currency one unit is worth", max_digits=16, verbose_name='rate')),
                        ('vat', models.CharField(choices=[('net', 'without VAT'), ('gross', 'with VAT')], default='gross', max_length=8, verbose_name='VAT')),
                        ('carry_rule', models.CharField(choices=[('both', 'what is left and what was overspent'), ('surplus_only', 'only what is left')], default='both', max_length=16, verbose_name='what carries over')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('-year', 'currency'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'year', 'currency'), name='one_budget_per_year_and_currency')],
                    },
                ),
                migrations.CreateModel(
                    name='Category',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='budget.budget')),
                        ('key', models.CharField(blank=True, choices=[('software', 'Software and marketing tools'), ('advertising', 'Advertising'), ('hired', 'Hired services'), ('digital_assets', 'Digital assets')], max_length=16)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('position', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name_plural': 'categories',
                        'ordering': ('position', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ImportMapping',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_mappings', to='accounts.business')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('columns', models.JSONField(default=dict)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'ordering': ('name',),
                        'constraints': [models.UniqueConstraint(fields=('business', 'name'), name='one_mapping_per_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Line',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budget.budget')),
                        ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budget.category', verbose_name='category')),
                        ('name', models.CharField(max_length=160, verbose_name='line')),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('hidden', models.BooleanField(default=False)),
                        ('carry_over', models.BooleanField(default=False, verbose_name='carry over to the next month')),
                        ('recurring', models.BooleanField(default=False, verbose_name='a subscription: post the plan as spent every month')),
                        ('source', models.CharField(choices=[('in_house', 'in-house'), ('outsourced', 'outsourced')], default='outsourced', max_length=16, verbose_name='done by')),
                        ('vendor', models.CharField(blank=True, max_length=120, verbose_name='vendor')),
                        ('renewal_date', models.DateField(blank=True, null=True, verbose_name='renews on')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='budget_lines', to='connections.connection', verbose_name='channel')),
                        ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='budget_lines', to='goals.initiative', verbose_name='initiative')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('category__position', 'category_id', 'position', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Expense',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expenses', to='budget.line', verbose_name='budget line')),
                        ('date', models.DateField(verbose_name='day')),
                        ('month', models.PositiveSmallIntegerField(editable=False)),
                        ('vendor', models.CharField(blank=True, max_length=120, verbose_name='vendor')),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                        ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='expenses', to='library.asset', verbose_name='receipt')),
                        ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='expenses', to='goals.initiative', verbose_name='initiative')),
                        ('connection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='expenses', to='connections.connection', verbose_name='channel')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('fingerprint', models.CharField(blank=True, max_length=64)),
                        ('source', models.CharField(choices=[('typed', 'typed in'), ('imported', 'imported'), ('recurring', 'posted as planned')], default='typed', max_length=16)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('date', 'pk'),
                        'indexes': [models.Index(fields=['line', 'month'], name='expenses_of_a_cell')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('fingerprint', ''), _negated=True), fields=('line', 'fingerprint'), name='one_expense_per_fingerprint')],
                    },
                ),
                migrations.CreateModel(
                    name='Change',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='budget.budget')),
                        ('what', models.CharField(choices=[('plan', 'plan'), ('actual', 'actual'), ('expense', 'expense'), ('line', 'line'), ('month', 'month'), ('budget', 'budget')], max_length=16)),
                        ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='budget.line')),
                        ('line_name', models.CharField(blank=True, max_length=160)),
                        ('month', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('old', models.CharField(blank=True, max_length=200)),
                        ('new', models.CharField(blank=True, max_length=200)),
                        ('batch', models.CharField(blank=True, db_index=True, max_length=32)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('-pk',),
                    },
                ),
                migrations.CreateModel(
                    name='ActualAmount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month')),
                        ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='amount')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actuals', to='budget.line')),
                    ],
                    options={
                        'ordering': ('month',),
                        'constraints': [models.UniqueConstraint(fields=('line', 'month'), name='one_actual_per_cell')],
                    },
                ),
                migrations.CreateModel(
                    name='MonthClose',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closes', to='budget.budget')),
                        ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)])),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closed_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ('month',),
                        'constraints': [models.UniqueConstraint(fields=('budget', 'month'), name='a_month_closes_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PlannedAmount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month')),
                        ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='amount')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned', to='budget.line')),
                    ],
                    options={
                        'ordering': ('month',),
                        'constraints': [models.UniqueConstraint(fields=('line', 'month'), name='one_plan_per_cell')],
                    },
                ),
            ],
        ),
    ]
