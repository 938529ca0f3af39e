"""A card as HTML. A board has hundreds, so this is a class of small strings and no template.

What cards share (words, icons, addresses, days, people) is made once for a page.
"""

import datetime as dt
from functools import cache
from html import escape  # Django's does the same, and takes four times as long

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from waypost.accounts.hats import Hat
from waypost.board.models import Status, Task
from waypost.board.reading import Face
from waypost.kit.screen import icon, initials

ANY = 987654321  # stands for the key of a card in an address that is made once
ICONS = (
    *("arrow-down", "calendar", "circle-pause", "eye", "flag", "history", "link", "list-checks"),
    *("message-circle", "repeat-2", "signpost", "triangle-alert"),
)


class Drawing:
    """Draws the cards of one page; ``may_write`` gives each a way to move it."""

    def __init__(self, slug: str, may_write: bool) -> None:
        self.may_write = may_write
        page = reverse("board:task" if may_write else "board:look", args=[slug, ANY])
        self.page = page.split(str(ANY))
        self.away = reverse("board:move", args=[slug, ANY]).split(str(ANY))
        self.icons = {name: icon(name) for name in ICONS}
        self.roles = {hat.value: escape(str(hat.label)) for hat in Hat}
        self.words = {name: escape(word) for name, word in _words().items()}
        # What many cards say alike is made once for this page and its language.
        self.day, self.who, self.chip = cache(_day), cache(_who), cache(_chip)

    def __call__(self, face: Face) -> SafeString:
        """The ``<li>`` of a card."""
        done = " is-done" if face.is_done else ""
        title = escape(face.title)
        quiet = f'<p class="card-quiet">{escape(face.initiative)}</p>' if face.initiative else ""
        return mark_safe(  # noqa: S308 - every value is escaped where it is put in
            f'<li class="card-face{done}" id="task-{face.pk}" data-pk="{face.pk}"'
            f' data-order="{face.order}" data-version="{face.version}" data-moves="{face.moves}"'
            f' data-title="{title}">'
            f"{''.join(self.chip(*each) for each in face.labels)}"
            f'<a class="card-title" href="{str(face.pk).join(self.page)}">{title}</a>'
            f"{self._hold(face)}{quiet}"
            f'<p class="card-facts">{"".join(self._facts(face))}</p>'
            f'<p class="card-foot">{self._person(face)}'
            f"{self._move(face.pk, title)}</p></li>"
        )

    def _hold(self, face: Face) -> str:
        if not face.hold_reason:
            return ""
        since = ""
        if face.hold_since:
            said = self.words["since"] % {"day": self.day(face.hold_since)}
            since = f' <span class="text-muted">{said}</span>'
        reason = f"<span>{escape(face.hold_reason)}{since}</span>"
        return f'<p class="card-hold">{self.icons["circle-pause"]}{reason}</p>'

    def _facts(self, face: Face) -> list[str]:
        facts = []
        if face.priority == Task.Priority.HIGH.value:
            facts.append(fact(self.icons["flag"] + self.words["high"], "tone-bad"))
        elif face.priority == Task.Priority.LOW.value:
            facts.append(fact(self.icons["arrow-down"] + self.words["low"]))
        if face.due_date:
            facts.append(self._due(face, face.due_date))
        if face.steps_all:
            ticked = f"{face.steps_done}/{face.steps_all}"
            facts.append(self._counted("list-checks", "checklist", ticked))
        if face.comments:
            facts.append(self._counted("message-circle", "comments", str(face.comments)))
        for title, path in face.links:
            short = escape(Truncator(title).chars(28))
            inside = f"{self.icons['link']}{short}"
            facts.append(f'<a class="card-fact" href="{escape(path)}">{inside}</a>')
        if face.repeats:
            hidden = f'<span class="sr-only">{self.words["repeats"]}</span>'
            facts.append(fact(self.icons["repeat-2"] + hidden))
        if face.reviewer and face.status == Status.REVIEW.value:
            said = self.words["reviews"] % {"person": escape(face.reviewer)}
            facts.append(fact(self.icons["eye"] + said))
        if face.moved_on:
            said = ngettext("moved on %(n)s time", "moved on %(n)s times", face.moved_on)
            facts.append(fact(self.icons["history"] + escape(said % {"n": face.moved_on})))
        return facts

    def _counted(self, picture: str, word: str, said: str) -> str:
        hidden = f'<span class="sr-only">{self.words[word]}: </span>'
        return fact(self.icons[picture] + hidden + said)

    def _due(self, face: Face, day: dt.date) -> str:
        moment = f'<time datetime="{day.isoformat()}">{self.day(day)}</time>'
        if face.is_late:
            said = f"{self.icons['triangle-alert']}{moment} {self.words['late']}"
            return fact(said, "tone-bad")
        if face.is_today:
            return fact(f"{self.icons['calendar']}{moment} {self.words['today']}", "tone-warn")
        return fact(self.icons["calendar"] + moment)

    def _person(self, face: Face) -> str:
        who = self.who(face.assignee) if face.assignee else self.words["nobody"]
        if not face.assignee:
            who = f'<span class="text-muted">{who}</span>'
        role = self.roles.get(face.role, "")
        more = f' <span class="card-role">{role}</span>' if role else ""
        return f'<span class="card-who">{who}{more}</span>'

    def _move(self, pk: int, title: str) -> str:
        """``title`` is escaped already."""
        if not self.may_write:
            return ""
        url = str(pk).join(self.away)
        label = self.words["move_it"] % {"title": title}
        inside = f"{self.icons['signpost']}<span>{self.words['move']}</span>"
        return (
            f'<a class="card-move" href="{url}" aria-label="{label}" data-moves-card>{inside}</a>'
        )


def _words() -> dict[str, str]:
    return {
        "late": _("late"),
        "today": _("today"),
        "since": _("since %(day)s"),
        "nobody": _("Nobody yet"),
        "reviews": _("%(person)s reviews"),
        "move": _("Move"),
        "move_it": _("Move “%(title)s”"),
        "checklist": _("Checklist"),
        "comments": _("Comments"),
        "repeats": _("Repeats"),
        "high": pgettext("priority", "High"),
        "low": pgettext("priority", "Low"),
    }


def _day(day: dt.date) -> str:
    return escape(date_format(day, "MONTH_DAY_FORMAT"))


def _who(name: str) -> str:
    return f'<span class="avatar" aria-hidden="true">{escape(initials(name))}</span>{escape(name)}'


def _chip(name: str, colour: str) -> str:
    return f'<span class="label label-{colour}">{escape(name)}</span>'


def fact(inside: str, tone: str = "") -> str:
    return f'<span class="{f"{tone} " if tone else ""}card-fact">{inside}</span>'
