"""Addresses of published figures to compare with."""

from django.urls import path

from wholestory.indicators.views import releases

urlpatterns = [
    path("", releases.home, name="releases"),
    path("load/", releases.load, name="release_load"),
    path("<uuid:release>/", releases.release, name="release"),
    path("<uuid:release>/take-back/", releases.back, name="release_back"),
]
