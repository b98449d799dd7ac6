"""Addresses of what is decided about messages and cases that may be of one death; ``urls`` takes them in."""

from django.urls import URLPattern, path

from wholestory.child_deaths.views import duplicates, merging

routes: list[URLPattern] = [
    path("messages/<str:reference>/known-already/", duplicates.duplicates, name="duplicates"),
    path("messages/<str:reference>/same-death/<str:other>/", duplicates.join, name="duplicates_join"),
    path("messages/<str:reference>/another-death/<str:other>/", duplicates.apart, name="duplicates_apart"),
    path(
        "messages/<str:reference>/compare-again/<uuid:key>/",
        duplicates.taken_back,
        name="duplicates_taken_back",
    ),
    path("messages/<str:reference>/part/", duplicates.part, name="message_part"),
    path("cases/<str:reference>/same-death/", merging.merge, name="merge"),
    path("cases/<str:reference>/same-death/<str:other>/", merging.confirm, name="merge_confirm"),
    path("cases/<str:reference>/part/", merging.unmerge, name="unmerge"),
]
