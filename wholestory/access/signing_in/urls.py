"""Addresses of signing in; part of the room's own (``wholestory.access.urls``)."""

from __future__ import annotations

from django.urls import path

from wholestory.access.signing_in import by_code, demo, kept

urlpatterns = [
    path("sign-in/", by_code.sign_in, name="sign_in"),
    path("sign-in/code/", by_code.sign_in_code, name="sign_in_code"),
    path("sign-in/as/", demo.sign_in_as, name="sign_in_as"),
    path("sign-in/kept/<uuid:key>/", kept.kept_text, name="kept_text"),
    path("sign-out/", by_code.sign_out, name="sign_out"),
    path("signed-out/", by_code.signed_out, name="signed_out"),
]
