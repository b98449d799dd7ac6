"""Django's settings, from the one frozen environment object. Nothing here reads the environment itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from wholestory.config import logs, single_sign_on
from wholestory.config.environment import current
from wholestory.config.open_site.settings import open_settings

ENVIRONMENT = current()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.former_secret_keys)
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
SITE_ADDRESS = ENVIRONMENT.site_address
OPEN_PAGES = ENVIRONMENT.open_pages
OPEN_ADDRESS = ENVIRONMENT.open_pages_address
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.site_address] if ENVIRONMENT.site_address else []

ROOMS = [
    "kernel", "govuk", "ledger", "partners", "records", "access",
    "paperwork", "pathways", "documents", "correspondence",
    "actions", "challenge", "meetings", "learning", "indicators", "assurance", "child_deaths", "performance",
    "my_work",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "procrastinate.contrib.django",
    *[f"wholestory.{room}" for room in ROOMS if (PACKAGE / room / "apps.py").exists()],
    "wholestory.access.directory",
    "wholestory.config",
]

MIDDLEWARE = [
    "wholestory.config.headers.HeadersMiddleware",
    "wholestory.config.health.HealthMiddleware",
    "wholestory.config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wholestory.access.tokens.middleware.TokenMiddleware",  # above sessions: below /api/ no cookie counts
    "wholestory.config.open_site.apart.ApartMiddleware",
    "wholestory.access.nobody.NobodyMiddleware",  # the same: on open pages no cookie counts
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wholestory.access.signing_in.middleware.TimeOutMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wholestory.access.middleware.ActingMiddleware",
    "wholestory.config.refusals.NotThisWayMiddleware",
    "wholestory.access.signing_in.middleware.SecondStepMiddleware",
    "wholestory.access.attempts.AttemptsMiddleware",
]

ROOT_URLCONF = "wholestory.config.urls"
WSGI_APPLICATION = "wholestory.config.wsgi.application"
FORM_RENDERER = "wholestory.govuk.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wholestory.config.page_context.page",
            ],
        },
    },
    # The forms' own templates are found here by the renderer.
]


def _database() -> dict[str, Any]:
    entry = ENVIRONMENT.database()
    pool = ENVIRONMENT.role in ("web", "public") and ENVIRONMENT.database_pool > 0
    if pool:
        entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": ENVIRONMENT.database_pool, "timeout": 5}
    return {
        **entry,
        "ENGINE": "wholestory.config.database.backend",
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # ActingMiddleware wraps rendering too, which ATOMIC_REQUESTS does not
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Shared by all processes, for rate limits: no second service to run, and none is needed at this size.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Sign-in is our own (wholestory.access.signing_in); django-allauth keeps second factors and talks to single sign-on.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SINGLE_SIGN_ON = single_sign_on.read(ENVIRONMENT.single_sign_on)
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
MFA_ADAPTER = "wholestory.access.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
_SECURE = ENVIRONMENT.site_address.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
SECURE_SSL_REDIRECT = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxies else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wholestory.config.refusals.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = str(ENVIRONMENT.static_dir)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.demo
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# In the demo, files are served as they are in the checkout: nothing to collect, and a second start takes seconds.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ENVIRONMENT.demo

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "wholestory.documents.receiving.SealedUploadHandler",  # larger ones: never readable on a disk
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if ENVIRONMENT.mail_by == "outbox":
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = ENVIRONMENT.smtp_host or "localhost"
EMAIL_PORT = ENVIRONMENT.smtp_port or 25
EMAIL_HOST_USER = ENVIRONMENT.smtp_user or ""
EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp_password or ""
EMAIL_USE_TLS = ENVIRONMENT.smtp_security == "starttls"
EMAIL_USE_SSL = ENVIRONMENT.smtp_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from or "wholestory@localhost"

# Each room keeps its queue work in jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = logs.configuration(ENVIRONMENT)

SILENCED_SYSTEM_CHECKS: list[str] = []

if ENVIRONMENT.role == "public":
    globals().update(open_settings(ENVIRONMENT, globals()))
