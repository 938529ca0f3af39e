import decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_quiet_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='hours_a_week',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(decimal.Decimal('0')), django.core.validators.MaxValueValidator(decimal.Decimal('168'))], verbose_name='hours a week'),
        ),
        migrations.CreateModel(
            name='HatHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hat', models.CharField(choices=[('lead', 'Lead'), ('copy', 'Copywriting'), ('creative', 'Creative'), ('ads', 'Advertising'), ('distribution', 'Distribution'), ('influencers', 'Influencers'), ('community', 'Community')], max_length=16, verbose_name='role')),
                ('outside', models.CharField(blank=True, max_length=120, verbose_name='somebody without an account')),
                ('backup_outside', models.CharField(blank=True, max_length=120, verbose_name='backup without an account')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='what this role does here')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('backup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='backed_up_hats', to='accounts.member')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hat_holders', to='accounts.business')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hats', to='accounts.member')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('business', 'hat'), name='one_holder_per_hat')],
            },
        ),
    ]
