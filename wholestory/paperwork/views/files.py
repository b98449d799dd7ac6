"""Files sent with a page: handed to the uploader before the answers are saved."""

from __future__ import annotations

from dataclasses import replace

from wholestory.paperwork import uploads
from wholestory.paperwork.given import Given, Json, Place
from wholestory.paperwork.operations import Save
from wholestory.paperwork.page_form import name_of
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.views.opening import Opened


def keep_files(form: Opened, saves: list[Save]) -> tuple[list[Save], dict[Place, list[str]]]:
    """The saves with the new files added to theirs, and what was said about files that were not kept."""
    out: list[Save] = []
    refused: dict[Place, list[str]] = {}
    for save in saves:
        question = form.filled.form.question(save.place.key)
        sent = form.request.FILES.getlist(name_of(save.place)) if isinstance(question, File) else []
        if isinstance(question, File) and sent:
            held: list[Json] = list(save.given.value) if isinstance(save.given.value, list) else []
            for each in sent:
                if len(held) >= question.at_most:
                    refused.setdefault(save.place, []).append(
                        f"“{each.name}” was not kept: {question.at_most} is the most"
                    )
                    continue
                try:
                    card = uploads.uploader().keep(
                        actor=form.request.person,
                        form_set=form.around.form_set,
                        key=save.place.key,
                        sent=each,
                        accepts=question.accepts,
                        today=form.request.today,
                    )
                except uploads.FileRefused as reason:
                    refused.setdefault(save.place, []).append(str(reason))
                else:
                    held.append({"ref": card.ref, "name": card.name})
            given = Given(held or None, save.given.nothing, save.given.reason)
            save = replace(save, given=given)
        out.append(save)
    return out, refused
