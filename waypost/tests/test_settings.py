"""The environment is read once; what cannot be used stops the start with a sentence."""

import ast
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from waypost import serving

READ = (
    "import json, waypost.settings as s; print(json.dumps({n: str(getattr(s, n)) for n in "
    "('PUBLIC_URL', 'ALLOWED_HOSTS', 'SECRET_KEY', 'SESSION_COOKIE_SECURE', 'UPLOAD_MAX_BYTES',"
    " 'DATABASES', 'CREDENTIAL_KEYS', 'EMAIL_TIMEOUT', 'STORAGES')}))"
)


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own, with just these variables."""
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    environment = {**kept, "WAYPOST_DATA": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("WAYPOST_DEBUG", "perhaps", "WAYPOST_DEBUG cannot be used"),
        ("WAYPOST_WORKER_THREADS", "many", "WAYPOST_WORKER_THREADS cannot be used"),
        ("WAYPOST_WORKER_THREADS", "0", "must be 1 or more"),
        ("WAYPOST_UPLOAD_MAX_MB", "2.5x", "WAYPOST_UPLOAD_MAX_MB cannot be used"),
        ("WAYPOST_LANGUAGE", "de", "WAYPOST_LANGUAGE must be en or sl"),
        ("WAYPOST_LOG_LEVEL", "LOUD", "WAYPOST_LOG_LEVEL must be"),
        ("WAYPOST_URL", "waypost.example", "WAYPOST_URL must be a full address"),
        ("DATABASE_URL", "mysql://u:p@h/n", "DATABASE_URL must begin with"),
        ("REDIS_URL", "memcached://host", "REDIS_URL must begin with"),
        ("WAYPOST_EMAIL_URL", "pigeon://loft", "WAYPOST_EMAIL_URL cannot be used"),
        ("WAYPOST_EMAIL_URL", "smtp+tls://u:p@host:587", "WAYPOST_EMAIL_URL cannot be used"),
        ("WAYPOST_S3_URL", "https://s3.example.org", "WAYPOST_S3_BUCKET must name the bucket"),
        ("WAYPOST_SECRET_KEY_FILE", "/nowhere/key", "WAYPOST_SECRET_KEY cannot be used"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(
    variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    done = start(tmp_path, **{variable: value})
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("WAYPOST_S3_URL", "s3.example.org", "WAYPOST_S3_URL must be a full address"),
        ("WAYPOST_S3_KEY", "a-key", "WAYPOST_S3_KEY and WAYPOST_S3_SECRET belong together"),
        ("WAYPOST_S3_ADDRESSING", "street", "WAYPOST_S3_ADDRESSING must be"),
    ],
)
def test_a_bucket_that_is_half_described_stops_the_start(
    variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    done = start(tmp_path, WAYPOST_S3_BUCKET="files", **{variable: value})
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("given", "addressing"),
    [({}, "auto"), ({"WAYPOST_S3_URL": "https://s3.example.org"}, "path")],
)
def test_files_lie_in_the_bucket_that_is_named(
    given: dict[str, str], addressing: str, tmp_path: Path
) -> None:
    done = start(tmp_path, WAYPOST_S3_BUCKET="files", WAYPOST_S3_FOLDER="/shop/", **given)
    assert done.returncode == 0, done.stderr
    default = ast.literal_eval(json.loads(done.stdout)["STORAGES"])["default"]
    assert default == {
        "BACKEND": "waypost.library.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "files",
            "location": "shop",
            "addressing": addressing,
            **({"endpoint_url": given["WAYPOST_S3_URL"]} if given else {}),
        },
    }


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = start(tmp_path / "file" / "data")
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_variables_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "waypost.sqlite3") in done.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["credentials.key", "secret.key"]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a long secret out of a file")
    done = start(tmp_path / "data", WAYPOST_SECRET_KEY_FILE=str(secret))
    assert "a long secret out of a file" in done.stdout
    assert not (tmp_path / "data" / "secret.key").exists()


def test_a_public_https_address_turns_on_secure_cookies(tmp_path: Path) -> None:
    done = start(tmp_path, WAYPOST_URL="https://waypost.example/", WAYPOST_ALLOWED_HOSTS="a,b")
    assert '"SESSION_COOKIE_SECURE": "True"' in done.stdout
    assert '"PUBLIC_URL": "https://waypost.example"' in done.stdout
    assert "'waypost.example'" in done.stdout
    assert "'a', 'b'" in done.stdout


def test_a_database_address_moves_the_database(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="postgresql://way:post@db.example/waypost")
    assert "django.db.backends.postgresql" in done.stdout
    assert "db.example" in done.stdout


@pytest.mark.parametrize(
    ("address", "seconds"),
    [("", "20.0"), ("smtp://u:p@h:465/?ssl=True", "20.0"), ("smtp://u:p@h:465/?timeout=5", "5")],
)
def test_a_mail_server_that_hangs_does_not_keep_a_worker_for_ever(
    address: str, seconds: str, tmp_path: Path
) -> None:
    done = start(tmp_path, WAYPOST_EMAIL_URL=address)
    assert f'"EMAIL_TIMEOUT": "{seconds}"' in done.stdout


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5"])
@pytest.mark.parametrize("variable", ["WAYPOST_WEB_PROCESSES", "WAYPOST_WEB_THREADS"])
def test_a_wrong_number_of_web_processes_is_explained(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=f"{variable} must be a number"):
        serving.web(["--port", "0"])


def test_a_port_that_is_taken_is_explained_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} on 127.0.0.1 cannot be used"):
            serving.up(["--port", str(port)])
