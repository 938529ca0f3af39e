from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('connections', '0004_mail_is_sent_by_notices'),
        ('content', '0008_call_to_action_and_boost'),
        ('publishing', '0006_find_posts_of_a_time'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_published',
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('part', 0), ('status', 'published')), fields=['published_at', 'connection', 'item', 'status', 'part'], name='delivery_out'),
        ),
    ]
