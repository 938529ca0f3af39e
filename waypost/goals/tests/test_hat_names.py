"""A role that an initiative may have is offered with the name of who wears it."""

from django.test import Client
from django.urls import reverse

from waypost.accounts.hat_actions import wear, wear_all
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business
from waypost.tests.factories import make_goal


def test_a_role_of_an_initiative_says_who_wears_it(page: Client, business: Business) -> None:
    wear(business, Hat.ADS, by=None, holder=business.members.get())
    goal = make_goal(business)
    form = page.get(reverse("goals:initiative_new", args=[business.slug, goal.pk])).context["form"]
    words = dict(form.fields["owner_role"].choices)
    assert (words["ads"], words["copy"], words[""]) == (
        "Advertising – Olga Owner",
        "Copywriting",
        "No role",
    )


def test_in_solo_work_nobody_is_asked_who_does_it(page: Client, business: Business) -> None:
    member = business.members.get()
    goal = make_goal(business)
    new = reverse("goals:initiative_new", args=[business.slug, goal.pk])
    assert not page.get(new).context["form"]["owner"].is_hidden
    wear_all(business, member, by=None)
    owner = page.get(new).context["form"]["owner"]
    assert (owner.is_hidden, owner.initial) == (True, member.user_id)
    owner = page.get(reverse("goals:new", args=[business.slug])).context["form"]["owner"]
    assert (owner.is_hidden, owner.initial) == (True, member.user_id)
    kept = page.get(reverse("goals:edit", args=[business.slug, goal.pk])).context["form"]["owner"]
    assert (kept.is_hidden, kept.value()) == (True, None)
