"""Addresses of figures. Each subject has a file of its own."""

from django.urls import include, path

app_name = "indicators"
urlpatterns = [
    path("", include("wholestory.indicators.urls_reading")),
    path("", include("wholestory.indicators.urls_returns")),
    path("", include("wholestory.indicators.urls_children")),
    path("published/", include("wholestory.indicators.urls_releases")),
    path("counted/", include("wholestory.indicators.urls_aggregates")),
    path("scorecards/", include("wholestory.indicators.urls_scorecards")),
]
