"""Tasks were numbered one by one for each initiative; now there is room between them."""

from django.db import migrations

GAP = 1 << 24


def spread(apps, schema_editor):
    Task = apps.get_model("board", "Task")
    rows = Task.objects.order_by("business_id", "initiative_id", "position", "pk")
    for number, pk in enumerate(rows.values_list("pk", flat=True), 1):
        Task.objects.filter(pk=pk).update(position=number * GAP)


class Migration(migrations.Migration):

    dependencies = [
        ("board", "0002_make_boards_of_the_task_table"),
    ]

    operations = [migrations.RunPython(spread, migrations.RunPython.noop)]
