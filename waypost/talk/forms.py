"""What a person writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.kit.careful.form import TOO_LONG
from waypost.talk.models import LONGEST


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With @ and a name you call somebody of this business."),
        error_messages={"required": _("Write something first."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # A browser would cut what is pasted, without a word.
        self.fields["text"].widget.attrs.pop("maxlength", None)
