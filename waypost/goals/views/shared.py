"""What the pages of goals and of initiatives have in common."""

from typing import Any

from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from waypost.accounts.guard import BusinessRequest
from waypost.goals.models import Goal


def form_page(
    request: BusinessRequest, template: str, form: "ModelForm[Any]", **context: Any
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def goal_url(request: BusinessRequest, goal: Goal) -> str:
    return reverse("goals:goal", args=[request.business.slug, goal.pk])
