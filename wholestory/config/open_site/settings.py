"""What is different in Django's settings for a process with the role ``public``: no sessions, no accounts, no file, and
no address but those of the open pages. It follows from the role, so that such a process cannot serve anything else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wholestory.config.environment import Environment

MIDDLEWARE = [
    "wholestory.config.headers.HeadersMiddleware",
    "wholestory.config.open_site.health.OpenHealthMiddleware",
    "wholestory.config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wholestory.access.nobody.NobodyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def open_settings(environment: Environment, site: dict[str, Any]) -> dict[str, Any]:
    """The settings to put in the place of the site's own, which are ``site``."""
    address = environment.open_pages_address
    host = urlsplit(address).hostname
    return {
        "MIDDLEWARE": MIDDLEWARE,
        "INSTALLED_APPS": [
            app
            for app in site["INSTALLED_APPS"]
            if not app.startswith(
                ("allauth", "procrastinate", "django.contrib.sessions", "django.contrib.messages")
            )
        ],
        "ROOT_URLCONF": "wholestory.config.open_site.urls",
        "TEMPLATES": [
            {
                **site["TEMPLATES"][0],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "csp.context_processors.nonce",
                    ]
                },
            }
        ],
        "AUTHENTICATION_BACKENDS": [],
        # The shared cache is a table, and this role reads none: what is counted there is counted for each process.
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "SITE_ADDRESS": address,
        "ALLOWED_HOSTS": list(dict.fromkeys([*([host] if host else []), *site["ALLOWED_HOSTS"]])),
        "CSRF_TRUSTED_ORIGINS": [],
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        # The longest form is a fifth of this.
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 250_000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2_000,
        "FILE_UPLOAD_HANDLERS": [],
    }
