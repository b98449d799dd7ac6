"""Bringing in lists of earlier cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import past

routes: list[URLPattern] = [
    path("past/", past.home, name="past_home"),
    path("past/<str:reference>/", past.page, name="past"),
    path("past/<str:reference>/columns/", past.columns, name="past_columns"),
    path("past/<str:reference>/stages/", past.stages, name="past_stages"),
    path("past/<str:reference>/check/", past.check, name="past_check"),
    path("past/<str:reference>/put-aside/", past.aside, name="past_aside"),
    path("past/<str:reference>/take-back/", past.back, name="past_back"),
]
