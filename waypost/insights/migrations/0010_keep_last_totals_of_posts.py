import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

COPIED = (
    "delivery_id",
    "taken_at",
    "likes",
    "comments",
    "shares",
    "saves",
    "reach",
    "impressions",
    "views",
    "link_clicks",
)


def fill(apps, schema_editor):
    """The newest snapshot of every post."""
    PostSnapshot = apps.get_model("insights", "PostSnapshot")
    LastTotals = apps.get_model("insights", "LastTotals")
    Delivery = apps.get_model("publishing", "Delivery")
    history = PostSnapshot.objects.filter(delivery=OuterRef("pk")).order_by("-taken_at", "-pk")
    newest = Delivery.objects.order_by().annotate(newest=Subquery(history.values("pk")[:1]))
    rows = PostSnapshot.objects.filter(pk__in=newest.values("newest")).values_list(*COPIED)
    LastTotals.objects.bulk_create(
        (LastTotals(**dict(zip(COPIED, row))) for row in rows.iterator()), batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [
        ('insights', '0009_read_days_of_a_month'),
        ('publishing', '0007_find_posts_that_are_out'),
    ]

    operations = [
        migrations.CreateModel(
            name='LastTotals',
            fields=[
                ('taken_at', models.DateTimeField()),
                ('likes', models.PositiveBigIntegerField(null=True)),
                ('comments', models.PositiveBigIntegerField(null=True)),
                ('shares', models.PositiveBigIntegerField(null=True)),
                ('saves', models.PositiveBigIntegerField(null=True)),
                ('reach', models.PositiveBigIntegerField(null=True)),
                ('impressions', models.PositiveBigIntegerField(null=True)),
                ('views', models.PositiveBigIntegerField(null=True)),
                ('link_clicks', models.PositiveBigIntegerField(null=True)),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='last_totals', serialize=False, to='publishing.delivery')),
            ],
        ),
        migrations.RemoveIndex(
            model_name='postsnapshot',
            name='post_history',
        ),
        migrations.AddIndex(
            model_name='postsnapshot',
            index=models.Index(fields=['delivery', 'taken_at', 'id'], name='post_moments'),
        ),
        migrations.AddIndex(
            model_name='lasttotals',
            index=models.Index(fields=['delivery', 'taken_at', 'likes', 'comments', 'shares', 'saves', 'reach', 'impressions', 'views', 'link_clicks'], name='last_totals_of_posts'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
