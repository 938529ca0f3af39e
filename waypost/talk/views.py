"""The talk at one place: a page of its own, and its fragment in the drawer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import User
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.talk import actions
from waypost.talk.forms import CommentForm
from waypost.talk.models import Comment, CommentQuerySet
from waypost.talk.places import NoPlace, Place
from waypost.talk.reading import answer_form, edit_form, talks


@business_view("talk.read")
@require_GET
def thread(request: BusinessRequest, token: str) -> HttpResponse:
    place = _place(request, token)
    actions.see(request.user, request.business, place.thread)
    return _show(request, place, CommentForm())


@business_view("talk.write")
@require_POST
def write(request: BusinessRequest, token: str) -> HttpResponse:
    place = _place(request, token)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.write(place, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _show(request, place, form) if form.errors else _again(request, place)


@business_view("talk.write")
@require_POST
def answer(request: BusinessRequest, token: str, pk: int) -> HttpResponse:
    place = _place(request, token)
    root = get_object_or_404(_here(request).roots().filter(thread=place.thread), pk=pk)
    form = answer_form(pk, request.POST)
    if form.is_valid():
        try:
            actions.write(place, by=request.user, reply_to=root, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    if form.errors:
        return _show(request, place, CommentForm(), answering=(pk, form))
    return _again(request, place)


@business_view("talk.write")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(_here(request).standing().by(request.user), pk=pk)
    form = edit_form(comment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(comment, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _again(request, comment.place)
    return _show(request, comment.place, CommentForm(), editing=(pk, form))


@business_view("talk.write")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(_here(request).standing().by(request.user), pk=pk)
    actions.remove(comment)
    back = reverse("talk:put_back", args=[request.business.slug, pk])
    messages.success(request, _("The comment is removed."), extra_tags=f"undo:{back}")
    return _again(request, comment.place)


@business_view("talk.write")
@require_POST
def put_back(request: BusinessRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(_here(request).by(request.user), pk=pk)
    try:
        actions.put_back(comment)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.info(request, _("The comment is back."))
    return _again(request, comment.place) if request.htmx else redirect(comment.address)


@business_view("talk.write")
@require_POST
def resolve(request: BusinessRequest, pk: int) -> HttpResponse:
    root = get_object_or_404(_here(request).roots(), pk=pk)
    actions.resolve(root, by=request.user)
    return _again(request, root.place)


@business_view("talk.write")
@require_POST
def reopen(request: BusinessRequest, pk: int) -> HttpResponse:
    root = get_object_or_404(_here(request).roots(), pk=pk)
    actions.reopen(root)
    return _again(request, root.place)


@business_view("talk.read")
@require_GET
def visit(request: BusinessRequest, pk: int) -> HttpResponse:
    """To the place of a comment; whoever was called there has come."""
    comment = get_object_or_404(_here(request).standing(), pk=pk)
    actions.see(request.user, request.business, comment.thread)
    return redirect(comment.address)


def _here(request: BusinessRequest) -> CommentQuerySet:
    return request.business.comments.select_related("business", "reply_to")


def _place(request: BusinessRequest, token: str) -> Place:
    try:
        return Place.read(token, request.business)
    except NoPlace:
        raise Http404 from None


def _again(request: BusinessRequest, place: Place) -> HttpResponse:
    """The thread as it is now."""
    if request.htmx:
        return _show(request, place, CommentForm())
    return redirect("talk:thread", request.business.slug, place.token)


def _show(
    request: BusinessRequest,
    place: Place,
    form: CommentForm,
    *,
    answering: tuple[int, CommentForm] | None = None,
    editing: tuple[int, CommentForm] | None = None,
) -> HttpResponse:
    rows = talks(place, request.user, answering=answering, editing=editing)
    wrong = any(each.errors for each in (form, *(pair[1] for pair in (answering, editing) if pair)))
    people = User.objects.filter(memberships__business=request.business).order_by("name")
    context = {
        "place": place,
        "open": [talk for talk in rows if not talk.is_resolved],
        "resolved": [talk for talk in rows if talk.is_resolved],
        "talked": Comment.objects.counts(request.business, place.thread)[place.thread],
        "form": form,
        "people": [str(person) for person in people if person.pk != request.user.pk],
        "may_write": request.member.may("talk.write"),
    }
    template = "talk/drawer.html" if request.htmx else "talk/page.html"
    return render(request, template, context, status=422 if wrong else 200)
