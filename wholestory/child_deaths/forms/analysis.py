"""What the pages of the analysis ask. Each page is small, so that nothing typed on another is lost by it."""

from __future__ import annotations

from functools import partial
from typing import Any

from wholestory.child_deaths.models import Analysis, MinorityView, Recommendation
from wholestory.child_deaths.models.analysis import KNOWN
from wholestory.child_deaths.rules import code_lists
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.factor_codes import CODES, Domain, FactorEdition, codes_in, domains_of
from wholestory.child_deaths.rules.factors import Modifiable, grades_of
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.govuk import forms

NUMBERED = [(str(each.number), f"{each.number}. {each.name}") for each in CATEGORIES]
#: So many letters one answer or line may have: what a panel can read in a meeting.
LONGEST = 4_000
_Long = partial(forms.LongTextField, max_length=LONGEST)


class Looked(forms.Form):
    """A form whose words are looked through for names. The box comes only when something may be one."""

    title = ""
    looked = forms.ConfirmField(label="I have looked at these words: they name nobody", required=False)

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.box = self.fields.pop("looked")
        self.has_looked = bool(self.data.get("looked")) if self.is_bound else False

    def ask_to_look(self) -> None:
        """Show the box: something in these words may tell who somebody is."""
        self.fields["looked"] = self.box


class MeetingForm(Looked):
    title = "The meeting it was drafted from"
    written_from = forms.RadiosField(label="Drafted from", choices=Analysis.From.choices, required=False)
    meeting_on = forms.DateField(label="Date of the review meeting or final discussion", required=False)
    meeting_chair = forms.TextField(label="Who chaired it, by role", required=False, max_length=120)
    agencies = forms.ManyChoicesField(
        label="Which agencies were there?",
        choices=[(each.key, each.label) for each in code_lists.AGENCY_KINDS],
        required=False, small=True,
    )  # fmt: skip
    documents = _Long(label="Which documents were read", required=False, rows=3)


class CauseForm(Looked):
    title = "Cause of death and summary"
    cause = _Long(label="Cause of death as it is now understood", required=False, rows=3)
    story = _Long(
        label="Short summary of the case",
        hint="Without names, dates of birth, addresses or the names of hospitals and schools.",
        required=False, rows=6,
    )  # fmt: skip
    certificate_changed = forms.RadiosField(
        label="Does the cause differ from the certificate?", choices=KNOWN, required=False, inline=True
    )


