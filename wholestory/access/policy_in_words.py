"""Why somebody may see a record, or may not, in words."""

from __future__ import annotations

from wholestory.access.policy_of_deaths import BECAUSE_OF_DEATHS
from wholestory.partners.models import Role

#: Reasons in words, for the people who may already see the record.
BECAUSE: dict[str, str] = {
    **{f"seat.{role}": f"They hold a seat: {role.label.lower()}." for role in Role},
    "cover": "They cover somebody's leave.",
    "grant.moderator": "They were asked to moderate this return.",
    "grant.panel": "They sit on the peer challenge panel for this return.",
    "grant.emergency": "They took emergency access.",
    "grant.asker": "They asked this question.",
    **BECAUSE_OF_DEATHS,
    "grant.secretary": "They take the minutes of the group's meetings.",
    "grant.maker": "It was made for them.",
    "grant.counterpart": "They are the sister board's named counterpart.",
    "refusal.conflict": "They declared a conflict of interest.",
    "refusal.subject": "They are the subject of this record.",
    "refusal.withdrawn": "The board withdrew their access.",
    "outside": "Nothing lets them in.",
    "not_for_them": "They may see it, and not do this.",
    "read_only": "Emergency access is for reading only.",
}
