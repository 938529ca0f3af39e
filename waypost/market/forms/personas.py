"""Forms of personas."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.kit.careful import CarefulMixin
from waypost.market.forms.shared import GroupedMixin, PictureField, area
from waypost.market.kinds import Kind
from waypost.market.models import Persona

OLDEST = 120

TEXTS = (
    "professional",
    "personal",
    "communication",
    "business_goals",
    "personal_goals",
    "challenges",
    "impact",
    "objections",
    "usp",
    "exclusion_rule",
)


class NewPersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Persona
        fields = ("name", "tagline", "negative")
        labels = {
            "name": gettext_lazy("What shall they be called?"),
            "tagline": gettext_lazy("Who are they in three words?"),
            "negative": gettext_lazy("This is somebody we do not want as a customer"),
        }
        help_texts = {
            "name": gettext_lazy(
                "An invented name that you will remember, for example “Katja Novak”."
            ),
            "tagline": gettext_lazy("For example “Gives with care”."),
            "negative": gettext_lazy(
                "A negative persona says whom advertisements should leave out."
            ),
        }


class PersonaForm(CarefulMixin, GroupedMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (gettext_lazy("Name and picture"), ("name", "tagline", "picture")),
        (gettext_lazy("Work and private life"), ("professional", "income", "personal")),
        (gettext_lazy("Age, gender, place"), ("age_from", "age_to", "gender", "location")),
        (gettext_lazy("Channels and content"), ("communication", "channels", "formats")),
        (gettext_lazy("What they want"), ("business_goals", "personal_goals", "challenges")),
        (gettext_lazy("What you are to them"), ("impact", "objections", "usp")),
        (gettext_lazy("Not a customer?"), ("negative", "exclusion_rule")),
    )
    EXAMPLES = {
        "professional": gettext_lazy(
            "Physiotherapist in a clinic for eight years; earns a little more than most"
        ),
        "personal": gettext_lazy("Lives with her partner and two school children; no car"),
        "communication": gettext_lazy(
            "Instagram after nine in the evening; newsletters on the bus; likes instructions"
        ),
        "business_goals": gettext_lazy("A practice of her own in three years"),
        "personal_goals": gettext_lazy("Presents that people keep, bought in good time"),
        "challenges": gettext_lazy("Little time; does not trust shops that she does not know"),
        "impact": gettext_lazy("An hour of searching, and the worry whether it will please"),
        "objections": gettext_lazy("Is it dear? Will it arrive whole? Who are these people?"),
        "usp": gettext_lazy(
            "Wrapped by hand, at the door in two days, replaced at once when broken"
        ),
        "exclusion_rule": gettext_lazy(
            "Leave out the interests “coupons” and “free samples”; never advertise a discount"
        ),
    }

    picture = PictureField(label=gettext_lazy("A picture from the library"))
    age_from = forms.IntegerField(
        label=gettext_lazy("Age from"), required=False, min_value=0, max_value=OLDEST
    )
    age_to = forms.IntegerField(
        label=gettext_lazy("Age to"), required=False, min_value=0, max_value=OLDEST
    )
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("Which kinds of content do they like?"),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Persona
        fields = (
            "name",
            "tagline",
            "picture",
            "professional",
            "income",
            "personal",
            "age_from",
            "age_to",
            "gender",
            "location",
            "communication",
            "channels",
            "formats",
            "business_goals",
            "personal_goals",
            "challenges",
            "impact",
            "objections",
            "usp",
            "negative",
            "exclusion_rule",
        )
        labels = {
            "name": gettext_lazy("What are they called?"),
            "tagline": gettext_lazy("Who are they in three words?"),
            "professional": gettext_lazy("What is their work: role, experience?"),
            "income": gettext_lazy("What do they earn, beside others in their country?"),
            "personal": gettext_lazy("What is their private life: partner, children?"),
            "gender": gettext_lazy("Gender"),
            "location": gettext_lazy("Where do they live?"),
            "communication": gettext_lazy("Where and when do they read and watch, and what?"),
            "channels": gettext_lazy("On which of your channels do you meet them?"),
            "business_goals": gettext_lazy("What do they want at work?"),
            "personal_goals": gettext_lazy("What do they want in private?"),
            "challenges": gettext_lazy("What is in their way: time, money, knowledge?"),
            "impact": gettext_lazy("What do you save them or give them?"),
            "objections": gettext_lazy("What makes them hesitate?"),
            "usp": gettext_lazy("Why do they buy from you all the same?"),
            "negative": gettext_lazy("This is somebody we do not want as a customer"),
            "exclusion_rule": gettext_lazy("How do advertisements leave them out?"),
        }
        help_texts = {
            "objections": gettext_lazy("One worry a line: safety, price, an unknown name."),
        }
        widgets = {
            **{name: area() for name in TEXTS},
            "channels": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picture, channels = self.fields["picture"], self.fields["channels"]
        assert isinstance(picture, PictureField)
        picture.offer(business, self.instance.picture_id)
        assert isinstance(channels, forms.ModelMultipleChoiceField)
        channels.queryset = business.channels.all()
        if not channels.queryset:
            del self.fields["channels"]

    def clean_age_to(self) -> int | None:
        start, end = self.cleaned_data.get("age_from"), self.cleaned_data["age_to"]
        if start is not None and end is not None and end < start:
            raise forms.ValidationError(
                _("It is below the first age. Write %(age)s or more.") % {"age": start}
            )
        return int(end) if end is not None else None
