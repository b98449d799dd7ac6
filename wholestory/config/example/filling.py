"""Fills in a return as its agency did: new answers typed, brought-forward ones confirmed."""

from __future__ import annotations

from datetime import datetime

from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Return
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Person


def fill(actor: Person, ret: Return, rows: list[dict[str, str]], now: datetime) -> None:
    """Save every row of the example's answers; an item marked "still true" confirms what came forward."""
    standing = {(a.key): a.revision for a in Answer.objects.filter(answer_set=ret.answers_id)}
    framework = framework_of(ret)
    saves: list[paperwork.Save] = []
    still_true: list[Place] = []
    for row in rows:
        keys = item_keys(row["item"])
        if row["item"] not in framework.items:
            raise ValueError(f"The example answers {row['item']}, which {framework.key} does not ask.")
        if row.get("still_true") == "yes" and keys.score in standing:
            still_true += [Place(k) for k in (keys.score, keys.said, keys.shown) if k in standing]
            continue
        if row["not_applicable"]:
            score = Given(nothing=Nothing.NOT_APPLICABLE, reason=row["not_applicable"])
            saves.append(
                paperwork.Save(
                    Place(keys.score), score, base=standing.get(keys.score, 0), confirm=keys.score in standing
                )
            )
            continue
        typed: dict[str, str | int] = {
            keys.score: int(row["score"]) if framework.scale.numeric else row["score"],
            keys.said: row["said"], keys.shown: row["shown"],
            keys.plan: row["plan"], keys.plan_due: row["plan_due"],
        }  # fmt: skip
        for key, value in typed.items():
            if value != "":
                saves.append(
                    paperwork.Save(
                        Place(key), Given(value), base=standing.get(key, 0), confirm=key in standing
                    )
                )
    if still_true:
        paperwork.confirm_carried(actor=actor, set_id=ret.answers_id, places=still_true, now=now)
    paperwork.save_draft(actor=actor, set_id=ret.answers_id, saves=saves, now=now)
