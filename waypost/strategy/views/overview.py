"""The strategy as a whole, and each of its sections."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.strategy import actions
from waypost.strategy.forms import ConclusionForm, OwnQuestionForm
from waypost.strategy.journey import stages
from waypost.strategy.progress import THREADS, Chapter, Outline, Told
from waypost.strategy.progress import outline as outline_of
from waypost.strategy.questions import Question
from waypost.strategy.rows import RowsOf
from waypost.strategy.values import words
from waypost.strategy.views.shared import (
    ToldByRows,
    chapter_or_404,
    filled_in,
    next_url,
    open_url,
    records_url,
    section_url,
    told_by_rows,
)
from waypost.talk.models import Comment


@dataclass(frozen=True)
class Line:
    """One question on the page of its section."""

    told: Told
    text: str
    url: str
    told_by: ToldByRows

    @property
    def question(self) -> Question:
        return self.told.question

    @property
    def thread(self) -> str:
        return self.told.thread

    @property
    def own_pk(self) -> int | None:
        return int(self.question.key.removeprefix("own-")) if self.question.own else None


@business_view("strategy.view")
@require_GET
def overview(request: BusinessRequest) -> HttpResponse:
    whole = outline_of(request.business, texts=False)
    core = whole.chapters[0]
    context = {
        "outline": whole,
        "core": core,
        "chapters": [one for one in whole.shown if one is not core],
        "hidden": [one for one in whole.chapters if one.hidden],
        "resume": next_url(request, _resume(request, whole)),
        "last_version": request.business.strategy_versions.defer("content").first(),
        "may_edit": request.member.may("strategy.edit"),
    }
    return render(request, "strategy/overview.html", context)


def _resume(request: BusinessRequest, whole: Outline) -> Told | None:
    """The first open question after the one that this person answered last."""
    told = whole.progress.told
    mine = [
        (one.answer.updated_at, at)
        for at, one in enumerate(told)
        if one.answer and one.answer.updated_by_id == request.user.pk
    ]
    start = max(mine)[1] + 1 if mine else 0
    return next((one for one in (*told[start:], *told[:start]) if one.is_open), None)


@business_view("strategy.view")
@require_GET
def section(request: BusinessRequest, key: str) -> HttpResponse:
    whole, chapter = chapter_or_404(request, key)
    context = {
        **section_context(request, whole, chapter),
        "own_form": OwnQuestionForm(),
        "conclusion_form": ConclusionForm(section=key),
    }
    return render(request, "strategy/section.html", context)


def section_context(
    request: BusinessRequest, whole: Outline, chapter: Chapter
) -> dict[str, object]:
    after = whole.after(chapter)
    rows = RowsOf(request.business)
    filled = filled_in(request.business, chapter)
    return {
        "chapter": chapter,
        "section": chapter.section,
        "lines": [_line(request, told, rows, filled) for told in chapter.told],
        "next": next_url(request, chapter.progress.next_open),
        "after": after if after is not chapter else None,
        "records": records_url(request, chapter.section),
        "counts": Comment.objects.counts(request.business, THREADS),
        "conclusions": request.business.conclusions.filter(
            section=chapter.section.key
        ).select_related("goal", "initiative", "task__initiative"),
        "may_edit": request.member.may("strategy.edit"),
        "stages": stages(request.business, chapter) if chapter.section.key == "journey" else [],
    }


def _line(request: BusinessRequest, told: Told, rows: RowsOf, filled: Mapping[str, str]) -> Line:
    value = told.answer.value if told.answer else {}
    text = words(told.question, value) if value else ""
    return Line(
        told,
        text or filled.get(told.question.key, ""),
        open_url(request, told),
        told_by_rows(told, rows),
    )


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def add_question(request: BusinessRequest, key: str) -> HttpResponse:
    whole, chapter = chapter_or_404(request, key)
    form = OwnQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(request.business, chapter.section, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The question is added at the end of this section."))
            return redirect(section_url(request, chapter.section))
    context = {
        **section_context(request, whole, chapter),
        "own_form": form,
        "conclusion_form": ConclusionForm(section=key),
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategy/section.html", context, status=status)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def remove_question(request: BusinessRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(request.business.own_questions, pk=pk)
    back = reverse("strategy:section", args=[request.business.slug, question.section])
    if request.method == "POST":
        actions.remove_question(question)
        messages.success(request, _("The question and its answer are removed."))
        return redirect(back)
    answered = request.business.answers.filter(key=f"{question.section}.{question.key}").exists()
    context = {"question": question, "answered": answered, "back": back}
    return render(request, "strategy/question_remove.html", context)


@business_view("strategy.edit")
@require_POST
def hide(request: BusinessRequest, key: str) -> HttpResponse:
    _whole, chapter = chapter_or_404(request, key)
    try:
        actions.hide_section(request.business, chapter.section)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(section_url(request, chapter.section))
    undo = reverse("strategy:show", args=[request.business.slug, key])
    text = _("“%(section)s” is hidden. Its answers are kept.") % {"section": chapter.section.title}
    messages.success(request, text, extra_tags=f"undo:{undo}")
    return redirect("strategy:overview", request.business.slug)


@business_view("strategy.edit")
@require_POST
def show(request: BusinessRequest, key: str) -> HttpResponse:
    _whole, chapter = chapter_or_404(request, key)
    actions.show_section(request.business, chapter.section)
    return redirect(section_url(request, chapter.section))
