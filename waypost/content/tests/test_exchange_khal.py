"""A calendar program that is not ours reads our file as it is meant."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from waypost.accounts.models import Business
from waypost.content.exchange.export import CalendarFile
from waypost.content.models import Status
from waypost.content.tests.exchange_world import Shop

pytestmark = [pytest.mark.real, pytest.mark.django_db]
HERE = ZoneInfo("Europe/Ljubljana")
CONFIG = """
[calendars]
[[posts]]
path = {folder}/posts
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Ljubljana
default_timezone = Europe/Ljubljana
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = posts
"""


class Khal:
    def __init__(self, folder: Path) -> None:
        self.config = folder / "config"
        (folder / "posts").mkdir()
        self.config.write_text(CONFIG.format(folder=folder))

    def __call__(self, *words: str) -> str:
        command = ["khal", "-c", str(self.config), *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        return done.stdout


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    if shutil.which("khal") is None:
        pytest.skip("khal is missing (Debian: khal), so no other calendar program reads the file.")
    return Khal(tmp_path)


def test_khal_shows_posts_at_their_time_also_where_the_clock_is_turned(
    business: Business, khal: Khal, tmp_path: Path
) -> None:
    shop = Shop(business)
    for title, at in {
        "Evening; wax, candles": dt.datetime(2026, 10, 12, 18, 30, tzinfo=HERE),
        "Winter": dt.datetime(2026, 12, 1, 9, 0, tzinfo=HERE),
        "After the jump": dt.datetime(2027, 3, 28, 3, 30, tzinfo=HERE),
        "Again": dt.datetime(2026, 10, 25, 2, 30, tzinfo=HERE, fold=1),
    }.items():
        shop.item(shop.page, title=title, due_at=at, status=Status.SCHEDULED, text="Čebele 🐝")
    file = tmp_path / "posts.ics"
    file.write_bytes(CalendarFile(business).write("ics"))
    khal("import", "--batch", str(file))
    form = "{start-long} {title}|{description}"
    found = khal("list", "--day-format", "", "-f", form, "2026-10-01", "2027-04-01")
    shown = [line for line in found.splitlines() if "[Facebook]" in line]
    assert [line.partition("|")[0] for line in shown] == [
        "2026-10-12 18:30 [Facebook] Evening; wax, candles",
        "2026-10-25 02:30 [Facebook] Again",
        "2026-12-01 09:00 [Facebook] Winter",
        "2027-03-28 03:30 [Facebook] After the jump",
    ]
    assert "Čebele 🐝" in found


def test_khal_takes_a_later_file_as_the_same_posts(
    business: Business, khal: Khal, tmp_path: Path
) -> None:
    shop = Shop(business)
    item = shop.item(shop.page, title="One", due_at=dt.datetime(2026, 10, 12, 18, 30, tzinfo=HERE))
    file = tmp_path / "posts.ics"
    for day in (12, 13):
        item.due_at = item.due_at.replace(day=day)
        item.version += 1
        item.save()
        file.write_bytes(CalendarFile(business).write("ics"))
        khal("import", "--batch", str(file))
    found = khal("list", "--day-format", "", "-f", "{start-long} {title}", "2026-10-01", "30d")
    assert found.split("\n")[:-1] == ["2026-10-13 18:30 [Facebook] One"]
