"""A card as HTML. A board has hundreds, so this is a function and no template."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from waypost.board.models import Task
from waypost.board.reading import Face
from waypost.kit.screen import icon, initials

ANY = 987654321  # stands for the key of a card in an address that is made once


@dataclass(frozen=True)
class Drawing:
    """Words and addresses that all cards of one page share."""

    slug: str
    may_write: bool

    def __post_init__(self) -> None:
        page = "board:task" if self.may_write else "board:look"
        words = {
            "late": _("late"),
            "today": _("today"),
            "nobody": _("Nobody yet"),
            "move": _("Move"),
            "checklist": _("Checklist"),
            "comments": _("Comments"),
            "repeats": _("Repeats"),
            "high": pgettext("priority", "High"),
            "low": pgettext("priority", "Low"),
        }
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "page", reverse(page, args=[self.slug, ANY]))
        object.__setattr__(self, "away", reverse("board:move", args=[self.slug, ANY]))

    def __call__(self, face: Face) -> SafeString:
        """The ``<li>`` of a card."""
        task = face.task
        done = " is-done" if task.is_done else ""
        page = vars(self)["page"].replace(str(ANY), str(task.pk))
        head = (
            f'<li class="card-face{done}" id="task-{task.pk}" data-pk="{task.pk}"'
            f' data-order="{face.order}" data-version="{task.version}" data-moves="{task.moves}"'
            f' data-title="{esc(task.title)}">'
        )
        parts = [
            head,
            *(
                f'<span class="label label-{each.colour}">{esc(each.name)}</span>'
                for each in task.labels.all()
            ),
            f'<a class="card-title" href="{page}">{esc(task.title)}</a>',
            self._hold(task),
            f'<p class="card-quiet">{esc(task.initiative.title)}</p>' if task.initiative else "",
            f'<p class="card-facts">{"".join(self._facts(face))}</p>',
            f'<p class="card-foot">{self._who(task)}{self._review(task)}{self._move(task)}</p>',
            "</li>",
        ]
        return mark_safe("".join(parts))  # noqa: S308 - every value was escaped above

    def _word(self, name: str) -> str:
        return str(esc(vars(self)["words"][name]))

    def _hold(self, task: Task) -> str:
        if not task.hold_reason:
            return ""
        since = ""
        if task.hold_since:
            day = date_format(task.hold_since, "MONTH_DAY_FORMAT")
            since = f' <span class="text-muted">{esc(_("since %(day)s") % {"day": day})}</span>'
        reason = f"<span>{esc(task.hold_reason)}{since}</span>"
        return f'<p class="card-hold">{icon("circle-pause")}{reason}</p>'

    def _facts(self, face: Face) -> list[str]:
        task = face.task
        facts = []
        if task.priority == Task.Priority.HIGH:
            facts.append(fact(icon("flag") + self._word("high"), "tone-bad"))
        elif task.priority == Task.Priority.LOW:
            facts.append(fact(icon("arrow-down") + self._word("low")))
        if task.due_date:
            facts.append(self._due(face))
        for name, picture, said in (
            ("checklist", "list-checks", "/".join(map(str, face.steps or ()))),
            ("comments", "message-circle", str(face.comments or "")),
        ):
            if said:
                hidden = f'<span class="sr-only">{self._word(name)}: </span>'
                facts.append(fact(icon(picture) + hidden + said))
        for link in task.links.all():
            title = esc(Truncator(link.title).chars(28))
            facts.append(f'<a class="card-fact" href="{esc(link.path)}">{icon("link")}{title}</a>')
        if task.repeats:
            hidden = f'<span class="sr-only">{self._word("repeats")}</span>'
            facts.append(fact(icon("repeat-2") + hidden))
        if task.moved_on:
            said = ngettext("moved on %(n)s time", "moved on %(n)s times", task.moved_on)
            facts.append(fact(icon("history") + esc(said % {"n": task.moved_on})))
        return facts

    def _due(self, face: Face) -> str:
        day = face.task.due_date
        assert day is not None
        shown = esc(date_format(day, "MONTH_DAY_FORMAT"))
        moment = f'<time datetime="{day.isoformat()}">{shown}</time>'
        if face.is_late:
            return fact(f"{icon('triangle-alert')}{moment} {self._word('late')}", "tone-bad")
        if face.is_today:
            return fact(f"{icon('calendar')}{moment} {self._word('today')}", "tone-warn")
        return fact(icon("calendar") + moment)

    def _who(self, task: Task) -> str:
        if task.assignee:
            short = esc(initials(task.assignee))
            who = f'<span class="avatar" aria-hidden="true">{short}</span>{esc(str(task.assignee))}'
        else:
            who = f'<span class="text-muted">{self._word("nobody")}</span>'
        role = esc(task.get_role_display())
        more = f'<span class="text-muted"> · {role}</span>' if task.role else ""
        return f'<span class="card-who">{who}{more}</span>'

    def _review(self, task: Task) -> str:
        if task.reviewer is None or task.status != Task.Status.REVIEW:
            return ""
        return fact(icon("eye") + esc(_("%(person)s reviews") % {"person": task.reviewer}))

    def _move(self, task: Task) -> str:
        if not self.may_write:
            return ""
        url = vars(self)["away"].replace(str(ANY), str(task.pk))
        label = esc(_("Move “%(title)s”") % {"title": task.title})
        inside = f"{icon('signpost')}<span>{self._word('move')}</span>"
        return (
            f'<a class="card-move" href="{url}" aria-label="{label}" data-moves-card>{inside}</a>'
        )


def fact(inside: str, tone: str = "") -> str:
    return f'<span class="{f"{tone} " if tone else ""}card-fact">{inside}</span>'
