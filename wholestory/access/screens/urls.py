"""Addresses of the pages about access; part of the room's own (``wholestory.access.urls``)."""

from __future__ import annotations

from django.urls import path

from wholestory.access.screens import record_search

urlpatterns = [
    path("access/record/", record_search.record_search, name="record_search"),
]
