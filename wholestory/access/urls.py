"""Addresses of the room: signing in, and the pages about who may see what."""

from __future__ import annotations

from wholestory.access.screens import urls as screens
from wholestory.access.signing_in import urls as signing_in
from wholestory.access.tokens import urls as tokens

app_name = "access"
urlpatterns = [*signing_in.urlpatterns, *screens.urlpatterns, *tokens.urlpatterns]
