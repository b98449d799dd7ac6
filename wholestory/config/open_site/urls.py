"""Every address of the open pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from wholestory.config.open_site.front import front

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front, name="front"),
    path("child-deaths-report/", include("wholestory.child_deaths.open_report.urls")),
    path("performance-report/", include("wholestory.performance.open_report.urls")),
    path("survey/", include("wholestory.assurance.open_survey.urls")),
    path("handover/", include("wholestory.child_deaths.open_handover.urls")),
    path("lessons/", include("wholestory.learning.open_learning.urls")),
    path("notify/", include("wholestory.child_deaths.open_notification.urls")),
]

handler400 = "wholestory.config.open_site.refusals.bad_request"
handler404 = "wholestory.config.open_site.refusals.not_found"
handler500 = "wholestory.config.open_site.refusals.server_error"
