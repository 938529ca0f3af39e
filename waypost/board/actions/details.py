"""Verbs on what belongs to a task: checklist, labels, attachments, links."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board.actions.noting import note, touch
from waypost.board.models import Attachment, Label, Step, Task, TaskEvent, TaskLink
from waypost.kit.errors import Refusal
from waypost.library.models import Asset

MOST_STEPS = 100
MOST_LABELS = 60


@transaction.atomic
def add_step(task: Task, *, text: str, by: User | None) -> Step:
    """A line at the end of the checklist. Raises ``Refusal`` (field ``text``)."""
    if not text.strip():
        raise Refusal(_("Write the step first."), field="text")
    if task.steps.count() >= MOST_STEPS:
        raise Refusal(
            _("A checklist has %(n)s lines at most. Make a second task of it.") % {"n": MOST_STEPS},
            field="text",
        )
    last = task.steps.aggregate(last=Max("position"))["last"]
    step = task.steps.create(text=text.strip()[:300], position=0 if last is None else last + 1)
    note(task, TaskEvent.What.STEP, by=by, new=step.text)
    touch(task, by=by)
    return step


@transaction.atomic
def tick_step(step: Step, *, done: bool, by: User | None) -> None:
    if step.is_done == done:
        return
    step.is_done = done
    step.save(update_fields=["is_done"])
    words = {"new": f"✓ {step.text}"} if done else {"old": f"✓ {step.text}", "new": step.text}
    note(step.task, TaskEvent.What.STEP, by=by, **words)
    touch(step.task, by=by)


@transaction.atomic
def move_step(step: Step, *, by_places: int, by: User | None) -> None:
    """Up (below zero) or down by so many places."""
    rows = list(step.task.steps.all())
    here = rows.index(step)
    there = max(0, min(len(rows) - 1, here + by_places))
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows):
        row.position = place
    Step.objects.bulk_update(rows, ["position"])
    touch(step.task, by=by)


@transaction.atomic
def remove_step(step: Step, *, by: User | None) -> None:
    note(step.task, TaskEvent.What.STEP, by=by, old=step.text)
    step.delete()
    touch(step.task, by=by)


def make_label(business: Business, *, name: str, colour: str) -> Label:
    """The label of this name, made when it is new. Raises ``Refusal`` (field ``name``)."""
    plain = " ".join(name.split())[:60]
    if not plain:
        raise Refusal(_("Give the label a name."), field="name")
    found = business.labels.filter(name__iexact=plain).first()
    if found:
        return found
    if business.labels.count() >= MOST_LABELS:
        raise Refusal(
            _("There are %(n)s labels already. Remove one first.") % {"n": MOST_LABELS},
            field="name",
        )
    return business.labels.create(name=plain, colour=colour)


@transaction.atomic
def set_labels(task: Task, labels: list[Label], *, by: User | None) -> None:
    old = list(task.labels.all())
    if {each.pk for each in old} == {each.pk for each in labels}:
        return
    task.labels.set(labels)
    words = {"old": ", ".join(map(str, old)), "new": ", ".join(map(str, labels))}
    note(task, TaskEvent.What.LABELLED, by=by, **words)
    touch(task, by=by)


@transaction.atomic
def attach(
    task: Task, *, by: User | None, asset: Asset | None = None, url: str = "", name: str = ""
) -> Attachment:
    """A picture of the library or a link. Raises ``Refusal`` (field ``url``) for neither."""
    if asset is None and not url:
        raise Refusal(_("Choose a picture or write an address."), field="url")
    found = task.attachments.filter(asset=asset, url=url).first()
    if found:
        return found
    attachment = task.attachments.create(asset=asset, url=url, name=name[:200])
    note(task, TaskEvent.What.ATTACHED, by=by, new=attachment)
    touch(task, by=by)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User | None) -> None:
    note(attachment.task, TaskEvent.What.ATTACHED, by=by, old=attachment)
    attachment.delete()
    touch(attachment.task, by=by)


@transaction.atomic
def link(task: Task, *, key: str, title: str, path: str, by: User | None) -> TaskLink:
    """Say that the task belongs to a thing of an app above, such as a post."""
    found, new = task.links.update_or_create(
        key=key, defaults={"title": title[:200], "path": path[:300]}
    )
    if new:
        note(task, TaskEvent.What.LINKED, by=by, new=title)
        touch(task, by=by)
    return found


@transaction.atomic
def unlink(found: TaskLink, *, by: User | None) -> None:
    note(found.task, TaskEvent.What.LINKED, by=by, old=found.title)
    found.delete()
    touch(found.task, by=by)
