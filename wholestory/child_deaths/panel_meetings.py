"""Makes the panel's meetings known to the room of meetings: who keeps them, and where a review's page is."""

from wholestory.child_deaths.models import Panel, Review
from wholestory.meetings import registry
from wholestory.partners.models import Group


def _keeper(group: Group) -> str:
    return "child_deaths" if Panel.objects.filter(group=group, board__isnull=False).exists() else ""


registry.register_keeper(_keeper)
registry.register_kind(Review.record_kind, "child_deaths:review")
