"""What an agency is told of a child so that it finds its records, and nothing more."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.models import Case, Child, Identifier


def about(child: Child) -> dict[str, Any]:
    """Names, day of birth, day of death, NHS number and homes: none that is withheld, no family, no suspicion, no other
    child. Numbers that turned out to be somebody else's are left out."""
    case = Case.objects.filter(child=child).first()
    names = [str(each) for each in child.names.filter(withheld=False).order_by("kind", "created_at")]
    numbers = child.identifiers.filter(kind=Identifier.Kind.NHS, belongs_to="child").order_by("-created_at")
    homes = child.addresses.filter(withheld=False).order_by("kind", "created_at")
    return {
        "names": list(dict.fromkeys(names)),
        "born": child.born_on.isoformat() if child.born_on else child.born_part,
        "born_about": child.born_precision != "date" and not child.born_part,
        "died": (case.died_on.isoformat() if case.died_on else case.died_part) if case else "",
        "nhs_number": next((each.value for each in numbers), ""),
        "addresses": [", ".join(filter(None, (each.lines, each.postcode))) for each in homes],
    }
