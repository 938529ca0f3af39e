"""Verbs on the files of a business."""

from waypost.library.actions.adding import Added, How, add_file, add_link, add_picture
from waypost.library.actions.arranging import (
    change_folder,
    describe,
    folder_of_month,
    make_folder,
    move,
    remove_folder,
    restore_folder,
    set_tags,
    split_tags,
    tag,
    under_its_name,
)
from waypost.library.actions.removing import put_back, remove
from waypost.library.actions.versions import add_version, bring_back
from waypost.library.erasing import erase, erase_forgotten
from waypost.library.preparing import prepare

__all__ = [
    "Added",
    "How",
    "add_file",
    "add_link",
    "add_picture",
    "add_version",
    "bring_back",
    "change_folder",
    "describe",
    "erase",
    "erase_forgotten",
    "folder_of_month",
    "make_folder",
    "move",
    "prepare",
    "put_back",
    "remove",
    "remove_folder",
    "restore_folder",
    "set_tags",
    "split_tags",
    "tag",
    "under_its_name",
]
