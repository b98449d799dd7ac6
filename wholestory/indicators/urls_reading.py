"""Addresses of reading figures, and of deciding how they are read."""

from django.urls import path

from wholestory.indicators.views import (
    agencies,
    catalogue,
    decisions,
    early_help,
    measure,
    own_measures,
    scorecard,
    value,
)

urlpatterns = [
    path("", scorecard.home, name="home"),
    path("scorecard/", scorecard.page, name="scorecard_read"),
    path("measures/<slug:code>/", measure.page, name="measure_read"),
    path("agencies/", agencies.every, name="agencies_read"),
    path("agencies/<slug:slug>/", agencies.one, name="agency_read"),
    path("ours/", agencies.own, name="own"),
    path("ours/<slug:code>/", measure.own, name="own_measure"),
    path("values/<uuid:key>/", value.page, name="value"),
    path("early-help/", early_help.page, name="early_help"),
    path("catalogue/", catalogue.every, name="catalogue"),
    path("catalogue/add/", own_measures.new, name="own_new"),
    path("catalogue/workbook/", own_measures.book, name="own_book"),
    path("catalogue/workbook/blank/", own_measures.blank, name="own_blank"),
    path("catalogue/limits/<uuid:key>/", decisions.take_back, name="limits_back"),
    path("catalogue/<slug:code>/", catalogue.one, name="definition"),
    path("catalogue/<slug:code>/target/", decisions.target, name="target"),
    path("catalogue/<slug:code>/limits/", decisions.limits, name="limits"),
    path("catalogue/<slug:code>/change/", own_measures.change, name="own_change"),
]
