"""What an agency says its figures mean: required where a figure is below its standard or its chart signals."""

from __future__ import annotations

from datetime import datetime

from wholestory import ledger
from wholestory.indicators.models import Commentary
from wholestory.indicators.queries.meaning import wanted
from wholestory.indicators.queries.return_form import Form
from wholestory.partners.models import Person

FIELDS = ("what_changed", "why", "so_what", "what_next", "confidence")


def said_of(form: Form) -> dict[str, dict[str, str]]:
    """What is written so far, by measure."""
    stored = form.submission.typed.get("meaning", {}) if form.submission else {}
    return {code: {name: str(said.get(name, "")) for name in FIELDS} for code, said in stored.items()}


def unsaid(form: Form) -> list[str]:
    """The measures that need words and have none: what changed, and what it means for children."""
    said = said_of(form)
    return [
        code
        for code in wanted(form)
        if not all(said.get(code, {}).get(name, "").strip() for name in ("what_changed", "so_what"))
    ]


def keep(*, actor: Person, form: Form, now: datetime) -> None:
    """Keep what was written, as history, when the figures are sent. What was said before in the same words is not kept
    twice."""
    ret, said = form.ret, said_of(form)
    asked = {line.measure: line for line in form.lines if not line.breakdown}
    new = {code: words for code, words in said.items() if code in asked and any(words.values())}
    if not new:
        return
    standing: dict[str, Commentary] = {}
    for row in Commentary.objects.filter(of_return=ret, measure__in=new).order_by("at", "created_at"):
        standing[row.measure] = row
    ledger.line("indicators.meaning_said", ret.record)
    Commentary.objects.bulk_create(
        Commentary(
            circle_id=ret.circle_id, office_id=ret.office_id, of_return=ret, agency_id=ret.agency_id, measure=code,
            period_end=asked[code].period_end, by=actor, at=now, **words,
        )
        for code, words in new.items()
        if code not in standing or any(getattr(standing[code], name) != words[name] for name in FIELDS)
    )  # fmt: skip
