"""Addresses of the figures about deaths."""

from django.urls import path

from wholestory.child_deaths.views import alike, data_quality, patterns, place_and_time, published, studies

routes = [
    path("in-common/", alike.every, name="alike"),
    path("in-common/link/", alike.link, name="alike_link"),
    path("patterns/", patterns.dashboard, name="patterns"),
    path("patterns/rates/", studies.rates, name="pattern_rates"),
    path("patterns/trend/", studies.trend, name="pattern_trend"),
    path("patterns/rare/", studies.rare, name="pattern_rare"),
    path("patterns/signal/", studies.signal, name="pattern_signal"),
    path("patterns/clusters/", studies.clusters, name="pattern_clusters"),
    path("quality/", data_quality.page, name="data_quality"),
    path("quality/<slug:measure>/", data_quality.behind, name="data_quality_cases"),
    path("patterns/place-and-time/", place_and_time.page, name="pattern_place_time"),
    path("patterns/compare/", published.every, name="published"),
    path("patterns/compare/load/", published.load, name="published_load"),
    path("patterns/compare/columns/", published.columns, name="published_columns"),
]
