"""Entering messages for whoever told, and keeping the page on which anybody tells."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import public_page, telling

routes: list[URLPattern] = [
    path("tell/", telling.tell, name="tell"),
    path("tell/file/", telling.file, name="tell_file"),
    path("public-page/", public_page.every, name="public_page"),
    path("public-page/<slug:slug>/", public_page.numbers, name="public_page_numbers"),
    path("tell/file/columns/", telling.columns, name="tell_columns"),
]
