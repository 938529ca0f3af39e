"""All settings, read from the environment once; a wrong value stops the start with a sentence.

Each variable is read through `read`, which notes its name in `VARIABLES`; a test
compares that list with docs/configuration.md. Any variable may be given as `NAME_FILE`
instead: the path of a file that holds the value.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import EnvError, FileAwareEnv

from waypost.kit.datafolder import DataFolder, DataFolderError

VARIABLES: list[str] = []
_env = FileAwareEnv()


def read(kind: str, name: str, default: Any) -> Any:
    """The value of variable ``name`` as ``kind`` (an environs reader: str, int, bool, list)."""
    VARIABLES.append(name)
    try:
        return getattr(_env, kind)(name, default)
    except (EnvError, ValueError, OSError) as error:
        raise SystemExit(f"{name} cannot be used: {error}") from error


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's description of the database; SQLite in the data folder when ``url`` is empty."""
    if not url or url.startswith("sqlite"):
        name = urlsplit(url).path.removeprefix("/") if url else ""
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name or folder / "waypost.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    try:
        parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:
        raise SystemExit(f"DATABASE_URL cannot be used: {error}") from error
    if "postgresql" not in str(parsed.get("ENGINE")):
        raise SystemExit("DATABASE_URL must begin with postgresql:// or sqlite://.")
    return dict(parsed)


def bucket(name: str, given: dict[str, str]) -> dict[str, Any]:
    """Django's description of the bucket in which files are kept."""
    if not find_spec("storages") or not find_spec("boto3"):
        raise SystemExit(
            "WAYPOST_S3_BUCKET needs the package django-storages: pip install waypost[s3]."
        )
    address = urlsplit(given["endpoint_url"])
    if given["endpoint_url"] and (address.scheme not in {"http", "https"} or not address.hostname):
        raise SystemExit("WAYPOST_S3_URL must be a full address such as https://s3.example.org.")
    if bool(given["access_key"]) != bool(given["secret_key"]):
        raise SystemExit("WAYPOST_S3_KEY and WAYPOST_S3_SECRET belong together; one is missing.")
    # Servers other than Amazon's seldom have a host name for each bucket.
    addressing = given["addressing"] or ("path" if given["endpoint_url"] else "auto")
    if addressing not in {"auto", "path", "virtual"}:
        raise SystemExit("WAYPOST_S3_ADDRESSING must be auto, path or virtual.")
    said = {key: value for key, value in given.items() if value}
    options = {**said, "bucket_name": name, "addressing": addressing}
    return {"BACKEND": "waypost.library.bucket.Bucket", "OPTIONS": options}


BASE = Path(__file__).resolve().parent
DATA = Path(read("str", "WAYPOST_DATA", "var")).resolve()
try:
    folder = DataFolder.open(DATA)
except DataFolderError as error:
    raise SystemExit(str(error)) from error

DEBUG: bool = read("bool", "WAYPOST_DEBUG", False)
SECRET_KEY: str = read("str", "WAYPOST_SECRET_KEY", "") or folder.secret_key()
_given_keys: list[str] = read("list", "WAYPOST_CREDENTIAL_KEYS", [])
CREDENTIAL_KEYS: list[str] = _given_keys or folder.credential_keys()
CREDENTIAL_KEY_FILE: Path | None = None if _given_keys else folder.credential_key_file

PUBLIC_URL: str = str(read("str", "WAYPOST_URL", "http://127.0.0.1:8000")).rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise SystemExit(f"WAYPOST_URL must be a full address such as https://x.org, not {PUBLIC_URL}.")
HTTPS = _public.scheme == "https"

