"""Forms of the library, and the field for pictures that other forms use."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.accounts.models import Business
from waypost.library.actions import split_tags
from waypost.library.kinds import PICTURE_MIMES, VIDEO_MIMES, Kind
from waypost.library.models import Asset, Folder, Licence
from waypost.library.trees import FolderTree
from waypost.library.uses import Naming


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesInput(FilesInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join((*PICTURE_MIMES, *VIDEO_MIMES)), **(attrs or {})})


class FilesField(forms.FileField):
    """Any number of files; cleans to a list of ``UploadedFile``.

    What they are is found out by ``actions.add_file``.
    """

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        return [each for each in cleaned if isinstance(each, UploadedFile)]


class PicturesField(FilesField):
    """Pictures and videos for a post; ``actions.add_picture`` keeps them."""

    widget = PicturesInput


class FolderField(forms.ChoiceField):
    """A folder of the business, or the top; cleans to ``Folder`` or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self._tree = FolderTree([])

    def offer(self, tree: FolderTree, *, without: Folder | None = None) -> None:
        """Give the choices, ``without`` a folder and what lies within it."""
        self._tree = tree
        hidden = set(tree.below(without)) if without else set()
        self.choices = [
            ("", _("At the top, in no folder")),
            *(
                (branch.folder.pk, branch.indented)
                for branch in tree.branches()
                if branch.folder.pk not in hidden
            ),
        ]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self._tree.get(int(chosen)) if chosen else None


class UploadForm(forms.Form):
    """Many files at once; a phone offers its camera in a field of its own."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        required=False,
        help_text=_(
            "Pictures, videos, sounds, PDFs, documents, fonts. From pictures, Waypost removes"
            " the place and the camera data."
        ),
    )
    camera = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    folder = FolderField(label=_("Folder"))
    by_month = forms.BooleanField(
        label=_("Put them into the folder of this month instead"), required=False
    )

    def __init__(self, *args: Any, tree: FolderTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(FolderField, self.fields["folder"]).offer(tree)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.uploads and "files" not in self.errors:
            self.add_error("files", _("Choose at least one file."))
        return given

    @property
    def uploads(self) -> "list[UploadedFile[bytes]]":
        given = self.cleaned_data
        camera = given.get("camera")
        return [*(given.get("files") or []), *([camera] if camera else [])]


class LinkForm(forms.Form):
    """A file that lies in a cloud of its own."""

    link = forms.URLField(
        label=_("Address of the file"),
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://drive.google.com/…"}),
        help_text=_("Who may open it is decided there; Waypost keeps only the address."),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    folder = FolderField(label=_("Folder"))

    def __init__(self, *args: Any, tree: FolderTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(FolderField, self.fields["folder"]).offer(tree)

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("The address must begin with https:// or http://."))
        return link


class AssetForm(forms.Form):
    """What is said about one file."""

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
    folder = FolderField(label=_("Folder"))
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"list": "known-tags"}),
        help_text=_("Words with commas between them, such as: autumn, candles, workshop"),
    )
    licence = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Licence"), required=False, choices=Licence.choices
    )
    author = forms.CharField(label=_("Maker"), required=False, max_length=200)
    source_url = forms.URLField(
        label=_("Where it comes from"), required=False, max_length=1000, assume_scheme="https"
    )
    licence_note = forms.CharField(
        label=_("Note on the licence"),
        required=False,
        max_length=300,
        help_text=_("For example: invoice 2026-114, may be used until June 2027."),
    )

    def __init__(self, data: Any = None, *, asset: Asset, tree: FolderTree) -> None:
        super().__init__(data, initial=_told(asset))
        cast(FolderField, self.fields["folder"]).offer(tree)
        if asset.kind not in (Kind.PICTURE, Kind.VIDEO):
            self.fields["alt"].label = _("Description")
            self.fields["alt"].help_text = ""

    def clean_tags(self) -> list[str]:
        return split_tags(str(self.cleaned_data["tags"]))


def _told(asset: Asset) -> dict[str, Any]:
    names = ("alt", "name", "licence", "author", "source_url", "licence_note")
    tags = ", ".join(tag.name for tag in asset.tags.all()) if asset.pk else ""
    told = {name: getattr(asset, name) for name in names}
    return {**told, "folder": asset.folder_id or "", "tags": tags}


class VersionForm(forms.Form):
    file = forms.FileField(label=_("New version of the file"))


class NamingForm(forms.Form):
    """The parts of a name by the pattern YYYY-MM-DD_channel_type."""

    date = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    channel = forms.CharField(label=_("Channel"), max_length=40, required=False)
    what = forms.CharField(label=_("Type"), max_length=40, required=False)

    @property
    def naming(self) -> Naming:
        given = self.cleaned_data
        return Naming(given["date"], given["channel"], given["what"])


class FolderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    parent = FolderField(label=_("Lies in"))

    def __init__(
        self, *args: Any, tree: FolderTree, folder: Folder | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(FolderField, self.fields["parent"]).offer(tree, without=folder)

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class BulkForm(forms.Form):
    """What to do with the ticked files."""

    MOVE, TAG, DELETE = "move", "tag", "delete"

    do = forms.ChoiceField(choices=[(MOVE, MOVE), (TAG, TAG), (DELETE, DELETE)])
    files = forms.TypedMultipleChoiceField(coerce=int)  # type: ignore[assignment]
    folder = FolderField()
    tags = forms.CharField(required=False, max_length=500)

    def __init__(self, business: Business, data: Any, *, tree: FolderTree) -> None:
        super().__init__(data)
        cast(FolderField, self.fields["folder"]).offer(tree)
        asked = [each for each in data.getlist("files") if each.isdecimal() and len(each) < 10]
        known = business.assets.filter(pk__in=asked[:1000]).values_list("pk", flat=True)
        cast(forms.ChoiceField, self.fields["files"]).choices = [(pk, pk) for pk in known]
        self.fields["files"].error_messages["required"] = _("Tick at least one file first.")

    def clean_tags(self) -> list[str]:
        return split_tags(str(self.cleaned_data["tags"]))
