"""Credentials at rest, and the folder that holds the keys."""

import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.http import HttpResponse
from django.test import RequestFactory

from waypost.kit.csp import POLICY, ContentSecurityPolicyMiddleware
from waypost.kit.datafolder import DataFolder, DataFolderError, write_keys
from waypost.kit.secrets import UnreadableSecret, reseal, seal, unseal


def new_key() -> str:
    return Fernet.generate_key().decode()


def test_a_secret_comes_back_as_it_was_and_is_not_readable_in_between() -> None:
    sealed = seal({"password": "čebelji vosek", "token": "abc"})
    assert "vosek" not in sealed
    assert unseal(sealed) == {"password": "čebelji vosek", "token": "abc"}


def test_an_old_key_still_opens_and_the_newest_one_seals(settings: Any) -> None:
    old, new = new_key(), new_key()
    settings.CREDENTIAL_KEYS = [old]
    sealed = seal({"a": "1"})
    settings.CREDENTIAL_KEYS = [new, old]
    resealed = reseal(sealed)
    settings.CREDENTIAL_KEYS = [new]
    settings.CREDENTIAL_KEY_FILE = None
    assert unseal(resealed) == {"a": "1"}
    with pytest.raises(UnreadableSecret):
        unseal(sealed)
    with pytest.raises(UnreadableSecret):
        reseal(sealed)


def test_a_running_process_takes_over_keys_that_another_one_wrote(
    settings: Any, tmp_path: Path
) -> None:
    old, new = new_key(), new_key()
    settings.CREDENTIAL_KEYS = [new]
    sealed = seal({"a": "1"})
    settings.CREDENTIAL_KEYS = [old]
    settings.CREDENTIAL_KEY_FILE = tmp_path / "credentials.key"
    write_keys(settings.CREDENTIAL_KEY_FILE, [new, old])
    assert unseal(sealed) == {"a": "1"}
    assert [new, old] == settings.CREDENTIAL_KEYS


def test_keys_from_outside_are_never_replaced_by_a_file(settings: Any, tmp_path: Path) -> None:
    settings.CREDENTIAL_KEYS = [new_key()]
    sealed = seal({"a": "1"})
    settings.CREDENTIAL_KEYS = [new_key()]
    settings.CREDENTIAL_KEY_FILE = None
    with pytest.raises(UnreadableSecret):
        unseal(sealed)


def test_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "deep" / "data")
    secret, keys = folder.secret_key(), folder.credential_keys()
    assert len(secret) > 40
    assert (folder.secret_key(), folder.credential_keys()) == (secret, keys)
    for file in (folder.path / "secret.key", folder.credential_key_file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_written_keys_stay_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "credentials.key"
    write_keys(file, ["new", "old"])
    assert file.read_text().split() == ["new", "old"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderError, match="cannot be made"):
        DataFolder.open(tmp_path / "file" / "data")


def test_every_answer_carries_the_content_security_policy() -> None:
    middleware = ContentSecurityPolicyMiddleware(lambda _request: HttpResponse("hello"))
    answer = middleware(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY


def test_a_view_may_set_a_stricter_policy() -> None:
    strict = HttpResponse("file", headers={"Content-Security-Policy": "sandbox"})
    middleware = ContentSecurityPolicyMiddleware(lambda _request: strict)
    answer = middleware(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == "sandbox"
