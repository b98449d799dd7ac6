"""The addresses of groups' meetings, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.ways import NOWHERE, Way, meeting, nothing_there

MEETINGS: list[tuple[str, Way]] = [
    (r"meetings/interests/<uuid:key>/end/", nothing_there("key")),
    (r"meetings/decisions/<str:reference>/.*", meeting("decision")),
    (r"meetings/groups/<str:reference>/.*", meeting("arrangement")),
    (
        r"meetings/<str:reference>/items/<uuid:key>/papers/<uuid:paper>/remove/",
        meeting(item=True, paper=NOWHERE, nobody_because="there is no such paper"),
    ),
    (r"meetings/<str:reference>/items/<uuid:key>/interests/<uuid:who>/", meeting(item=True, who=True)),
    (r"meetings/<str:reference>/items/<uuid:key>/.*", meeting(item=True)),
    (r"meetings/<str:reference>/[^<]*", meeting()),
]
