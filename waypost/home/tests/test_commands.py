"""The words an operator types."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from waypost import cli
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.accounts.second_step import resealed
from waypost.connections.models import Connection
from waypost.documents.kinds import BadFile, ExportKind, ImportKind, ImportResult, RowError
from waypost.home import kinds
from waypost.kit.datafolder import write_keys
from waypost.kit.secrets import seal, unseal
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def run(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


# --- user ---


def test_a_new_person_gets_a_password_that_works() -> None:
    said = run("user", "Neza@Svit.example", "--name", "Neža")
    password = said.split("Password: ")[1].strip()
    user = User.objects.get(email="neza@svit.example")
    assert user.name == "Neža"
    assert user.check_password(password)


def test_a_person_joins_a_business_with_a_role_and_keeps_the_password(business: Business) -> None:
    user = factories.make_user()
    said = run("user", user.email, "--business", business.slug, "--role", "viewer")
    assert "Password" not in said
    assert Member.objects.get(user=user).role == Role.VIEWER
    assert User.objects.get(pk=user.pk).check_password(factories.PASSWORD)


def test_a_person_who_is_locked_out_gets_a_new_password() -> None:
    user = factories.make_user()
    run("user", user.email, "--password", "a new and long one 7")
    assert User.objects.get(pk=user.pk).check_password("a new and long one 7")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["no-address"], "not an e-mail address"),
        (["a@example.com", "--business", "nowhere"], "no business"),
        (["a@example.com", "--password", "123"], "too short"),
    ],
)
def test_a_wrong_word_changes_nothing(words: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        run("user", *words)
    assert not User.objects.exists()


# --- demo ---


def test_the_demo_says_how_to_sign_in_for_programs() -> None:
    login = json.loads(run("demo", "--json"))
    assert sorted(login) == ["address", "email", "password"]
    assert User.objects.get(email=login["email"]).check_password(login["password"])
    assert login["address"].startswith("http")


def test_the_demo_says_how_to_sign_in_for_people() -> None:
    said = run("demo", "--lang", "sl")
    assert said.splitlines()[0].startswith("Address:")
    assert Business.objects.get(is_demo=True).language == "sl"


# --- migrate ---


def test_preparing_a_prepared_database_does_no_harm() -> None:
    assert "up to date" in run("prepare")
    assert run("prepare", "--quiet") == ""


# --- rotate-keys ---


def test_credentials_move_to_a_new_key_and_the_old_one_is_forgotten_at_the_end(
    business: Business, settings: Any, tmp_path: Path
) -> None:
    old = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [old]
    settings.CREDENTIAL_KEY_FILE = tmp_path / "credentials.key"
    write_keys(settings.CREDENTIAL_KEY_FILE, [old])
    connection = factories.make_connection(business, secrets={"token": "t"})

    run("rotate_keys")
    new, kept = settings.CREDENTIAL_KEY_FILE.read_text().split()
    assert kept == old
    run("rotate_keys", "--finish")
    assert settings.CREDENTIAL_KEY_FILE.read_text().split() == [new]

    settings.CREDENTIAL_KEYS = [new]
    assert Connection.objects.get(pk=connection.pk).credentials().secrets == {"token": "t"}


def test_second_steps_and_ways_of_being_told_move_to_the_new_key_too(
    owner: User, settings: Any
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEY_FILE = None
    settings.CREDENTIAL_KEYS = [old]
    kinds_of = Authenticator.Type
    for kind, data in (
        (kinds_of.TOTP, {"secret": encrypt("JBSWY3DP")}),
        (kinds_of.RECOVERY_CODES, {"seed": encrypt("5eed"), "used_mask": 3}),
        (kinds_of.WEBAUTHN, {"name": "Key", "credential": {"id": "1"}}),
    ):
        Authenticator.objects.create(user=owner, type=kind, data=data)
    owner.devices.create(endpoint="https://push.example/1", sealed_keys=seal({"auth": "a"}))
    owner.chat_addresses.create(service="Chat", sealed_url=seal({"url": "json://chat.example"}))
    settings.CREDENTIAL_KEYS = [new, old]
    assert "4 secrets are under the newest key" in run("rotate_keys")

    settings.CREDENTIAL_KEYS = [new]
    app, codes, passkey = Authenticator.objects.filter(user=owner).order_by("pk")
    assert decrypt(app.data["secret"]) == "JBSWY3DP"
    assert (decrypt(codes.data["seed"]), codes.data["used_mask"]) == ("5eed", 3)
    assert passkey.data == {"name": "Key", "credential": {"id": "1"}}
    assert unseal(owner.devices.get().sealed_keys) == {"auth": "a"}
    assert unseal(owner.chat_addresses.get().sealed_url) == {"url": "json://chat.example"}


def test_old_codes_that_were_taken_over_move_as_well(settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEY_FILE = None
    settings.CREDENTIAL_KEYS = [old]
    data = {"migrated_codes": [encrypt("one"), encrypt("two")]}
    settings.CREDENTIAL_KEYS = [new, old]
    moved = resealed(data)
    settings.CREDENTIAL_KEYS = [new]
    assert [decrypt(code) for code in moved["migrated_codes"]] == ["one", "two"]


def test_with_keys_from_outside_the_secrets_move_to_the_one_in_front(
    business: Business, settings: Any
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEY_FILE = None
    settings.CREDENTIAL_KEYS = [old]
    connection = factories.make_connection(business, secrets={"token": "t"})
    settings.CREDENTIAL_KEYS = [new, old]
    assert "1 secrets are under the newest key" in run("rotate_keys")

    settings.CREDENTIAL_KEYS = [new]
    assert Connection.objects.get(pk=connection.pk).credentials().secrets == {"token": "t"}


def test_an_unreadable_secret_keeps_every_key(
    business: Business, settings: Any, tmp_path: Path
) -> None:
    factories.make_connection(business)
    lost = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [lost]
    settings.CREDENTIAL_KEY_FILE = tmp_path / "credentials.key"
    write_keys(settings.CREDENTIAL_KEY_FILE, [lost])
    with pytest.raises(CommandError, match="could not be opened"):
        run("rotate_keys", "--finish")
    assert settings.CREDENTIAL_KEY_FILE.read_text().split() == [lost]


# --- export and import ---


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that exists for these tests alone."""

    def as_text(business: Business | None, *, blank: bool) -> bytes:
        return f"{business.name if business else ''}:{blank}".encode()

    def read(business: Business, file: Path, dry_run: bool) -> ImportResult:
        text = file.read_text()
        if text == "broken":
            raise BadFile("This is no list of names.")
        business.name = text
        business.save()
        errors = [RowError(2, "too long")] if len(text) > 20 else []
        return ImportResult(changed=1, errors=errors)

    monkeypatch.setitem(kinds.EXPORTS, "names", ExportKind("names", {"txt": as_text}))
    monkeypatch.setitem(kinds.IMPORTS, "names", ImportKind("names", read))


