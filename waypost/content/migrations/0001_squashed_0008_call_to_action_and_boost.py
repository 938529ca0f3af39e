"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import waypost.accounts.models.people
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('content', '0001_initial'),
        ('content', '0002_send_anyway'),
        ('content', '0003_thread_parts_and_comment'),
        ('content', '0004_who_what_and_tags'),
        ('content', '0005_slots_approvals_and_repeats'),
        ('content', '0006_calendar_files'),
        ('content', '0007_composer_history_links_feeds'),
        ('content', '0008_call_to_action_and_boost'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
        ('connections', '0001_squashed_0004_mail_is_sent_by_notices'),
        ('goals', '0001_initial'),
        ('library', '0001_squashed_0003_old_pictures_are_prepared'),
        ('market', '0001_squashed_0002_sales_and_minutes'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to='accounts.member')),
                        ('nonce', models.CharField(max_length=32)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('asked_at', models.DateTimeField(help_text='the last time a program asked', null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='CalendarImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_imports', to='accounts.business')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=200)),
                        ('content', models.BinaryField(help_text='the file, compressed')),
                        ('choices', models.JSONField(default=dict, help_text='columns, channels, order of days …')),
                        ('status', models.CharField(choices=[('open', 'Not imported yet'), ('waiting', 'Waiting'), ('running', 'Importing'), ('done', 'Imported'), ('stopped', 'Stopped')], default='open', max_length=12)),
                        ('done', models.PositiveIntegerField(default=0, help_text='steps')),
                        ('steps', models.PositiveIntegerField(default=0)),
                        ('result', models.JSONField(default=dict, help_text='counts, and sentences by row')),
                        ('beat_at', models.DateTimeField(help_text="the worker's last sign of life", null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0, help_text='that no worker ended')),
                        ('claim', models.CharField(blank=True, help_text='of the worker that has it', max_length=32)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ('-made_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Evergreen',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evergreen', to='content.item')),
                        ('cool_down_days', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days between two runs')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='not after')),
                        ('max_runs', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most runs')),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ('added_at', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Feed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='accounts.business')),
                        ('url', models.URLField(max_length=500, verbose_name='address of the feed')),
                        ('title', models.CharField(blank=True, max_length=200, verbose_name='name')),
                        ('etag', models.CharField(blank=True, max_length=300)),
                        ('modified', models.CharField(blank=True, max_length=100)),
                        ('read_at', models.DateTimeField(null=True)),
                        ('problem', models.CharField(blank=True, help_text='why it could not be read', max_length=300)),
                    ],
                    options={
                        'ordering': ('title', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('business', 'url'), name='one_feed_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportMemory',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_memories', to='accounts.business')),
                        ('headings', models.CharField(help_text='a fingerprint of them', max_length=64)),
                        ('choices', models.JSONField(default=dict)),
                        ('used_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('business', 'headings'), name='one_memory_per_shape')],
                    },
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='accounts.business')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('kind', models.CharField(choices=[('post', 'Text or link post'), ('photo', 'Photo'), ('carousel', 'Carousel'), ('reel', 'Reel'), ('short_video', 'Short video'), ('story', 'Story'), ('live', 'Live video'), ('pin', 'Pin'), ('ugc', 'Customer content'), ('giveaway', 'Giveaway'), ('event', 'Event'), ('blog', 'Blog post'), ('newsletter', 'Newsletter')], default='post', max_length=16, verbose_name='type')),
                        ('text', models.TextField(blank=True, max_length=20000, verbose_name='text')),
                        ('link', models.URLField(blank=True, max_length=1000, verbose_name='link')),
                        ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                        ('status', models.CharField(choices=[('idea', 'Idea'), ('draft', 'Draft'), ('in_review', 'In review'), ('approved', 'Approved'), ('scheduled', 'Scheduled'), ('publishing', 'Publishing'), ('published', 'Published'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='draft', max_length=16, verbose_name='status')),
                        ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='time')),
                        ('time_zone', models.CharField(max_length=64, validators=[waypost.accounts.models.people.valid_time_zone])),
                        ('in_queue', models.BooleanField(default=False, help_text='the queue may move it')),
                        ('repeat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='content.repeat')),
                        ('occurrence_date', models.DateField(blank=True, help_text='of its repeat', null=True)),
                        ('run_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='content.evergreen')),
                        ('send_anyway', models.BooleanField(default=False, help_text='goes out in quiet hours, too')),
                        ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='goals.goal', verbose_name='goal')),
                        ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='goals.initiative', verbose_name='initiative')),
                        ('persona', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='market.persona', verbose_name='persona')),
                        ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='market.product', verbose_name='product')),
                        ('cta', models.CharField(blank=True, help_text='what people shall do', max_length=120, verbose_name='call to action')),
                        ('boost', models.DecimalField(blank=True, decimal_places=2, help_text='money to pay for more reach, in the currency of the business', max_digits=9, null=True, verbose_name='boost')),
                        ('tags', models.CharField(blank=True, help_text='joined by commas', max_length=300, verbose_name='tags')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                        ('author', models.ForeignKey(help_text='who made it; somebody else approves it where there is somebody else', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('key', models.UUIDField(help_text='of the page it was begun on, so that it is made once', null=True, unique=True)),
                        ('version', models.PositiveIntegerField(default=1, help_text='counts what people saved')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('due_at', 'pk'),
                        'indexes': [models.Index(fields=['business', 'due_at'], name='item_calendar'), models.Index(fields=['status', 'due_at'], name='item_due')],
                        'constraints': [models.UniqueConstraint(fields=('repeat', 'occurrence_date'), name='one_item_per_occurrence')],
                    },
                ),
                migrations.CreateModel(
                    name='FeedEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='content.feed')),
                        ('key', models.CharField(help_text='fingerprint of what the feed calls it', max_length=64)),
                        ('title', models.CharField(max_length=300)),
                        ('summary', models.TextField(blank=True)),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('published_at', models.DateTimeField(null=True)),
                        ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.item')),
                    ],
                    options={
                        'ordering': ('-published_at', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='one_entry_a_key')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='content.item')),
                        ('fingerprint', models.CharField(help_text='of what was approved', max_length=64)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('guest', models.CharField(blank=True, max_length=120)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ItemPicture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='content.item')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='library.asset')),
                        ('alt', models.TextField(blank=True, verbose_name='description for people who cannot see it')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('position', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('item', 'asset'), name='one_use_per_item')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_rule', to='accounts.business')),
                        ('active', models.BooleanField(default=True, verbose_name='add UTM tags to the links of posts')),
                        ('source', models.CharField(default='{network}', max_length=100, verbose_name='utm_source')),
                        ('medium', models.CharField(default='social', max_length=100, verbose_name='utm_medium')),
                        ('campaign', models.CharField(blank=True, default='{initiative}', max_length=100, verbose_name='utm_campaign')),
                        ('content', models.CharField(blank=True, default='{item}', max_length=100, verbose_name='utm_content')),
                        ('sites', models.CharField(blank=True, max_length=500, verbose_name='your own sites')),
                        ('shortens', models.BooleanField(default=False, verbose_name='use short links and count their clicks')),
                    ],
                ),
                migrations.CreateModel(
                    name='Repeat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repeats', to='accounts.business')),
                        ('source', models.ForeignKey(help_text='what is copied', on_delete=django.db.models.deletion.CASCADE, related_name='repeats', to='content.item')),
                        ('rule', models.CharField(max_length=300)),
                        ('first_date', models.DateField(verbose_name='first day')),
                        ('clock', models.TimeField(verbose_name='time')),
                        ('time_zone', models.CharField(max_length=64, validators=[waypost.accounts.models.people.valid_time_zone])),
                        ('made_until', models.DateField(blank=True, help_text='up to here items exist', null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ReviewLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_links', to='content.item')),
                        ('client', models.CharField(max_length=120, verbose_name='name of the client')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('expires_at', models.DateTimeField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, choices=[('approved', 'Approved'), ('changes', 'Asks for changes')], max_length=12)),
                        ('comment', models.TextField(blank=True, max_length=2000)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Revision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='content.item')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('title', models.CharField(max_length=200)),
                        ('text', models.TextField(blank=True)),
                        ('link', models.CharField(blank=True, max_length=1000)),
                        ('channels', models.JSONField(default=dict, help_text='own texts by id of the connection')),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='SavedText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_texts', to='accounts.business')),
                        ('kind', models.CharField(choices=[('hashtags', 'Hashtags'), ('text', 'Text')], max_length=12, verbose_name='what it is')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('body', models.TextField(max_length=5000, verbose_name='text')),
                    ],
                    options={
                        'ordering': ('kind', 'name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ShortLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='short_links', to='accounts.business')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='short_links', to='content.item')),
                        ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='short_links', to='connections.connection')),
                        ('code', models.CharField(max_length=12, unique=True)),
                        ('target', models.TextField()),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('item', 'connection'), name='one_short_link_a_channel')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='content.shortlink')),
                        ('date', models.DateField()),
                        ('clicks', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('link', 'date'), name='one_count_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Slot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='accounts.business')),
                        ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='connections.connection')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day')),
                        ('clock', models.TimeField(verbose_name='time')),
                    ],
                    options={
                        'ordering': ('weekday', 'clock'),
                        'constraints': [models.UniqueConstraint(fields=('connection', 'weekday', 'clock'), name='one_slot')],
                    },
                ),
                migrations.CreateModel(
                    name='Variant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='content.item')),
                        ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='connections.connection')),
                        ('text', models.TextField(blank=True, max_length=20000, verbose_name='text for this channel')),
                        ('parts', models.JSONField(blank=True, default=list, help_text='texts that follow the first, in order')),
                        ('comment', models.TextField(blank=True, max_length=20000, verbose_name='first comment')),
                        ('options', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ('connection__provider_id', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('item', 'connection'), name='one_variant_per_channel')],
                    },
                ),
            ],
        ),
    ]
