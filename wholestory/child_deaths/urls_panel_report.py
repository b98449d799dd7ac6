"""Addresses of the panel's yearly report."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import panel_report, panel_report_versions

routes: list[URLPattern] = [
    path("reports/", panel_report.every, name="panel_reports"),
    path("reports/begin/", panel_report.begin, name="panel_report_begin"),
    path("reports/panel/<str:reference>/", panel_report_versions.exact, name="exact_report"),
    path(
        "reports/panel/<str:reference>/take-back/", panel_report_versions.take_back, name="exact_report_back"
    ),
    path(
        "reports/panel/<str:reference>/file/<slug:form>/",
        panel_report_versions.exact_file,
        name="exact_report_file",
    ),
    path("reports/public/<str:reference>/", panel_report_versions.public, name="public_report"),
    path("reports/public/<str:reference>/hidden/", panel_report_versions.log, name="public_report_log"),
    path("reports/public/<str:reference>/send/", panel_report_versions.send, name="public_report_send"),
    path("reports/public/<str:reference>/decide/", panel_report_versions.decide, name="public_report_decide"),
    path(
        "reports/public/<str:reference>/withdraw/",
        panel_report_versions.withdraw,
        name="public_report_withdraw",
    ),
    path(
        "reports/public/<str:reference>/file/<slug:form>/",
        panel_report_versions.public_file,
        name="public_report_file",
    ),
    path("reports/<str:reference>/", panel_report.report, name="panel_report"),
    path("reports/<str:reference>/freeze/", panel_report.freeze, name="panel_report_freeze"),
    path("reports/<str:reference>/words/<slug:section>/", panel_report.words, name="panel_report_words"),
    path("reports/<str:reference>/small/", panel_report.small, name="panel_report_small"),
    path("reports/<str:reference>/exact/", panel_report_versions.exact_draft, name="panel_report_exact"),
    path("reports/<str:reference>/give/", panel_report_versions.give, name="panel_report_give"),
    path("reports/<str:reference>/prepare/", panel_report_versions.prepare, name="panel_report_prepare"),
]
