"""Short first migrations and the long ones beside them: docs/decisions/0014."""

from functools import cache

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder
from hypothesis import given, settings
from hypothesis import strategies as st

Name = tuple[str, str]

pytestmark = pytest.mark.django_db


@cache
def long_way() -> MigrationLoader:
    """All migrations as if none replaced others."""
    return MigrationLoader(None, replace_migrations=False)


@cache
def steps() -> list[Name]:
    """The migrations that do one thing each, in an order in which they can be applied."""
    graph = long_way().graph
    shorts = set(MigrationLoader(None).replacements)
    wanted = [name for leaf in sorted(graph.leaf_nodes()) for name in graph.forwards_plan(leaf)]
    return [name for name in dict.fromkeys(wanted) if name not in shorts]


def needed(names: set[Name]) -> set[Name]:
    """The names with everything below them, as an installation has them."""
    graph = long_way().graph
    found = {below for name in names for below in graph.forwards_plan(name)}
    return found & set(steps())


def record(names: set[Name]) -> None:
    """The database says that these migrations were applied, and no others."""
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        pytest.skip("pytest was told --nomigrations")
    recorder.flush()
    recorder.migration_qs.bulk_create(
        [recorder.Migration(app=app, name=name) for app, name in sorted(names)]
    )


def recorded() -> set[Name]:
    return set(MigrationRecorder(connection).applied_migrations())


def to_do() -> list[Migration]:
    """What ``waypost migrate`` would run now; refuses a history that does not hold together."""
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    assert executor.loader.detect_conflicts() == {}
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert not any(backwards for _, backwards in plan)
    return [migration for migration, _ in plan]


def parts(migration: Migration) -> list[Name]:
    """The steps that a migration stands for."""
    return list(migration.replaces) or [(migration.app_label, migration.name)]


def finish() -> None:
    """``waypost migrate``, without touching a table."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes(), fake=True)


def test_a_short_migration_leads_to_the_same_models_as_the_long_way() -> None:
    long = long_way().graph.make_state(nodes=steps(), at_end=True)
    short = MigrationLoader(None).project_state()
    loader = MigrationLoader(None)
    assert MigrationAutodetector(long, short).changes(graph=loader.graph) == {}
    assert MigrationAutodetector(short, long).changes(graph=loader.graph) == {}


def test_every_short_migration_stands_for_all_before_it_and_is_numbered_like_the_last() -> None:
    for (app, name), migration in MigrationLoader(None).replacements.items():
        if not app_is_ours(app):
            continue
        before = [step for step in steps() if step[0] == app]
        assert list(migration.replaces) == before[: len(migration.replaces)]
        assert name == f"0001_squashed_{migration.replaces[-1][1]}"


def app_is_ours(app: str) -> bool:
    return (MigrationLoader.migrations_module(app)[0] or "").startswith("waypost.")


def test_a_new_installation_takes_the_short_way() -> None:
    record(set())
    ours = [migration for migration in to_do() if app_is_ours(migration.app_label)]
    shorts = {name for name in MigrationLoader(None).replacements if app_is_ours(name[0])}
    assert shorts <= {(each.app_label, each.name) for each in ours}
    assert not {(each.app_label, each.name) for each in ours} & {
        part for name in shorts for part in MigrationLoader(None).replacements[name].replaces
    }


def test_a_new_installation_also_records_the_long_way_so_that_an_older_version_can_read_it() -> (
    None
):
    record(set())
    finish()
    assert set(steps()) <= recorded()


def test_an_installation_that_went_the_long_way_has_nothing_to_do_and_records_the_short_one() -> (
    None
):
    record(set(steps()))
    assert to_do() == []
    finish()
    assert recorded() == set(steps()) | set(MigrationLoader(None).replacements)
    assert to_do() == []


@settings(max_examples=25)
@given(reached=st.lists(st.sampled_from(steps()), max_size=6))
def test_wherever_an_installation_stopped_each_step_that_is_missing_comes_once_and_in_order(
    reached: list[Name],
) -> None:
    done = needed(set(reached))
    record(done)
    coming = [part for migration in to_do() for part in parts(migration)]
    assert sorted(coming) == sorted(set(steps()) - done)
    known = set(done)
    for part in coming:
        below = {parent.key for parent in long_way().graph.node_map[part].parents}
        assert below & set(steps()) <= known
        known.add(part)
    finish()
    assert to_do() == []
    assert set(steps()) <= recorded()