ALLOWED_HOSTS: list[str] = [
    _public.hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
    *read("list", "WAYPOST_ALLOWED_HOSTS", []),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ALLOW_PRIVATE_HOSTS: bool = read("bool", "WAYPOST_ALLOW_PRIVATE_HOSTS", False)
UPLOAD_MAX_BYTES: int = read("int", "WAYPOST_UPLOAD_MAX_MB", 200) * 1024 * 1024
WORKER_THREADS: int = read("int", "WAYPOST_WORKER_THREADS", 8)
WEB_THREADS: int = read("int", "WAYPOST_WEB_THREADS", 4)
METRICS_TOKEN: str = read("str", "WAYPOST_METRICS_TOKEN", "")
LOG_LEVEL: str = str(read("str", "WAYPOST_LOG_LEVEL", "INFO")).upper()
if WORKER_THREADS < 1 or WEB_THREADS < 1:
    raise SystemExit("WAYPOST_WORKER_THREADS and WAYPOST_WEB_THREADS must be 1 or more.")
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise SystemExit("WAYPOST_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_vite",
    "waypost.accounts",
    "waypost.library",
    "waypost.notices",
    "waypost.live",
    "waypost.connections",
    "waypost.talk",
    "waypost.market",
    "waypost.goals",
    "waypost.board",
    "waypost.budget",
    "waypost.content",
    "waypost.publishing",
    "waypost.insights",
    "waypost.reviews",
    "waypost.strategy",
    "waypost.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "waypost.kit.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "waypost.accounts.middleware.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

_loaders: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "loaders": _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "waypost.home.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.tz",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "waypost.kit.screen",
                "waypost.kit.spelled",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

ROOT_URLCONF = "waypost.urls"
WSGI_APPLICATION = "waypost.wsgi.application"

DATABASES = {"default": database(read("str", "DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "waypost_cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 8}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "waypost.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ALLAUTH_TRUSTED_PROXY_COUNT: int = read("int", "WAYPOST_PROXIES", 0)
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "join": "30/m/ip",
    "invite": "30/h/user",
}

ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
MFA_ADAPTER = "waypost.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Waypost"
MFA_TOTP_TOLERANCE = 1  # half minutes that a clock may be off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS


def outside(key: str, name: str, server: str, client: str, secret: str) -> list[dict[str, Any]]:
    """One service that people sign in through; none while the operator named no client."""
    if not client:
        return []
    if not server.startswith("https://") or not secret:
        raise SystemExit(f"Signing in with {name} needs an https address, an id and a secret.")
    return [
        {
            "provider_id": key,
            "name": name,
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": server.rstrip("/")},
        }
    ]


OPEN_SIGNUP: bool = read("bool", "WAYPOST_OPEN_SIGNUP", False)
SOCIALACCOUNT_ADAPTER = "waypost.accounts.adapter.OutsideAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# Our policy forbids a form to be redirected to another site, so it is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            *outside(
                "google-sign-in",
                "Google",
                "https://accounts.google.com",
                read("str", "WAYPOST_GOOGLE_CLIENT_ID", ""),
                read("str", "WAYPOST_GOOGLE_CLIENT_SECRET", ""),
            ),
            *outside(
                "oidc",
                read("str", "WAYPOST_OIDC_NAME", "OpenID"),
                read("str", "WAYPOST_OIDC_URL", ""),
                read("str", "WAYPOST_OIDC_CLIENT_ID", ""),
                read("str", "WAYPOST_OIDC_CLIENT_SECRET", ""),
            ),
        ]
    }
}
if SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
    # Only where it is used: it brings an HTTP library of its own, 5 MB in every process.
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
PUSH_KEY: str = read("str", "WAYPOST_PUSH_KEY", "")

_email = read("str", "WAYPOST_EMAIL_URL", "")
if _email:
    # Other schemes would be taken, and send the password in the clear.
    if urlsplit(_email).scheme not in {"smtp", "submission"}:
        raise SystemExit(
            "WAYPOST_EMAIL_URL cannot be used: it must begin with submission:// or smtp://."
        )
    try:
        vars().update(_env.dj_email_url("WAYPOST_EMAIL_URL"))
    except (EnvError, ValueError) as error:
        raise SystemExit(f"WAYPOST_EMAIL_URL cannot be used: {error}") from error
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# A mail server that hangs must not keep a worker for ever.
EMAIL_TIMEOUT: float = vars().get("EMAIL_TIMEOUT") or 20.0  # seconds
DEFAULT_FROM_EMAIL: str = read("str", "WAYPOST_EMAIL_FROM", f"waypost@{_public.hostname}")

LANGUAGE_CODE = read("str", "WAYPOST_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("sl", "Slovenščina")]
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise SystemExit("WAYPOST_LANGUAGE must be en or sl.")
LOCALE_PATHS = [BASE / "locale"]
USE_TZ = True
FORMAT_MODULE_PATH = ["waypost.kit.formats"]
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE / "static"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "dist",
        "manifest_path": BASE / "static" / "dist" / "manifest.json",
    }
}
# Who uses files of the library; it lies below them and asks by these paths.
USERS_OF_FILES = [
    "waypost.content.uses.POSTS",
    "waypost.budget.uses.RECEIPTS",
    "waypost.board.uses.TASKS",
    "waypost.market.uses.PERSONAS",
    "waypost.market.uses.PRODUCTS",
]
S3_BUCKET: str = read("str", "WAYPOST_S3_BUCKET", "")
S3: dict[str, str] = {
    "endpoint_url": read("str", "WAYPOST_S3_URL", ""),
    "region_name": read("str", "WAYPOST_S3_REGION", ""),
    "access_key": read("str", "WAYPOST_S3_KEY", ""),
    "secret_key": read("str", "WAYPOST_S3_SECRET", ""),
    "location": str(read("str", "WAYPOST_S3_FOLDER", "")).strip("/"),
    "addressing": read("str", "WAYPOST_S3_ADDRESSING", ""),
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if S3_BUCKET:
    STORAGES["default"] = bucket(S3_BUCKET, S3)
elif any(S3.values()):
    raise SystemExit("WAYPOST_S3_BUCKET must name the bucket when other WAYPOST_S3_ are set.")
MEDIA_ROOT = DATA / "files"
MEDIA_URL = "/files-are-served-by-the-library/"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

HUEY_FILE: Path | None = DATA / "queue.sqlite3"
REDIS_URL: str = read("str", "REDIS_URL", "")
if REDIS_URL and (urlsplit(REDIS_URL).scheme not in {"redis", "rediss"} or not find_spec("redis")):
    raise SystemExit(
        "REDIS_URL must begin with redis:// or rediss://, and needs the package redis: "
        "pip install waypost[redis]."
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "waypost.kit.masking.MaskSecrets"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["mask"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # A page that somebody may not see is no fault of the server.
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "huey": {"level": "WARNING"},
        "_granian": {"level": "WARNING"},
    },
}
