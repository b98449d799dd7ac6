"""Addresses of the pages about tokens; part of the room's own (``wholestory.access.urls``)."""

from __future__ import annotations

from django.urls import path

from wholestory.access.tokens import screens

urlpatterns = [
    path("access/tokens/", screens.tokens, name="tokens"),
    path("access/tokens/new/", screens.token_new, name="token_new"),
    path("access/tokens/<uuid:key>/revoke/", screens.token_revoke, name="token_revoke"),
]
