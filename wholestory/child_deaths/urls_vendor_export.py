"""Bringing in what another product exported."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import vendor_export

routes: list[URLPattern] = [
    path("export-in/", vendor_export.home, name="vendor_home"),
    path("export-in/<str:reference>/", vendor_export.page, name="vendor"),
    path("export-in/<str:reference>/columns/", vendor_export.columns, name="vendor_columns"),
    path("export-in/<str:reference>/stages/", vendor_export.stages, name="vendor_stages"),
    path("export-in/<str:reference>/lines/", vendor_export.lines, name="vendor_lines"),
    path("export-in/<str:reference>/check/", vendor_export.check, name="vendor_check"),
    path("export-in/<str:reference>/differences/", vendor_export.differences, name="vendor_differences"),
    path("export-in/<str:reference>/put-aside/", vendor_export.aside, name="vendor_aside"),
    path("export-in/<str:reference>/take-back/", vendor_export.back, name="vendor_back"),
]
