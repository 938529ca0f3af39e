"""The calendar as a file, with what became of each post: where it stands and what it brought."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Business
from waypost.content.exchange import buffer
from waypost.content.exchange.export import FORMATS, CalendarFile
from waypost.content.exchange.export_form import ExportForm
from waypost.content.exchange.rows import Outcome, Place
from waypost.content.models import Item
from waypost.documents.kinds import ExportKind
from waypost.documents.rendering import MIMES
from waypost.insights.results import results
from waypost.publishing.models import Delivery


def outcomes(business: Business, items: Sequence[Item]) -> Mapping[Place, Outcome]:
    """Of the posts themselves, without further parts; three queries for any number."""
    rows = Delivery.objects.published().filter(item__business=business, part=0)
    if len(items) <= 500:
        rows = rows.filter(item__in=[item.pk for item in items])
    return {
        (each.delivery.item_id, each.delivery.connection_id): Outcome(
            each.delivery.remote_url,
            each.snapshot.reach if each.snapshot else None,
            each.interactions,
        )
        for each in results(rows.select_related("connection"), until=timezone.now())
    }


class _Renderer:
    """``waypost export calendar`` in one format."""

    def __init__(self, format_name: str) -> None:
        self.format_name = format_name

    def __call__(self, business: Business | None, *, blank: bool = False) -> bytes:
        return CalendarFile(business, blank=blank, outcomes=outcomes).write(self.format_name)


CALENDAR = ExportKind("calendar", {name: _Renderer(name) for name in FORMATS})


@business_view("content.view")
@require_GET
def calendar_file(request: BusinessRequest, format_name: str) -> HttpResponse:
    """The filters of the calendar stand in the address; ``?blank`` asks for the template."""
    if format_name not in FORMATS:
        raise Http404
    blank = "blank" in request.GET
    form = ExportForm(request.business, request.GET)
    wanted = form.wanted()
    if format_name == "buffer" and (why := _why_not_buffer(form, blank)):
        messages.error(request, why)
        answer = redirect("content:exchange", request.business.slug)
        answer["Location"] += f"?{request.GET.urlencode()}"
        return answer
    file = CalendarFile(
        request.business,
        wanted,
        blank=blank,
        period=form.period_words(),
        separator=form.sign,
        outcomes=outcomes,
    )
    return _download(request, format_name, file)


def _why_not_buffer(form: ExportForm, blank: bool) -> str:
    if blank:
        return ""
    wanted = form.wanted()
    if not wanted.filters.get("channel"):
        return _("A file for Buffer holds one channel. Choose the channel, then download it.")
    number = form.business.items.matching(**wanted.filters).exclude(status__in=buffer.OVER)
    if wanted.first:
        number = number.filter(due_at__date__gte=wanted.first)
    if wanted.last:
        number = number.filter(due_at__date__lte=wanted.last)
    if number.exclude(due_at=None).count() > buffer.MOST:
        words = _("Buffer takes at most %(n)s posts in one file. Choose a shorter time.")
        return words % {"n": buffer.MOST}
    return ""


def _download(request: BusinessRequest, format_name: str, file: CalendarFile) -> HttpResponse:
    suffix = "csv" if format_name == "buffer" else format_name
    words = [request.business.slug, "buffer" if format_name == "buffer" else "calendar"]
    if file.blank:
        words.append("template")
    elif format_name == "pdf" or file.wanted.is_bounded:
        words.append(str(file.wanted.month))
    answer = HttpResponse(file.write(format_name), content_type=MIMES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="{"-".join(words)}.{suffix}"'
    return answer
