"""Addresses of this room, below /deadlines/."""

from django.urls import path

from wholestory.pathways.views import days, due, rules

app_name = "pathways"
urlpatterns = [
    path("", due.due, name="due"),
    path("work-out/<slug:key>/", due.clock, name="clock"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:rule_id>/", rules.rule, name="rule"),
    path("rules/<str:rule_id>/mark/", rules.mark, name="mark"),
    path("working-days/", days.days, name="days"),
    path("working-days/proclaim/", days.proclaim, name="proclaim"),
    path("working-days/check-year/", days.check_year, name="check_year"),
    path("working-days/<uuid:entry_id>/withdraw/", days.withdraw_day, name="withdraw_day"),
]
