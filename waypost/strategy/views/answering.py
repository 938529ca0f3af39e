"""Answering: one question or a short group a screen, saved while it is typed."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit import careful
from waypost.strategy import actions
from waypost.strategy.anniversary import FOUNDED, Anniversary, anniversary
from waypost.strategy.forms import ScreenForm
from waypost.strategy.models import AnswerText, State
from waypost.strategy.onepage import BEHIND, mission_draft
from waypost.strategy.progress import THREADS, Chapter, Outline, Told
from waypost.strategy.questions import Kind, Question, Section, path
from waypost.strategy.rows import RowsOf
from waypost.strategy.saving import STATE, AnswerStore, field_name
from waypost.strategy.sections import BY_KEY
from waypost.strategy.values import words
from waypost.strategy.views.shared import (
    ToldByRows,
    chapter_or_404,
    filled_in,
    records_url,
    screen_url,
    section_url,
    told_by_rows,
)
from waypost.talk.models import Comment


@dataclass(frozen=True)
class Asked:
    """A question on its screen: its fields, and what helps to answer it."""

    told: Told
    fields: list[tuple[BoundField, bool]]  # and whether it has a label of its own
    state: BoundField | None
    told_by: ToldByRows
    draft: str = ""  # that Waypost made from other answers
    behind: tuple[Section, ...] = ()  # the sections the draft came from
    anniversary: Anniversary | None = None

    @property
    def question(self) -> Question:
        return self.told.question

    @property
    def starts(self) -> str:
        """The id of the field that an example may be put into."""
        kinds = (Kind.TEXT, Kind.LINE, Kind.LIST, Kind.TIMELINE)
        found = zip(self.question.parts, self.fields, strict=True)
        return next((str(field.auto_id) for part, (field, _own) in found if part.kind in kinds), "")

    @property
    def thread(self) -> str:
        return self.told.thread


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def screen(request: BusinessRequest, key: str, number: int) -> HttpResponse:
    whole, chapter = chapter_or_404(request, key)
    at = number - 1
    if not 0 <= at < len(chapter.section.screens):
        raise Http404
    answers = {told.key: told.answer for told in chapter.told if told.answer}
    form = ScreenForm(request.POST or None, section=chapter.section, screen=at, answers=answers)
    store = AnswerStore(request.business, chapter.section, at, by=request.user)
    saved = careful.save(form, store, by=request.user)
    return careful.respond(
        request,
        form,
        saved,
        template="strategy/screen.html",
        context=_context(request, whole, chapter, at, form),
        then=_then(request, chapter, at),
    )


def _then(request: BusinessRequest, chapter: Chapter, at: int) -> str:
    """The next screen, or the section when this was the last one."""
    if "stay" in request.POST:
        return request.path
    if at + 1 < len(chapter.section.screens):
        return screen_url(request, chapter.section, at + 1)
    return section_url(request, chapter.section)


def _context(
    request: BusinessRequest, whole: Outline, chapter: Chapter, at: int, form: ScreenForm
) -> dict[str, object]:
    section, number_of_screens = chapter.section, len(chapter.section.screens)
    shown = {question.key for question in section.screens[at]}
    drafts, rows = _drafts(request, chapter, shown), RowsOf(request.business)
    return {
        "section": section,
        "chapter": chapter,
        "outline": whole,
        "number": at + 1,
        "screens": number_of_screens,
        "asked": [
            _asked(told, form, rows, drafts.get(told.question.key, ""))
            for told in chapter.told
            if told.question.key in shown
        ],
        "before": screen_url(request, section, at - 1) if at else "",
        "after": screen_url(request, section, at + 1) if at + 1 < number_of_screens else "",
        "is_typed": bool(form.fields),
        "records": records_url(request, section),
        "section_path": section_url(request, section),
        "counts": Comment.objects.counts(request.business, THREADS),
    }


def _asked(told: Told, form: ScreenForm, rows: RowsOf, draft: str) -> Asked:
    question = told.question
    if not question.is_asked_here:
        return Asked(told, [], None, told_by_rows(told, rows))
    fields = [(form[field_name(question, part.name)], bool(part.label)) for part in question.parts]
    behind = tuple(BY_KEY[key] for key in BEHIND[question.key]) if _is_core(told) else ()
    state = form[field_name(question, STATE)]
    return Asked(told, fields, state, ToldByRows(), draft, behind, _anniversary(told))


def _anniversary(told: Told) -> Anniversary | None:
    if told.key != FOUNDED or told.answer is None or "date" not in told.answer.value:
        return None
    return anniversary(told.answer.value["date"], timezone.localdate())


def _is_core(told: Told) -> bool:
    return told.section.key == "core" and not told.question.own


def _drafts(request: BusinessRequest, chapter: Chapter, shown: set[str]) -> dict[str, str]:
    """What Waypost can say itself to a question of this screen."""
    if chapter.section.key == "mission" and "statement" in shown:
        return {"statement": mission_draft(request.business.answers.of("mission").by_key())}
    return filled_in(request.business, chapter)


@business_view("strategy.edit")
@require_POST
def relevant(request: BusinessRequest, key: str, question: str) -> HttpResponse:
    """Say of a question that rows answer whether it counts."""
    _whole, chapter = chapter_or_404(request, key)
    told = _told_or_404(chapter, question)
    counts = told.state == State.NOT_RELEVANT
    actions.say_not_relevant(request.business, told.key, relevant=counts, by=request.user)
    return redirect(section_url(request, chapter.section))


@business_view("strategy.view")
@require_GET
def history(request: BusinessRequest, key: str, question: str) -> HttpResponse:
    """What was answered before, by whom and when."""
    _whole, chapter = chapter_or_404(request, key)
    told = _told_or_404(chapter, question)
    texts = AnswerText.objects.filter(
        answer__business=request.business, answer__key=path(chapter.section, told.question)
    ).select_related("author")
    context = {
        "told": told,
        "section": chapter.section,
        "texts": [(text, words(told.question, text.value)) for text in texts],
        "may_edit": request.member.may("strategy.edit"),
    }
    return render(request, "strategy/history.html", context)


@business_view("strategy.edit")
@require_POST
def restore(request: BusinessRequest, pk: int) -> HttpResponse:
    texts = AnswerText.objects.filter(answer__business=request.business)
    text = get_object_or_404(texts.select_related("answer__business"), pk=pk)
    actions.restore_text(text, by=request.user)
    messages.success(request, _("The earlier text is the answer again."))
    key, question = text.answer.key.split(".", 1)
    return redirect("strategy:history", request.business.slug, key, question)


def _told_or_404(chapter: Chapter, question: str) -> Told:
    found = next((one for one in chapter.told if one.question.key == question), None)
    if found is None:
        raise Http404
    return found
