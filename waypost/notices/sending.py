"""What a worker sends: notices that go out at once, and the daily mail."""

import datetime as dt
import logging
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import User
from waypost.kit.backoff import full_jitter
from waypost.kit.mail import sends_mail
from waypost.kit.secrets import UnreadableSecret, unseal
from waypost.notices import chat, letters, push
from waypost.notices.kinds import Way
from waypost.notices.models import Address, Device, Dispatch, Habit, Notice

log = logging.getLogger(__name__)

FIRST_PAUSE = dt.timedelta(minutes=5)
LONGEST_PAUSE = dt.timedelta(hours=3)
GIVE_UP = 20  # tries of one dispatch
AT_A_TIME = 200  # dispatches of one sweep


class Later(Exception):
    """It did not work this time; the text says why."""


def send_due(now: dt.datetime) -> None:
    """Send what is due; each by one worker, and what fails again later."""
    for dispatch in Dispatch.objects.due(now)[:AT_A_TIME]:
        if dispatch.take():
            _send(dispatch, now)


def _send(dispatch: Dispatch, now: dt.datetime) -> None:
    notice = dispatch.notice
    language = notice.user.language or notice.business.language
    try:
        with override(language):
            BY_WAY[Way(dispatch.way)](notice, dispatch.target)
    except Later as why:
        tries = dispatch.tries + 1
        pause = full_jitter(tries, first=FIRST_PAUSE, ceiling=LONGEST_PAUSE)
        again = now + pause if tries < GIVE_UP else None
        log.warning("notice %s could not go out by %s: %s", notice.pk, dispatch.way, why)
        dispatch.note(due_at=again, error=str(why)[:300])
    else:
        dispatch.note(sent_at=now, error="")


def _mail(notice: Notice, target: int) -> None:
    if not sends_mail():
        log.info("no mail about notice %s: WAYPOST_EMAIL_URL is not set", notice.pk)
        return
    try:
        letters.write_at_once(notice)
    except OSError as error:  # everything that smtplib raises is one
        raise Later(repr(error)) from error


def _push(notice: Notice, target: int) -> None:
    device = Device.objects.filter(pk=target, user=notice.user_id).first()
    if device is None:
        return
    try:
        title = str(notice.business)
        push.send(device, title=title, body=str(notice), url=notice.full_url)
    except push.NoDevice as gone:
        log.info("device %s takes no notices any more: %s", device.pk, gone)
        device.delete()
    except (push.NotTaken, UnreadableSecret) as error:
        raise Later(str(error)) from error


def _chat(notice: Notice, target: int) -> None:
    address = Address.objects.filter(pk=target, user=notice.user_id).first()
    if address is not None:
        why = send_chat(address, f"{notice.business}: {notice}", notice.full_url)
        if why:
            raise Later(why)


def send_chat(address: Address, title: str, body: str) -> str:
    """Why it could not be sent, in words, which are kept for the person; empty when it was."""
    try:
        why = chat.send(unseal(address.sealed_url)["url"], title, body)
    except UnreadableSecret:
        why = _("The address cannot be read any more. Add it anew.")
    Address.objects.filter(pk=address.pk).update(broken_reason=why[:300])
    return why


BY_WAY = {Way.MAIL: _mail, Way.PUSH: _push, Way.CHAT: _chat}


def send_digests(now: dt.datetime) -> None:
    """Write the daily mail to everybody whose hour has come and who has something new."""
    if not sends_mail():
        return
    waiting = Notice.objects.to_digest().values("user")
    for user in User.objects.filter(pk__in=waiting, is_active=True).select_related("notice_habit"):
        _digest(user, now)


def _digest(user: User, now: dt.datetime) -> None:
    habit = getattr(user, "notice_habit", None) or Habit.objects.get_or_create(user=user)[0]
    local = now.astimezone(zone_of(habit))
    too_early = habit.digest_after is not None and now < habit.digest_after
    if too_early or local.time() < habit.digest_at or habit.digest_done_on == local.date():
        return
    before = habit.digest_done_on
    mine = Habit.objects.filter(pk=habit.pk, digest_done_on=before, digest_tries=habit.digest_tries)
    if not mine.update(digest_done_on=local.date()):
        return
    notices = list(user.notices.to_digest().select_related("business").order_by("created_at"))
    rows = Habit.objects.filter(pk=habit.pk)
    try:
        if notices:
            letters.write_digest(user, notices)
    except OSError as error:
        tries = habit.digest_tries + 1
        pause = full_jitter(tries, first=FIRST_PAUSE, ceiling=LONGEST_PAUSE)
        log.warning("the daily mail to user %s failed: %r", user.pk, error)
        rows.update(digest_done_on=before, digest_tries=tries, digest_after=now + pause)
        return
    rows.update(digest_tries=0, digest_after=None)
    sent = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=sent).update(digested_at=now)


def zone_of(habit: Habit) -> ZoneInfo:
    """The person's own zone, else that of the business they came to first."""
    if habit.time_zone:
        return ZoneInfo(habit.time_zone)
    first = habit.user.memberships.select_related("business").first()
    return first.business.zone if first else ZoneInfo("UTC")
