"""All tables of this app at once; see docs/decisions/0014-short-first-migration.md."""

import django.db.models.deletion
import django.db.models.functions.text
import waypost.library.models
from django.conf import settings
from django.db import migrations, models

from waypost.kit.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('library', '0001_initial'),
        ('library', '0002_any_file_in_folders'),
        ('library', '0003_old_pictures_are_prepared'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_pause_everything'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Folder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folders', to='accounts.business')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='library.folder')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                    ],
                    options={
                        'ordering': (django.db.models.functions.text.Lower('name'), 'pk'),
                        'constraints': [models.UniqueConstraint(models.F('business'), models.F('parent'), django.db.models.functions.text.Lower('name'), name='one_folder_of_a_name'), models.UniqueConstraint(models.F('business'), django.db.models.functions.text.Lower('name'), condition=models.Q(('parent', None)), name='one_top_folder_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Asset',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(blank=True, max_length=200, upload_to=waypost.library.models.stored_name)),
                        ('thumbnail', models.FileField(blank=True, max_length=200, upload_to=waypost.library.models.thumbnail_name)),
                        ('mime', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField(default=0, help_text='bytes')),
                        ('width', models.PositiveIntegerField(default=0, help_text='pixels; 0 where there are none')),
                        ('height', models.PositiveIntegerField(default=0, help_text='pixels; 0 where there are none')),
                        ('seconds', models.FloatField(help_text='length of a video or sound', null=True)),
                        ('frame_rate', models.FloatField(help_text='frames in a second', null=True)),
                        ('video_codec', models.CharField(blank=True, max_length=40)),
                        ('audio_codec', models.CharField(blank=True, max_length=40)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('prepared_at', models.DateTimeField(help_text='when the worker had looked at it; empty: it still will', null=True)),
                        ('trouble', models.TextField(blank=True, help_text='why the worker could not read it')),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assets', to='accounts.business')),
                        ('folder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assets', to='library.folder')),
                        ('kind', models.CharField(choices=[('picture', 'Picture'), ('video', 'Video'), ('audio', 'Sound'), ('pdf', 'PDF'), ('document', 'Document'), ('design', 'Design file'), ('font', 'Font'), ('archive', 'Archive'), ('other', 'Other file'), ('link', 'Link')], default='picture', max_length=12)),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('link', models.URLField(blank=True, max_length=1000, verbose_name='address')),
                        ('alt', models.TextField(blank=True, verbose_name='description for people who cannot see it')),
                        ('author', models.CharField(blank=True, max_length=200, verbose_name='maker')),
                        ('source_url', models.URLField(blank=True, max_length=1000, verbose_name='where it comes from')),
                        ('licence', models.CharField(blank=True, choices=[('', 'Not said'), ('own', 'Made by us'), ('bought', 'Bought from a picture agency'), ('permission', 'With the maker’s permission'), ('public', 'Public domain or CC0'), ('cc-by', 'CC BY'), ('cc-by-sa', 'CC BY-SA'), ('cc-by-nd', 'CC BY-ND'), ('cc-by-nc', 'CC BY-NC (not for business)'), ('press', 'Press material')], max_length=12, verbose_name='licence')),
                        ('licence_note', models.CharField(blank=True, max_length=300)),
                        ('number', models.PositiveIntegerField(default=1, help_text='of the present version')),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('removed_at', models.DateTimeField(help_text='deleted; can be put back until erased', null=True)),
                        ('tags', models.ManyToManyField(blank=True, related_name='assets', to='library.tag')),
                    ],
                    options={
                        'ordering': ('-added_at', '-pk'),
                        'indexes': [models.Index(fields=['business', '-added_at', '-id'], name='asset_newest'), models.Index(fields=['business', 'folder'], name='asset_folder')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('sha256', ''), _negated=True), fields=('business', 'sha256'), name='one_asset_per_content')],
                    },
                ),
                migrations.CreateModel(
                    name='Rendition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='library.asset')),
                        ('sha256', models.CharField(help_text='of the content it was made from', max_length=64)),
                        ('recipe', models.CharField(help_text='the limits it keeps', max_length=120)),
                        ('file', models.FileField(max_length=200, upload_to='')),
                        ('mime', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes')),
                        ('width', models.PositiveIntegerField(help_text='pixels')),
                        ('height', models.PositiveIntegerField(help_text='pixels')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('asset', 'sha256', 'recipe'), name='one_rendition_of_a_recipe')],
                    },
                ),
                migrations.CreateModel(
                    name='Tag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='file_tags', to='accounts.business')),
                        ('name', models.CharField(max_length=40, verbose_name='name')),
                    ],
                    options={
                        'ordering': (django.db.models.functions.text.Lower('name'),),
                        'constraints': [models.UniqueConstraint(models.F('business'), django.db.models.functions.text.Lower('name'), name='one_file_tag_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(blank=True, max_length=200, upload_to=waypost.library.models.stored_name)),
                        ('thumbnail', models.FileField(blank=True, max_length=200, upload_to=waypost.library.models.thumbnail_name)),
                        ('mime', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField(default=0, help_text='bytes')),
                        ('width', models.PositiveIntegerField(default=0, help_text='pixels; 0 where there are none')),
                        ('height', models.PositiveIntegerField(default=0, help_text='pixels; 0 where there are none')),
                        ('seconds', models.FloatField(help_text='length of a video or sound', null=True)),
                        ('frame_rate', models.FloatField(help_text='frames in a second', null=True)),
                        ('video_codec', models.CharField(blank=True, max_length=40)),
                        ('audio_codec', models.CharField(blank=True, max_length=40)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('prepared_at', models.DateTimeField(help_text='when the worker had looked at it; empty: it still will', null=True)),
                        ('trouble', models.TextField(blank=True, help_text='why the worker could not read it')),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='library.asset')),
                        ('number', models.PositiveIntegerField()),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-number',),
                        'constraints': [models.UniqueConstraint(fields=('asset', 'number'), name='one_version_of_a_number')],
                    },
                ),
            ],
        ),
    ]