class ToldForm(Looked):
    title = "What others said it was"
    notified_category = forms.SelectField(
        label="Suspected at notification", choices=NUMBERED, required=False, prompt="Not said"
    )
    certificate_category = forms.SelectField(
        label="On the certificate", choices=NUMBERED, required=False, prompt="Not said"
    )
    coroner_category = forms.SelectField(
        label="Found by the coroner", choices=NUMBERED, required=False, prompt="Not said"
    )
    coroner_words = _Long(label="The coroner’s conclusion in words", required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("notified_category", "certificate_category", "coroner_category"):
            said[name] = int(said[name]) if said.get(name) else None
        return said


class AnswersForm(Looked):
    title = "Modifiable factors, issues and good practice"
    modifiable = forms.RadiosField(
        label="Were modifiable factors identified?",
        choices=[(each.value, each.label) for each in Modifiable],
        required=False,
        hint=(
            "A modifiable factor may have contributed, and could be changed, locally or nationally, so that fewer"
            " children die in future. It does not say that this child would have lived."
        ),
    )  # fmt: skip
    issues = _Long(label="Issues identified", required=False, rows=4)
    good_practice = _Long(label="Good practice", required=False, rows=4)
    follow_up = forms.RadiosField(
        label="Must something be done at once for the family or an agency?",
        choices=KNOWN,
        required=False,
        inline=True,
    )
    follow_up_words = _Long(label="What has to be done", required=False, rows=3)


class CircumstancesForm(Looked):
    title = "Safeguarding and other reviews"
    response_held = forms.RadiosField(
        label="Was a rapid or joint agency response held?", choices=KNOWN, required=False, inline=True
    )
    case_review = forms.RadiosField(
        label="A case review", choices=Analysis.CaseReview.choices, required=False, inline=True
    )
    protection_plan = forms.RadiosField(
        label="Was the child on a child protection plan at death?", choices=KNOWN, required=False, inline=True
    )
    looked_after = forms.RadiosField(
        label="Was the child looked after at death?", choices=KNOWN, required=False, inline=True
    )
    social_care = forms.RadiosField(
        label="Was the child known to children’s social care at death?",
        choices=KNOWN,
        required=False,
        inline=True,
    )
    other_reviews = _Long(label="Other reviews", required=False, rows=3)


#: The pages of the form that keep answers, by the word in their address.
PARTS: dict[str, type[Looked]] = {
    "meeting": MeetingForm, "cause": CauseForm, "told": ToldForm, "answers": AnswersForm,
    "circumstances": CircumstancesForm,
}  # fmt: skip


class CategoriesForm(Looked):
    title = "Category of death"
    categories = forms.ManyChoicesField(
        label="Select every category that applies", choices=NUMBERED, required=False
    )
    override = forms.SelectField(
        label="Another category comes first (only where the panel says so)", choices=NUMBERED, required=False,
        prompt="No: the highest in the list comes first",
    )  # fmt: skip
    override_reason = _Long(label="Why it comes first", required=False, rows=2)

    def __init__(self, *args: Any, edition: FactorEdition, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        of = FormSet.CURRENT if edition is FactorEdition.CURRENT else FormSet.FORMS_2015
        self.offer(
            "categories",
            NUMBERED,
            {str(each.number): "; ".join(each.includes_under(of)) for each in CATEGORIES},
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["categories"] = [int(number) for number in said.get("categories") or []]
        said["override"] = int(said["override"]) if said.get("override") else None
        return said


class FactorForm(Looked):
    title = "Factor"
    domain = forms.RadiosField(label="Under which heading?", choices=(), missing="Select a heading")
    code = forms.SelectField(
        label="Which factor?", choices=(), required=False, prompt="None of these: described below"
    )
    text = _Long(
        label="In words", required=False, rows=3, hint="One factor only. A second one has a line of its own."
    )
    grade = forms.RadiosField(label="How far did it contribute?", choices=(), missing="Select a grade")
    modifiable = forms.YesNoField(label="Could it be changed, locally or nationally?", required=False)

    def __init__(self, *args: Any, edition: FactorEdition, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        headings = domains_of(edition)
        self.offer("domain", [(each.value, each.label) for each in headings])
        self.offer(
            "grade", [(key.value, f"{key.value}: {words}") for key, words in grades_of(edition).items()]
        )
        codes: dict[str, str] = {}
        for heading in headings:
            codes |= {each.code: f"{heading.label}: {each.label}" for each in codes_in(heading)}
        self.offer("code", [("", "None of these: described below"), *codes.items()])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        code, heading = said.get("code"), said.get("domain")
        if code and heading and code not in {each.code for each in codes_in(Domain(heading))}:
            label = next(each.label for each in CODES if each.code == code)
            self.add_error("code", f"“{label}” belongs under another heading")
        if not code and "text" not in self.errors and not (said.get("text") or "").strip():
            self.add_error("text", "Select a factor, or describe it")
        return said


class LearningForm(Looked):
    title = "What was learned"
    text = _Long(label="What was learned?", missing="Enter what was learned", rows=4)


class RecommendationForm(Looked):
    title = "Recommendation"
    text = _Long(label="What should change?", missing="Enter what is recommended", rows=4)
    level = forms.RadiosField(
        label="Where?", choices=Recommendation.Level.choices, missing="Select where", inline=True
    )
    agency = forms.SelectField(
        label="Which agency is to do it?", choices=(), required=False, prompt="None on our list"
    )
    owner_title = forms.TextField(label="Which post or body?", required=False, max_length=120)
    due_on = forms.DateField(label="By when?", required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "None on our list"), *agencies])


class ViewForm(Looked):
    title = "Somebody saw it differently"
    role = forms.TextField(
        label="Whose view, by role and not by name", missing="Enter whose view it is, by role", max_length=120
    )
    about = forms.RadiosField(
        label="What did they see differently?",
        choices=MinorityView.About.choices,
        missing="Select what they saw differently",
    )
    number = forms.SelectField(
        label="Which category did they see?",
        choices=NUMBERED,
        required=False,
        prompt="Not about the category",
    )
    text = _Long(label="How did they see it?", missing="Enter how they saw it", rows=4)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["number"] = int(said["number"]) if said.get("number") else None
        return said


#: The lines of the form, by the word in their address.
LINES: dict[str, type[Looked]] = {
    "factors": FactorForm, "learning": LearningForm, "recommendations": RecommendationForm, "views": ViewForm,
}  # fmt: skip


class FinalForm(Looked):
    changed_because = _Long(
        label="Why does it differ from what the panel decided, and who agreed to it?", required=False, rows=3
    )


class ReopenForm(Looked):
    because = _Long(
        label="Why is it opened again?", missing="Say why it is opened again", rows=3,
        hint="For example: the inquest ended, a genetics result came, a trial brought new facts.",
    )  # fmt: skip


class PromiseForm(forms.Form):
    due_on = forms.DateField(label="By when?", missing="Enter a date")
    owner_title = forms.TextField(
        label="Which post is to do it?", missing="Enter which post is to do it", max_length=120
    )


class CloseForm(forms.Form):
    actions_go_on = forms.ConfirmField(label="I know that the actions still open go on", required=False)