@pytest.mark.usefixtures("names")
def test_a_document_is_written_into_a_file(business: Business, tmp_path: Path) -> None:
    out = tmp_path / "names.txt"
    run("export_file", "names", "--business", business.slug, "--format", "txt", "--out", str(out))
    assert out.read_text() == "Candle shop:False"


@pytest.mark.usefixtures("names")
def test_a_blank_template_needs_no_business(tmp_path: Path) -> None:
    out = tmp_path / "blank.txt"
    run("export_file", "names", "--format", "txt", "--blank", "--out", str(out))
    assert out.read_text() == ":True"


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["letters", "--format", "txt"], "Nothing called “letters”"),
        (["names", "--format", "pdf"], "can be had as txt"),
        (["names", "--format", "txt"], "which business"),
        (["names", "--format", "txt", "--business", "nowhere"], "no business"),
    ],
)
def test_what_cannot_be_exported_is_explained(
    words: list[str], complaint: str, tmp_path: Path
) -> None:
    out = tmp_path / "x.txt"
    with pytest.raises(CommandError, match=complaint):
        run("export_file", *words, "--out", str(out))
    assert not out.exists()


@pytest.mark.usefixtures("names")
def test_a_file_that_cannot_be_written_is_explained(business: Business, tmp_path: Path) -> None:
    out = str(tmp_path / "missing" / "x.txt")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_file", "names", "--business", business.slug, "--format", "txt", "--out", out)


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("text", "dry", "expected"),
    [("New name", False, "New name"), ("New name", True, "Candle shop")],
)
def test_a_file_is_read_or_only_tried(
    text: str, dry: bool, expected: str, business: Business, tmp_path: Path
) -> None:
    file = tmp_path / "in.txt"
    file.write_text(text)
    words = ["--dry-run"] if dry else []
    run("import_file", "names", "--business", business.slug, *words, str(file))
    business.refresh_from_db()
    assert business.name == expected


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("text", "complaint"),
    [("broken", "no list of names"), ("a name that is much too long", "Nothing was imported")],
)
def test_a_file_with_a_mistake_brings_nothing(
    text: str, complaint: str, business: Business, tmp_path: Path
) -> None:
    file = tmp_path / "in.txt"
    file.write_text(text)
    with pytest.raises(CommandError, match=complaint):
        run("import_file", "names", "--business", business.slug, str(file), stderr=io.StringIO())
    business.refresh_from_db()
    assert business.name == "Candle shop"


def test_an_unknown_kind_or_file_is_explained(business: Business, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing called"):
        run("import_file", "letters", "--business", business.slug, str(tmp_path / "x"))


@pytest.mark.usefixtures("names")
def test_a_missing_file_is_explained(business: Business, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run("import_file", "names", "--business", business.slug, str(tmp_path / "x"))


# --- the word itself ---


def test_the_command_without_a_word_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main([])
    said = capsys.readouterr().out
    for word in [*cli.SERVING, *cli.COMMANDS]:
        assert f"waypost {word}" in said


def test_an_unknown_word_is_explained() -> None:
    with pytest.raises(SystemExit, match="no command “fly”"):
        cli.main(["fly"])


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--version"])
    assert capsys.readouterr().out.strip().count(".") == 2


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["export"], "usage: waypost export "),
        (["import"], "usage: waypost import "),
        (["migrate"], "usage: waypost migrate "),
        (["rotate-keys"], "usage: waypost rotate-keys "),
        (["user"], "usage: waypost user "),
    ],
)
def test_the_help_of_a_command_calls_it_as_it_is_typed(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*words, "--help"])
    assert capsys.readouterr().out.startswith(line)


def test_the_help_of_export_names_kinds_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["export", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "budget: csv, pdf, xlsx; " in told
    assert "strategy: docx, md, pdf." in told
