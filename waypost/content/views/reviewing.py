"""Links for clients, and the page that they open."""

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.content import actions
from waypost.content.actions import approving, review_links
from waypost.content.models import Item, ReviewLink, Status
from waypost.content.views.deciding import find
from waypost.kit.doors import PRIVATE, private
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

MOST_TRIES, SPAN = 30, 600  # wrong links and answers from one address within seconds


class ReviewLinkForm(forms.Form):
    client = forms.CharField(label=gettext_lazy("Name of the client"), max_length=120)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        coerce=int,
        choices=[
            (days, ngettext_lazy("%d day", "%d days", days) % days) for days in review_links.LASTS
        ],
        initial=7,
    )


class AnswerForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed when you ask for changes."),
    )


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def client_links(request: BusinessRequest, pk: int) -> HttpResponse:
    """Links to one post; a new one is shown once, in the answer that made it."""
    item = find(request, pk)
    form, address = ReviewLinkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            token = _new_link(request, item, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            address = request.build_absolute_uri(reverse("client_review", args=[token]))
    context = {
        "item": item,
        "form": form,
        "address": address,
        "links": item.review_links.select_related("created_by"),
        "now": timezone.now(),
    }
    answer = render(
        request, "content/client_links.html", context, status=422 if form.errors else 200
    )
    answer.headers["Cache-Control"] = PRIVATE["Cache-Control"]
    return answer


@transaction.atomic
def _new_link(request: BusinessRequest, item: Item, form: forms.Form) -> str:
    if item.status in (Status.IDEA, Status.DRAFT):
        actions.submit_for_review(item, by=request.user)
    return review_links.create_review_link(item, by=request.user, **form.cleaned_data)[1]


@business_view("content.write")
@require_POST
def client_link_revoke(request: BusinessRequest, pk: int) -> HttpResponse:
    links = ReviewLink.objects.filter(item__business=request.business)
    link = get_object_or_404(links, pk=pk)
    try:
        review_links.revoke_review_link(link, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return redirect("content:client_links", request.business.slug, link.item_id)


@open_view
@require_http_methods(["GET", "POST"])
def client_review(request: HttpRequest, token: str) -> HttpResponse:
    """The post as its readers will see it, for whoever holds the link."""
    link = _open(request, token)
    if link is None:
        return _private(render(request, "content/client_gone.html", status=404))
    business = link.item.business
    with timezone.override(business.zone), translation.override(business.language):
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and _answered(request, link, form):
            return redirect("client_review", token)
        return _private(_show(request, link, form, token))


def _answered(request: HttpRequest, link: ReviewLink, form: AnswerForm) -> bool:
    try:
        review_links.answer_review(
            link,
            approves=request.POST.get("answer") == "approve",
            comment=form.cleaned_data["comment"],
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _show(request: HttpRequest, link: ReviewLink, form: AnswerForm, token: str) -> HttpResponse:
    item = link.item
    context = {
        "link": link,
        "item": item,
        "token": token,
        "form": form,
        "variants": item.variants.select_related("connection"),
        "pictures": item.pictures.select_related("asset"),
        "seen": approving.fingerprint(item),
        "is_open": item.status == Status.IN_REVIEW and not link.answer,
    }
    status = 422 if form.errors else 200
    return render(request, "content/client_review.html", context, status=status)


@open_view
@require_safe
def client_picture(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """A picture of the post, for whoever holds the link."""
    link = _open(request, token)
    use = link and link.item.pictures.select_related("asset").filter(pk=number).first()
    if not use:
        raise Http404
    answer = FileResponse(use.asset.file.open("rb"), content_type=use.asset.mime)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = PRIVATE["Cache-Control"]
    return answer


def _open(request: HttpRequest, token: str) -> ReviewLink | None:
    """The link, unless this address guessed or answered too often just now."""
    key = f"client-review-{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(key, 0) >= MOST_TRIES:
        return None
    link = review_links.find_review_link(token)
    if link is None or request.method == "POST":
        cache.add(key, 0, SPAN)
        cache.incr(key)
    return link


def _private(answer: HttpResponse) -> HttpResponse:
    return private(answer, Referrer_Policy="same-origin")
