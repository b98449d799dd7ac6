"""Addresses of loading what a council counted on its own machine."""

from django.urls import path

from wholestory.indicators.views import aggregates

urlpatterns = [
    path("", aggregates.home, name="aggregates"),
    path("<str:reference>/", aggregates.page, name="aggregate"),
    path("<str:reference>/put-aside/", aggregates.aside, name="aggregate_aside"),
]
