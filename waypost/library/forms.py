"""Forms of the library, and the field for pictures that other forms use."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from waypost.library.pictures import ACCEPTED_MIMES


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(ACCEPTED_MIMES), **(attrs or {})})


class PicturesField(forms.FileField):
    """Any number of files; cleans to a list of ``UploadedFile``.

    Whether they are pictures is decided by ``actions.add_picture``.
    """

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(PicturesField, self).clean(each, initial) for each in given or [None]]
        return [each for each in cleaned if isinstance(each, UploadedFile)]


class UploadForm(forms.Form):
    pictures = PicturesField(
        label=_("Pictures"),
        help_text=_(
            "JPEG, PNG, WebP or GIF. Waypost removes the place and the camera data from them."
        ),
    )


class AssetForm(forms.Form):
    alt = forms.CharField(
        label=_("Description for people who cannot see it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Say in one or two sentences what is to be seen, for people who hear the page."
            " For example: “A hand lights a beeswax candle on a wooden table.”"
        ),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
