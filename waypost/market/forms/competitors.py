"""Forms of competitors and of their strengths and weaknesses."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from waypost.accounts.models import User
from waypost.kit.careful import CarefulMixin, Trace
from waypost.market.actions.points import LONGEST, MOST, points_of, write_points
from waypost.market.forms.shared import GroupedMixin, area
from waypost.market.models import Competitor, SwotPoint

Quadrant = SwotPoint.Quadrant
NAME = gettext_lazy("What is the company or person called?")
URL = gettext_lazy("Where can one look at them?")
KIND = gettext_lazy("Where do they stand?")
NOT_SAID = gettext_lazy("Not said")


class AddressField(forms.URLField):
    """``drava.example`` is understood as https://drava.example."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {
            "label": URL,
            "required": False,
            "max_length": 500,
            "assume_scheme": "https",
            "help_text": gettext_lazy("The address of their site or profile."),
            "error_messages": {
                "invalid": gettext_lazy("This is no address. Write it like example.com"),
            },
        }
        super().__init__(**{**usual, **kwargs})


class NewCompetitorForm(forms.ModelForm):  # type: ignore[type-arg]
    url = AddressField()

    class Meta:
        model = Competitor
        fields = ("name", "url", "kind")
        labels = {"name": NAME, "kind": KIND}


class CompetitorForm(CarefulMixin, GroupedMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (gettext_lazy("Who it is"), ("name", "url", "kind", "summary")),
        (gettext_lazy("Where they come from"), ("location", "milestones")),
        (gettext_lazy("How they reach people"), ("distribution", "communication")),
        (gettext_lazy("What they want"), ("mission", "goals")),
    )
    EXAMPLES = {
        "summary": gettext_lazy("Pottery in Graz since 1990; forty shops; known for blue cups"),
        "location": gettext_lazy("Graz; a second workshop in Maribor since 2019"),
        "milestones": gettext_lazy("1990 founded; 2012 web shop; 2021 prize for design"),
        "distribution": gettext_lazy("Own shop, gift shops, and a stand at three fairs a year"),
        "communication": gettext_lazy("Instagram every day, a newsletter on Fridays, no videos"),
        "mission": gettext_lazy("“A cup for life”"),
        "goals": gettext_lazy("Sells to hotels since spring; looks for a partner in Germany"),
    }

    url = AddressField()

    class Meta:
        model = Competitor
        fields = (
            "name",
            "url",
            "kind",
            "summary",
            "location",
            "milestones",
            "distribution",
            "communication",
            "mission",
            "goals",
        )
        labels = {
            "name": NAME,
            "kind": KIND,
            "summary": gettext_lazy("In short: who are they?"),
            "location": gettext_lazy("Where are they?"),
            "milestones": gettext_lazy("What were their milestones?"),
            "distribution": gettext_lazy("How and where do they sell?"),
            "communication": gettext_lazy("Where do they speak with customers?"),
            "mission": gettext_lazy("Which mission do they tell?"),
            "goals": gettext_lazy("What do they seem to be after?"),
        }
        widgets = {
            name: area()
            for name in (
                "summary",
                "location",
                "milestones",
                "distribution",
                "communication",
                "mission",
                "goals",
            )
        }


class PointsField(forms.CharField):
    """A list, one point a line."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {"required": False, "widget": area(4), "strip": True}
        super().__init__(**{**usual, **kwargs})

    def clean(self, value: Any) -> str:
        lines = [line.strip(" •–-\t") for line in str(super().clean(value)).splitlines()]
        points = list(dict.fromkeys(line for line in lines if line))
        if len(points) > MOST:
            raise forms.ValidationError(
                ngettext_lazy(
                    "A list holds %(most)d points. Leave %(over)d of them out.",
                    "A list holds %(most)d points. Leave %(over)d of them out.",
                    "over",
                ),
                params={"most": MOST, "over": len(points) - MOST},
            )
        long = next((point for point in points if len(point) > LONGEST), None)
        if long:
            raise forms.ValidationError(
                _("“%(start)s…” is too long: a point has at most %(most)s characters.")
                % {"start": long[:30], "most": LONGEST}
            )
        return "\n".join(points)


class PointsForm(CarefulMixin, forms.Form):
    """The four lists of one competitor."""

    strengths = PointsField(label=gettext_lazy("What do they do best?"))
    weaknesses = PointsField(label=gettext_lazy("Where are they weak?"))
    opportunities = PointsField(label=gettext_lazy("What could help them?"))
    threats = PointsField(label=gettext_lazy("What could harm them?"))


class PointsStore:
    """Keeps the four lists: one row for each point."""

    def __init__(self, competitor: Competitor, *, by: User) -> None:
        self.competitor, self.by = competitor, by
        self._rows: list[SwotPoint] = []

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        # The competitor stands for its points, which may not exist yet.
        Competitor.objects.select_for_update().get(pk=self.competitor.pk)
        self._rows = list(self.competitor.swot_points.select_related("updated_by"))
        found = points_of(self._rows)
        return {name: "\n".join(found[name]) for name in names}

    def write(self, changes: dict[str, Any]) -> None:
        for quadrant, text in changes.items():
            write_points(self.competitor, quadrant, str(text).splitlines(), by=self.by)

    def trace(self, name: str) -> Trace:
        rows = [row for row in self._rows if row.quadrant == name]
        last = max(rows, key=lambda row: row.updated_at, default=None)
        return Trace(str(last.updated_by or ""), last.updated_at) if last else Trace()
