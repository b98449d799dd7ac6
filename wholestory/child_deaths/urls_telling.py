"""Entering messages for whoever told."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import telling

routes: list[URLPattern] = [
    path("tell/", telling.tell, name="tell"),
    path("tell/file/", telling.file, name="tell_file"),
    path("tell/file/columns/", telling.columns, name="tell_columns"),
]
