"""Check your answers: everything said, everything missing, each a link to where it is put right."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wholestory.access.requests import Request
from wholestory.govuk.parts import Link, Row
from wholestory.paperwork import queries, showing
from wholestory.paperwork.faces.base import name_of
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.questions.gridded import AtCell
from wholestory.paperwork.sheet import Problem
from wholestory.paperwork.views.files import with_links
from wholestory.paperwork.views.opening import Opened, opened


def check(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The last page before a form is sent."""
    form = opened(filling, request, reference)
    problems = form.filled.sheet.problems(request.today)
    clashes = queries.open_clashes(form.filled)
    told = [(_sentence(form, problem), _link(form, problem)) for problem in problems]
    told += [
        (f"{each.line}: choose between two versions of “{each.label}”", form.url("compare"))
        for each in clashes
    ]
    shown = with_links(showing.filled_pages(form.filled.sheet, form.since))
    return render(
        request,
        "paperwork/check.html",
        form.context(
            pages=[(each, _rows(form, each)) for each in shown],
            told=told,
            is_ready=not told,
            since=form.since.counted(form.filled.sheet).in_words(),
            print_url=form.url("print"),
            pdf_url=form.url("pdf"),
        ),
    )


def _sentence(form: Opened, problem: Problem) -> str:
    """Where it is and what to do: labels repeat from section to section, so the section is said too."""
    asked = form.filled.form.asked[problem.place.key]
    where = [problem.page.title, asked.section.title]
    if asked.inside is not None:
        number = form.filled.sheet.items(asked.inside).index(problem.place.item) + 1
        where.append(f"{asked.inside.noun} {number}")
    message = problem.message
    if not isinstance(message, AtCell):
        message = message[:1].lower() + message[1:]
    return f"{', '.join(filter(None, where))}: “{asked.question.label}” – {message}"


def _link(form: Opened, problem: Problem) -> str:
    return f"{form.url('page', page=problem.page.key)}#q-{name_of(problem.place)}"


def _rows(form: Opened, page: showing.ShownPage) -> list[tuple[str, list[Row]]]:
    """(section title, rows) of one page."""
    may_change = form.around.may_write_page(form.filled.form.page_by_key[page.key])
    out = []
    for section in page.sections:
        rows = []
        for answer in section.answers:
            label = f"{answer.group}: {answer.label}" if answer.group else answer.label
            url = f"{form.url('page', page=page.key)}#q-{name_of(answer.place)}"
            change = (
                [
                    Link(
                        "Change" if answer.state != "blank" else "Answer",
                        url,
                        f"{section.title} {label}".strip(),
                    )
                ]
                if may_change and not answer.working
                else []
            )
            rows.append(Row(label, in_html(answer), change))
        out.append((section.title, rows))
    return out


def in_html(answer: showing.ShownAnswer) -> SafeString:
    """The answer's lines, each its own paragraph; a blank says that it is one."""
    lines: tuple[str, ...] = answer.lines or (answer.none_words,)
    if answer.to_confirm:
        lines = (*lines, "From last time: still to be confirmed")
    if answer.since == "same":
        lines = (*lines, "Same as last time")
    if answer.since == "changed":
        lines = (*lines, "Changed since last time" + (": it was" if answer.earlier else ""), *answer.earlier)
    if answer.files:
        links = [
            Link(file.name, file.url, file.note).__html__() if file.url else file.name
            for file in answer.files
        ]
        lines = (*links, *lines[len(links) :])
    return format_html_join("", '<p class="govuk-body">{}</p>', ((line,) for line in lines))
