"""Files given as answers: new ones are handed to the uploader before a page is saved, kept ones become links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.core.files.uploadedfile import UploadedFile

from wholestory.paperwork import showing, uploads
from wholestory.paperwork.given import Json, Place
from wholestory.paperwork.operations import Save
from wholestory.paperwork.page_form import name_of
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.views.opening import Opened


@dataclass
class NotKept:
    """What was said about files that were not kept, by place; ``ask_why`` are the places where somebody may say why a
    file is not what it looks like."""

    said: dict[Place, list[str]] = field(default_factory=dict)
    ask_why: set[Place] = field(default_factory=set)


def why_name(place: Place) -> str:
    """The name of the box for that reason."""
    return f"{name_of(place)}-why"


def keep_files(form: Opened, saves: list[Save]) -> tuple[list[Save], NotKept]:
    """The saves with the new files added to theirs, and what became of the others."""
    out: list[Save] = []
    refused = NotKept()
    for save in saves:
        question = form.filled.form.question(save.place.key)
        sent = form.request.FILES.getlist(name_of(save.place)) if isinstance(question, File) else []
        if not isinstance(question, File) or not sent:
            out.append(save)
            continue
        held: list[Json] = list(save.given.value) if isinstance(save.given.value, list) else []
        for each in sent:
            try:
                card = _keep(form, question, save.place, each, len(held))
            except uploads.FileRefused as reason:
                refused.said.setdefault(save.place, []).append(str(reason))
                if reason.may_say_why:
                    refused.ask_why.add(save.place)
            else:
                held.append({"ref": card.ref, "name": card.name})
        out.append(replace(save, given=replace(save.given, value=held or None)))
    return out, refused


def _keep(form: Opened, question: File, place: Place, sent: UploadedFile, already: int) -> uploads.Card:
    if already >= question.at_most:
        raise uploads.FileRefused(
            f"“{sent.name}” was not kept: no more than {question.at_most} can be kept here"
        )
    ending = str(sent.name or "").rpartition(".")[2].lower()
    if question.accepts and ending not in question.accepts:
        kinds = ", ".join(end.upper() for end in question.accepts)
        raise uploads.FileRefused(f"“{sent.name}” was not kept: it must be one of {kinds}")
    try:
        return uploads.uploader().keep(
            actor=form.request.person,
            form_set=form.around.form_set,
            key=place.key,
            sent=sent,
            accepts=question.accepts,
            today=form.request.today,
            why=form.request.POST.get(why_name(place), "").strip(),
        )
    except uploads.NoUploader as none:
        raise uploads.FileRefused(f"“{sent.name}” was not kept: files cannot be added here yet") from none


def with_links(pages: Iterable[showing.ShownPage]) -> tuple[showing.ShownPage, ...]:
    """The shown pages with every file a link for those who may open it."""
    shown = tuple(pages)
    every = [answer for page in shown for section in page.sections for answer in section.answers]
    cards = uploads.cards(file.ref for answer in every for file in answer.files)
    if not cards:
        return shown

    def linked(answer: showing.ShownAnswer) -> showing.ShownAnswer:
        files = tuple(
            replace(file, url=cards[file.ref].url, note=cards[file.ref].note) if file.ref in cards else file
            for file in answer.files
        )
        return replace(answer, files=files)

    return tuple(replace(page, sections=tuple(_each(one, linked) for one in page.sections)) for page in shown)


def _each(
    section: showing.ShownSection, linked: Callable[[showing.ShownAnswer], showing.ShownAnswer]
) -> showing.ShownSection:
    return replace(section, answers=tuple(linked(answer) for answer in section.answers))
