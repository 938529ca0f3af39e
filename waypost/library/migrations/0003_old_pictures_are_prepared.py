from django.db import migrations, models


def mark(apps, schema_editor):
    """Their small pictures were made when they were sent."""
    pictures = apps.get_model("library", "Asset").objects.exclude(thumbnail="")
    pictures.filter(prepared_at=None).update(prepared_at=models.F("added_at"))


class Migration(migrations.Migration):

    dependencies = [("library", "0002_any_file_in_folders")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
