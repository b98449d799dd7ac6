"""What comes forward from an earlier return: the questions that ask the same, as drafts to confirm."""

from __future__ import annotations

from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.definitions.comparing import carried_keys
from wholestory.assurance.models import Return
from wholestory.assurance.operations import shared_answers
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.models import Answer


def same_questions(before: Return, ret: Return) -> dict[str, str]:
    """The questions of this return's form that ask what the earlier one asked: new key, earlier key. Those answered
    once for several boards, in another return, are left to that one."""
    earlier, now_asked = framework_of(before), framework_of(ret)
    elsewhere = shared_answers.items_elsewhere(ret)
    # What a file of an earlier time did not ask is no answer to bring forward.
    not_asked = set(
        Answer.objects.filter(answer_set=before.answers_id, nothing=Nothing.NOT_ASKED).values_list(
            "key", flat=True
        )
    )
    same: dict[str, str] = {}
    for item, was in carried_keys(earlier, now_asked).items():
        if item in elsewhere or was in not_asked:
            continue
        # Plans and their dates are left behind: they became actions, and an old date is no plan.
        same |= {
            item: was,
            item_keys(item).said: item_keys(was).said,
            item_keys(item).shown: item_keys(was).shown,
        }
    return same
