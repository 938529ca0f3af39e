"""What helps to write: saved texts, the rule for links, and short links for everybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.content.actions.shortening import count
from waypost.content.models import LinkRule, SavedText, ShortLink
from waypost.content.text_forms import LinkRuleForm, SavedTextForm


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def texts(request: BusinessRequest) -> HttpResponse:
    form = SavedTextForm(request.POST or None, instance=SavedText(business=request.business))
    if form.is_valid():
        form.save()
        messages.success(request, _("The text is saved."))
        return redirect("content:texts", request.business.slug)
    context = {"form": form, "texts": request.business.saved_texts.all()}
    return render(request, "content/texts.html", context, status=422 if form.errors else 200)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def text_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    text = get_object_or_404(request.business.saved_texts, pk=pk)
    form = SavedTextForm(request.POST or None, instance=text)
    if form.is_valid():
        form.save()
        messages.success(request, _("The text is saved."))
        return redirect("content:texts", request.business.slug)
    context = {"form": form, "text": text}
    return render(request, "content/text.html", context, status=422 if form.errors else 200)


@business_view("content.write")
@require_POST
def text_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.business.saved_texts, pk=pk).delete()
    messages.success(request, _("The text is removed."))
    return redirect("content:texts", request.business.slug)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def link_rule(request: BusinessRequest) -> HttpResponse:
    rule = LinkRule.objects.filter(business=request.business).first()
    form = LinkRuleForm(request.POST or None, instance=rule or LinkRule(business=request.business))
    if form.is_valid():
        form.save()
        messages.success(
            request, _("The rule is saved. It holds for posts that go out from now on.")
        )
        return redirect("content:link_rule", request.business.slug)
    return render(
        request, "content/link_rule.html", {"form": form}, status=422 if form.errors else 200
    )


@open_view
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """To the target that was stored with the short link, and nowhere else."""
    link = ShortLink.objects.filter(code=code).first()
    if link is None or not link.target.startswith(("http://", "https://")):
        raise Http404
    if request.method == "GET":
        count(link, agent=request.headers.get("User-Agent", ""))
    answer = HttpResponseRedirect(link.target)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer-when-downgrade"
    return answer
