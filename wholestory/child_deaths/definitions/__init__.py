"""The forms of child death review as data: notification, report, and the supplementary forms by topic, in both sets.

``editions`` says which version is begun on a day; ``side_by_side`` lays filled-in forms beside one another. A question
that means the same has the same key in every form and version.
"""

from __future__ import annotations

from wholestory.child_deaths.definitions.editions import (
    ALL,
    NoSuchForm,
    known_of,
    notification_form,
    report_form,
    topic_form,
    topic_of_form,
)
from wholestory.paperwork import registry

__all__ = [
    "ALL", "NoSuchForm", "known_of", "notification_form", "report_form", "topic_form", "topic_of_form",
]  # fmt: skip

registry.register(*ALL, beside=__file__)
