"""Many tables in one step of a migration."""

import pytest
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from waypost.kit.migrating import CreateModels


def key() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(primary_key=True)


def pointing(at: str) -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(at, models.CASCADE, related_name="+")


def harbour() -> list[CreateModel]:
    """A ship has a harbour, a harbour its first ship, and ships have guests."""
    return [
        CreateModel(
            "Ship",
            [
                ("id", key()),
                ("home", pointing("docks.harbour")),
                ("guests", models.ManyToManyField("docks.guest")),
            ],
            {"indexes": [models.Index(fields=["home"], name="ships_at_home")]},
        ),
        CreateModel(
            "Harbour",
            [("id", key()), ("name", models.CharField(max_length=9)), ("first", pointing("Ship"))],
            {"constraints": [models.UniqueConstraint(fields=["name"], name="one_of_a_name")]},
        ),
        CreateModel("Guest", [("id", key())]),
    ]


class Together(Migration):
    operations = [CreateModels(harbour())]


TABLES = {"docks_ship", "docks_ship_guests", "docks_harbour", "docks_guest"}


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("docks_")}


def test_what_is_described_is_the_same_as_step_by_step() -> None:
    one_by_one, together = ProjectState(), ProjectState()
    for step in harbour():
        step.state_forwards("docks", one_by_one)
    CreateModels(harbour()).state_forwards("docks", together)
    assert together == one_by_one


def test_classes_that_were_made_before_are_made_anew_with_the_new_ones() -> None:
    state = ProjectState()
    CreateModel("Sea", [("id", key())]).state_forwards("docks", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Sea"}
    CreateModels(harbour()).state_forwards("docks", state)
    assert {model.__name__ for model in state.apps.get_models()} == {
        "Sea",
        "Ship",
        "Harbour",
        "Guest",
    }


@pytest.mark.django_db(transaction=True)
def test_tables_that_point_at_each_other_are_made_and_taken_away() -> None:
    migration = Together("0001_together", "docks")
    with connection.schema_editor() as editor:
        state = migration.apply(ProjectState(), editor)
    try:
        assert tables() == TABLES
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "docks_ship")
            assert found["ships_at_home"]["columns"] == ["home_id"]
            keys = [each["foreign_key"] for each in found.values() if each["foreign_key"]]
            assert keys == [("docks_harbour", "id")]
    finally:
        with connection.schema_editor() as editor:
            migration.unapply(ProjectState(), editor)
    assert tables() == set()
    assert len(state.models) == 3


def test_it_says_what_it_makes_and_can_be_written_down() -> None:
    step = CreateModels(harbour())
    assert step.describe() == "Create models Ship, Harbour, Guest"
    assert step.references_model("harbour", "docks")
    assert not step.references_model("pier", "docks")
    written, imports = OperationWriter(step, indentation=0).serialize()
    assert imports >= {"import waypost.kit.migrating"}
    assert written.count("migrations.CreateModel(") == 3
