"""The first response, what runs beside a review and the family's record go under the need-to-know rule; what was
decided, done, told, suspected and said is history."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

_TABLES = (
    "responsedecision", "expecteddecision", "responsestep", "stepattendee", "responsetask", "otherprocess",
    "processentry", "disclosure", "suspicion", "holdstep", "familyrecord", "keyworker", "carer", "familycontact",
    "familyletter", "familyquestion", "familyanswer", "quietday", "familydate", "familyrequest",
)  # fmt: skip
_DECIDED = ["decided_by", "decided_at", "decided_precision", "reason", "by_id", "entered_at", "case_id"]
_HISTORY = {
    "responsedecision": [*_DECIDED, "opens", "criteria"],
    "expecteddecision": [*_DECIDED, "expected", "confirmed"],
    "responsestep": [
        "case_id", "kind", '"at"', '"precision"', "facts", "words", "replaces_id", "by_id", "entered_at",
    ],
    "stepattendee": ["step_id", "name", "role", "organisation"],
    "processentry": ["process_id", "state", "facts", "words", '"on"', "by_id", "after_final"],
    "disclosure": [
        "case_id", '"on"', '"to"', "what", "left_out", "basis", "basis_words", "by_id", "entered_on",
    ],
    "suspicion": ["case_id", "relative_id", "standing", "police_agree", "contact", "words", '"on"', "by_id"],
    "holdstep": ["hold_id", "did", '"on"', "review_was_on", "review_on", "words", "by_id"],
    "familycontact": [
        "family_id", "kind", "carer_id", '"at"', '"precision"', "language", '"format"', "words", "letter_id", "by_id",
    ],
    "familyanswer": [
        "question_id", "carer_id", '"text"', "answered_by", "answered_on", "fed_back_on", "fed_back_how", "by_id",
    ],
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0010_response_and_family"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"child_deaths_{name}") for name in _TABLES],
        *[AppendOnly(f"child_deaths_{name}", columns) for name, columns in _HISTORY.items()],
    ]
