"""Addresses of bringing in a scorecard."""

from django.urls import path

from wholestory.indicators.views import scorecards

urlpatterns = [
    path("", scorecards.home, name="scorecards"),
    path("<str:reference>/", scorecards.page, name="scorecard"),
    path("<str:reference>/sheet/", scorecards.layout, name="scorecard_layout"),
    path("<str:reference>/rows/", scorecards.rows, name="scorecard_rows"),
    path("<str:reference>/check/", scorecards.check, name="scorecard_check"),
    path("<str:reference>/put-aside/", scorecards.aside, name="scorecard_aside"),
    path("<str:reference>/take-back/", scorecards.back, name="scorecard_back"),
]
