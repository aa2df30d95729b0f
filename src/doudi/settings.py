"""Django's settings, from the environment: where the office's files lie, and which database."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

HOME = Path(os.environ.get("DOUDI_HOME", "var")).absolute()
"""Everything that an office must keep: database, keys, files in and out."""

DATABASES = {
    "default": dj_database_url.config(
        env="DOUDI_DATABASE_URL", default=f"sqlite:///{HOME / 'doudi.sqlite3'}", conn_max_age=0
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-262144;",  # at most 256 MB, as needed
    }
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("DOUDI_TEST_DATABASE")}

KEY_FILE = Path(os.environ.get("DOUDI_KEY_FILE", str(HOME / "keys" / "office.key")))
CIPHER_SUITE = os.environ.get("DOUDI_CIPHER_SUITE", "aes")
"""Of a new key: `aes` (AES-256-GCM, SHA-256) or `sm` (SM4-GCM, SM3)."""

PARAMETER_FOLDERS = [
    Path(folder).absolute()
    for folder in os.environ.get("DOUDI_PARAMETER_FOLDERS", "").split(os.pathsep)
    if folder
]
"""Folders with an office's own parameters of the rules, searched before ours."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "doudi.access",
    "doudi.registry",
    "doudi.entitlement",
    "doudi.payments",
    "doudi.doors.office",
]
AUTH_USER_MODEL = "access.Officer"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "doudi.doors.office.middleware.strict",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "doudi.doors.office.accounts.idle.Idle",
    "doudi.doors.office.guard.Guard",
    "doudi.doors.office.accounts.gate.Gate",
    "doudi.doors.office.refusing.Refusals",
]
ROOT_URLCONF = "doudi.doors.office.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "doudi.doors.office.shell.shell",
            ]
        },
    }
]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
"""Bytes; what is uploaded stays in memory until it is sealed, and never lies about in the clear."""
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
JOBS_AT_ONCE = False
"""Whether background jobs are carried out while the page waits: in tests."""
ASSUMED_MOMENT = None
"""For a demonstration: the moment that the pages go on from (`doudi --at … serve`)."""
CSRF_FAILURE_VIEW = "doudi.doors.office.held.stale"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "doudi_cache",
    }
}
"""Shared by all processes: what was tried too often in one was tried too often in all."""

LOGIN_URL = "/account/login"
LOGIN_REDIRECT_URL = "/"
IDLE_MINUTES = int(os.environ.get("DOUDI_IDLE_MINUTES", "30"))
"""After as many minutes without a request one has to sign in again."""
SESSION_COOKIE_AGE = 12 * 60 * 60
"""Seconds; nobody works longer without signing in anew."""
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "doudi.doors.office.accounts.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {"login": "doudi.doors.office.accounts.forms.SignIn"}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/5m/key"}
"""Of one address and one account; what locks an account is in `access`, and in the journal."""
MFA_ADAPTER = "doudi.doors.office.accounts.adapter.Factors"
MFA_FORMS = {
    "authenticate": "doudi.doors.office.accounts.forms.Code",
    "reauthenticate": "doudi.doors.office.accounts.forms.CodeAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Doudi"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

HOSTS = [host for host in os.environ.get("DOUDI_HOSTS", "").split(",") if host]
"""Names under which the office's pages are reached, besides this machine's own."""
PROXY = os.environ.get("DOUDI_PROXY", "")
"""Address of the proxy that speaks https to the browsers; without one, plain http on loopback."""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", *HOSTS]
if PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 0  # the server itself has put the browser's address in place
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_SSL_REDIRECT = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
SECRET_KEY = os.environ.get("DOUDI_SECRET_KEY", "")
"""Needed only where pages are served: `doudi serve` keeps one beside the office's key."""
