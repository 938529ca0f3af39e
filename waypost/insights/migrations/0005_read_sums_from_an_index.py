
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_pause_everything'),
        ('connections', '0004_mail_is_sent_by_notices'),
        ('insights', '0004_remember_files_of_numbers'),
        ('market', '0002_sales_and_minutes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='reading',
            name='reading_history',
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['business', 'metric', 'connection', 'channel', 'span', 'month', 'definition', 'date', 'value', 'source'], name='reading_sums'),
        ),
    ]
