"""Pages of notices: the list, and how somebody wants them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.mail import sends_mail
from waypost.notices import actions, chat, letters, push, sending
from waypost.notices.forms import AddressForm, ChoiceForm, DeviceForm
from waypost.notices.models import NoticeQuerySet

PAGE = 50


def _own(request: BusinessRequest) -> NoticeQuerySet:
    rows: NoticeQuerySet = request.user.notices.filter(business=request.business)
    return rows.select_related("business")


@business_view("notices.view")
@never_cache
@require_GET
def notices(request: BusinessRequest) -> HttpResponse:
    rows = _own(request).shown()
    context = {
        "lines": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "unread": rows.unread().count(),
    }
    return render(request, "notices/list.html", context)


@business_view("notices.view")
@require_GET
def visit(request: BusinessRequest, pk: int) -> HttpResponse:
    """To what a notice is about; it is read then."""
    notice = get_object_or_404(_own(request), pk=pk)
    actions.read(notice)
    return redirect(notice.url)


@business_view("notices.view")
@require_POST
def toggle(request: BusinessRequest, pk: int) -> HttpResponse:
    """Read becomes unread, and the other way round."""
    notice = get_object_or_404(_own(request), pk=pk)
    (actions.mark_unread if notice.read_at else actions.read)(notice)
    return redirect("notices:list", request.business.slug)


@business_view("notices.view")
@require_POST
def read_all(request: BusinessRequest) -> HttpResponse:
    actions.read_all(request.user, request.business)
    return redirect("notices:list", request.business.slug)


@business_view("notices.view")
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: BusinessRequest) -> HttpResponse:
    form = ChoiceForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Notices come to you as you chose."))
        return redirect("notices:choose", request.business.slug)
    return _choose_page(request, form, AddressForm())


def _choose_page(
    request: BusinessRequest, form: ChoiceForm, address_form: AddressForm
) -> HttpResponse:
    context = {
        "form": form,
        "address_form": address_form,
        "mails": sends_mail(),
        "devices": request.user.devices.all(),
        "addresses": request.user.chat_addresses.all(),
        "push_key": push.public_key() if push.is_there() else "",
        "chats": chat.is_there(),
    }
    wrong = form.errors or address_form.errors
    return render(request, "notices/choose.html", context, status=422 if wrong else 200)


@business_view("notices.view")
@require_POST
def device_add(request: BusinessRequest) -> HttpResponse:
    """The browser says where it takes notices."""
    form = DeviceForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(_("This browser did not say where notices go. Try again."))
        actions.add_device(request.user, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("This device shows notices from now on."))
    return redirect("notices:choose", request.business.slug)


@business_view("notices.view")
@require_POST
def device_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    actions.remove_device(get_object_or_404(request.user.devices, pk=pk))
    messages.success(request, _("The device shows no notices any more."))
    return redirect("notices:choose", request.business.slug)


@business_view("notices.view")
@require_POST
def address_add(request: BusinessRequest) -> HttpResponse:
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            address = actions.add_address(request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            told = _("%(service)s was added. Try it with a message.")
            messages.success(request, told % {"service": address})
            return redirect("notices:choose", request.business.slug)
    return _choose_page(request, ChoiceForm(request.user, None), form)


@business_view("notices.view")
@require_POST
def address_try(request: BusinessRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(request.user.chat_addresses, pk=pk)
    if why := sending.send_chat(address, "Waypost", _("This is a test. Notices arrive here.")):
        messages.error(request, why)
    else:
        messages.success(request, _("The message was sent. Look whether it has arrived."))
    return redirect("notices:choose", request.business.slug)


@business_view("notices.view")
@require_POST
def address_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    actions.remove_address(get_object_or_404(request.user.chat_addresses, pk=pk))
    messages.success(request, _("The address is removed."))
    return redirect("notices:choose", request.business.slug)


@csrf_exempt
@open_view
@never_cache
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in a mail opens; mail programs post to it without asking (RFC 8058).

    No form of ours need prove itself: the link is signed and can do this one thing.
    """
    found = letters.read_off(token)
    if found is None:
        return render(request, "notices/off.html", {"known": False}, status=404)
    user, way, kinds = found
    if request.method == "POST":
        actions.turn_off(user, way, kinds)
    context = {"known": True, "done": request.method == "POST", "way": way.label}
    return render(request, "notices/off.html", context)


@open_view
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser keeps to show notices; it must lie at the root."""
    answer = HttpResponse(WORKER, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


WORKER = """\
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(told.title || "Waypost", {
      body: told.body || "",
      data: { url: told.url || "/" },
      tag: told.url || "waypost",
    }),
  );
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
"""
