from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0007_composer_history_links_feeds'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='cta',
            field=models.CharField(blank=True, default='', help_text='what people shall do', max_length=120, verbose_name='call to action'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='item',
            name='boost',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='money to pay for more reach, in the currency of the business', max_digits=9, null=True, verbose_name='boost'),
        ),
    ]
