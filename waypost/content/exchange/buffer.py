"""Posts as Buffer's bulk upload wants them: one channel in a file, four columns.

The headings and the time's shape are Buffer's own and are never translated.
"""

import csv
import io
from collections.abc import Sequence

from waypost.content.exchange.rows import Row
from waypost.content.models import Status

HEADINGS = ("Text", "Image URL", "Tags", "Posting Time")
MOST = 100  # posts that Buffer takes in one file
OVER = {Status.PUBLISHED, Status.PUBLISHING, Status.CANCELLED}


def buffer_csv(rows: Sequence[Row]) -> bytes:
    """What is still to go out; UTF-8 without a mark, every cell in quotes.

    Nothing is put in front of a text here: Buffer would publish it.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for row in rows:
        if row.wall and row.item.status not in OVER:
            writer.writerow([_text(row), "", row.item.tags, f"{row.wall:%Y-%m-%d %H:%M}"])
    return stream.getvalue().encode()


def _text(row: Row) -> str:
    link = row.item.link
    return f"{row.text}\n\n{link}" if link and link not in row.text else row.text
