"""The ideas shelf."""

from collections import Counter
from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.actions import collecting
from waypost.content.formats import FORMATS
from waypost.content.models import FeedEntry, Kind, Status
from waypost.content.tags import tidy, words
from waypost.content.work import read_feed
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

ENTRIES = 30  # newest of all feeds
PER_PAGE = 40
MOST_TAGS = 40


class IdeaForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Your idea"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"placeholder": gettext_lazy("A few words that remind you are enough")}
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=Kind.choices, initial=Kind.POST, required=False
    )
    tags = forms.CharField(label=gettext_lazy("Tags"), max_length=300, required=False)


class FeedForm(forms.Form):
    url = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "RSS or Atom, for example https://example.com/feed.xml. It is read every hour."
        ),
    )


@business_view("content.view")
@require_safe
def ideas(request: BusinessRequest) -> HttpResponse:
    return _show(request)


@business_view("content.write")
@require_POST
def idea_new(request: BusinessRequest) -> HttpResponse:
    form = IdeaForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    said = form.cleaned_data
    kind, tags = said["kind"] or Kind.POST, tidy(said["tags"])
    collecting.capture(request.business, title=said["title"], kind=kind, tags=tags, by=request.user)
    messages.success(request, _("The idea is on the shelf."))
    return redirect("content:ideas", request.business.slug)


@business_view("content.write")
@require_POST
def feed_new(request: BusinessRequest) -> HttpResponse:
    form = FeedForm(request.POST)
    if form.is_valid():
        try:
            feed = collecting.subscribe(request.business, url=form.cleaned_data["url"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            read_feed(feed.pk)
            messages.success(request, _("The feed is being read. Its entries appear here soon."))
            return redirect("content:ideas", request.business.slug)
    return _show(request, feed_form=form)


@business_view("content.write")
@require_POST
def feed_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.business.feeds, pk=pk).delete()
    messages.success(request, _("The feed is removed. Drafts made of it stay."))
    return redirect("content:ideas", request.business.slug)


@business_view("content.write")
@require_POST
def entry_draft(request: BusinessRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(FeedEntry, feed__business=request.business, pk=pk)
    item = collecting.draft_of_entry(entry, by=request.user)
    return redirect("content:edit", request.business.slug, item.pk)


@business_view("content.write")
@require_POST
def product_draft(request: BusinessRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(request.business.products, pk=pk)
    item = collecting.draft_of_product(product, by=request.user)
    return redirect("content:edit", request.business.slug, item.pk)


def _show(
    request: BusinessRequest, *, form: IdeaForm | None = None, feed_form: FeedForm | None = None
) -> HttpResponse:
    business = request.business
    tag, kind = request.GET.get("tag", "")[:300], request.GET.get("kind", "")
    shelf = list(
        business.items.filter(status=Status.IDEA)
        .order_by("-created_at", "-pk")
        .values_list("pk", "kind", "tags")
    )
    fitting = [pk for pk, is_kind, tags in shelf if _fits(is_kind, tags, tag=tag, kind=kind)]
    page = Paginator(fitting, PER_PAGE).get_page(request.GET.get("page"))
    rows = business.items.in_bulk(list(page))
    entries = FeedEntry.objects.filter(feed__business=business).select_related("feed", "item")
    context = {
        "form": form or IdeaForm(),
        "feed_form": feed_form or FeedForm(),
        "ideas": [rows[pk] for pk in page],
        "page": page,
        "tag": tag,
        "tags": _most_used(tags for _pk, _kind, tags in shelf),
        "formats": FORMATS,
        "feeds": business.feeds.all(),
        "entries": entries[:ENTRIES],
        "products": business.products.filter(archived_at=None),
    }
    wrong = (form and form.errors) or (feed_form and feed_form.errors)
    return render(request, "content/ideas.html", context, status=422 if wrong else 200)


def _fits(is_kind: str, tags: str, *, tag: str, kind: str) -> bool:
    known = {word.casefold() for word in words(tags)}
    return (not tag or tag.casefold() in known) and (not kind or is_kind == kind)


def _most_used(tags: Iterable[str]) -> list[str]:
    """The words that most ideas carry, by the alphabet."""
    found = Counter(word for each in tags for word in words(each))
    return sorted((word for word, _count in found.most_common(MOST_TAGS)), key=str.casefold)
