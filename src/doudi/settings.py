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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
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
    "django.contrib.staticfiles",
    "django_htmx",
    "doudi.access",
    "doudi.registry",
    "doudi.entitlement",
    "doudi.payments",
    "doudi.doors.office",
]
AUTH_USER_MODEL = "access.Officer"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
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
    "django_htmx.middleware.HtmxMiddleware",
    "doudi.doors.office.guard.Guard",
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
                "doudi.doors.office.shell.shell",
            ]
        },
    }
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
ASSUMED_MOMENT = None
"""For a demonstration: the moment that the pages go on from (`doudi --at … serve`)."""
LOGIN_URL = "/account/login"
CSRF_FAILURE_VIEW = "doudi.doors.office.refusing.forged"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
FRONT_PERIOD, FRONT_AREA = "", ""
"""The report that the front page leads to; `doudi serve` says which."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
SECRET_KEY = os.environ.get("DOUDI_SECRET_KEY", "")
"""Needed only where pages are served; commands need none."""
