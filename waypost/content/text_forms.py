"""Forms for saved texts and for the rule that tags links."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.content.models import LinkRule, SavedText


class SavedTextForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    class Meta:
        model = SavedText
        fields = ("kind", "name", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "body": gettext_lazy(
                "You may write {product}, {price}, {initiative}, {business} or {date}:"
                " they are filled in when you insert it."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = SavedText.Kind.choices


class LinkRuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    class Meta:
        model = LinkRule
        labels = {
            "source": gettext_lazy("Source (utm_source)"),
            "medium": gettext_lazy("Medium (utm_medium)"),
            "campaign": gettext_lazy("Campaign (utm_campaign)"),
            "content": gettext_lazy("Content (utm_content)"),
        }
        fields = ("active", "source", "medium", "campaign", "content", "sites", "shortens")
        help_texts = {
            "source": gettext_lazy(
                "Where the click comes from. {network} is the channel’s network."
            ),
            "medium": gettext_lazy("Mostly “social”; “paid_social” for advertisements."),
            "campaign": gettext_lazy("{initiative} is the title of the post’s initiative."),
            "content": gettext_lazy("{item} is the number and title of the post, {type} its type."),
            "sites": gettext_lazy(
                "Separate them with commas. Links to other sites stay as they are."
                " Empty: all links are tagged."
            ),
            "shortens": gettext_lazy(
                "Posts then carry a short address of this Waypost, which must be reachable from"
                " the internet. Clicks are counted by day, nothing about people is kept."
            ),
        }

    def clean_sites(self) -> str:
        sites = [each.strip().lower() for each in self.cleaned_data["sites"].split(",")]
        hosts = [each.partition("://")[2] or each for each in sites if each]
        return ", ".join(each.partition("/")[0] for each in hosts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("active") and not (cleaned.get("source") or "").strip():
            self.add_error("source", _("Say where clicks come from, for example {network}."))
        return cleaned
