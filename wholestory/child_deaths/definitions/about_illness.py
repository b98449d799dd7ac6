"""Supplementary forms about illness: life-limiting conditions, and those only the current set has."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    day,
    number,
    one_of,
    text,
    until,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.report_child import maternal_bmi
from wholestory.child_deaths.definitions.supplement import supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.paperwork.definitions import Form, Question

_NEW = Edition.APRIL_2019
_PLACES = (("home", "Home"), ("hospice", "Hospice"), ("hospital", "Hospital"), ("other", "Elsewhere"))


def _diagnosis(topic: Topic) -> tuple[Question, ...]:
    """A child may have several illnesses, so a diagnosis belongs to its topic."""
    noun = topic.name_in(FormSet.CURRENT)
    return (
        text(f"{topic.value}_diagnosis", f"Diagnosis ({noun})"),
        day(f"{topic.value}_diagnosed_on", f"When that diagnosis was made ({noun})"),
    )


def life_limiting(edition: Edition, version: int) -> Form:
    """A life-limiting condition."""
    return supplement(
        Topic.LIFE_LIMITING, edition, version,
        ("condition", "The condition and the plan", (
            *_diagnosis(Topic.LIFE_LIMITING),
            yes_no("palliative_plan", "Was there a plan for palliative care?"),
            yes_no("advance_plan", "Was there an advance care plan, or a parallel one?"),
            day("advance_plan_on", "When the advance care plan was last looked at", when=yes("advance_plan")),
            one_of("preferred_place", "Where the family wished the child to die", *_PLACES),
            one_of("actual_place", "Kind of place where the child died", *_PLACES),
            account("place_difference", "If it was another place, why", rows=2),
        )),
        ("care", "Care at the end", (
            account("symptoms", "How pain and other symptoms were eased", rows=3),
            yes_no("support_day_night", "Was there support day and night?"),
            account("equipment", "Equipment: was it there in time?", rows=2),
            account("transition", "For an older child: the move to adult services", rows=2),
            account("family_support_words", "Support for the parents, brothers and sisters", rows=3),
        )),
    )  # fmt: skip


def asthma() -> Form:
    """Asthma and anaphylaxis."""
    return supplement(
        Topic.ASTHMA, _NEW, 1,
        ("asthma", "Asthma and allergy", (
            *_diagnosis(Topic.ASTHMA),
            number("preventers", "Preventer inhalers in the last 12 months", "prescriptions", most=100),
            number("relievers", "Reliever inhalers in the last 12 months", "prescriptions", most=100),
            yes_no("asthma_plan", "Was there a written plan?"),
            day("asthma_reviewed_on", "Last asthma review"),
            number("asthma_admissions", "Emergency visits for it in the last 12 months", "visits", most=200),
            yes_no("household_smoking", "Did anybody smoke in the home?"),
            yes_no("damp", "Was it damp, mouldy or cold?"),
            text("pollution_postcode", "First part of the postcode, for air pollution", hint="Such as PE1"),
            text("allergen", "For anaphylaxis: what caused it"),
            yes_no("adrenaline", "Was adrenaline there to be used?"),
            account("adrenaline_words", "When adrenaline was given, and by whom", when=yes("adrenaline"), rows=2),
        )),
    )  # fmt: skip


def cardiac() -> Form:
    """Cardiac conditions."""
    return supplement(
        Topic.CARDIAC, _NEW, 1,
        ("cardiac", "The heart", (
            one_of("cardiac_kind", "Kind of heart condition", ("congenital", "From birth"), ("acquired", "Acquired"),
                   ("rhythm", "Rhythm"), ("muscle", "Heart muscle")),
            *_diagnosis(Topic.CARDIAC),
            yes_no("antenatal_diagnosis", "Was it found before birth?"),
            account("surgery", "Operations and procedures, with dates", rows=3),
            account("cardiac_waits", "Waiting for treatment", rows=2),
            yes_no("family_screening", "Has the family been offered screening?"),
        )),
    )  # fmt: skip


def genetic(edition: Edition, version: int) -> Form:
    """Chromosomal, genetic and congenital anomalies. The mother's body mass index moved to the report in April 2022."""
    return supplement(
        Topic.GENETIC, edition, version,
        ("genetic", "The condition", (
            *_diagnosis(Topic.GENETIC),
            one_of("diagnosis_when", "When the condition was found", ("before", "Before birth"),
                   ("after", "After birth"),
                   ("death", "After death")),
            yes_no("genetic_test", "Was it confirmed by a genetic test?"),
            yes_no("consanguinity", "Are the parents related by blood?", private=True),
            yes_no("genetic_counselling", "Was genetic counselling offered?"),
            text("genetic_counselling_words",
                 "When genetic counselling was offered, and in which language", when=yes("genetic_counselling")),
            yes_no("family_history", "Has anybody else in the family had it?", private=True),
            *until(edition, Edition.APRIL_2022, maternal_bmi()),
        )),
    )  # fmt: skip


def ketoacidosis() -> Form:
    """Diabetic ketoacidosis."""
    return supplement(
        Topic.KETOACIDOSIS, _NEW, 1,
        ("ketoacidosis", "Diabetes", (
            yes_no("diabetes_known", "Was the diabetes known?"),
            day("ketoacidosis_diagnosed_on", "When the diabetes was found"),
            account("ketoacidosis_first_signs", "First signs, who saw them, and what was done", rows=3),
            number("hba1c", "Last HbA1c", "mmol/mol", most=250),
            day("clinic_last_on", "Last seen in the diabetes clinic on"),
            number("service_missed", "Appointments missed in the last year", most=400),
            account("insulin", "Insulin and equipment: was it there?", rows=2),
            account("treatment_words", "Treatment given, with times", rows=3),
        )),
    )  # fmt: skip


def epilepsy() -> Form:
    """Epilepsy."""
    return supplement(
        Topic.EPILEPSY, _NEW, 1,
        ("epilepsy", "Epilepsy", (
            *_diagnosis(Topic.EPILEPSY),
            one_of("seizure_control", "Seizures in the last year", ("none", "None"), ("few", "Few"),
                   ("many", "Many")),
            account("medication", "Medicines at the time of death", rows=2),
            yes_no("epilepsy_plan", "Was there an emergency plan?"),
            yes_no("sudep_told", "Had the family been told of the risk of sudden death?"),
            yes_no("epilepsy_nurse", "Was there an epilepsy nurse?"),
            yes_no("night_watch", "Was there any watch at night?"),
            account("last_seizure", "The last seizure", rows=3),
        )),
    )  # fmt: skip


def infection() -> Form:
    """Infection."""
    return supplement(
        Topic.INFECTION, _NEW, 1,
        ("infection", "The infection", (
            text("organism", "Organism"),
            one_of("infection_site", "Where in the body the infection was", ("sepsis", "Blood"),
                   ("meningitis", "Brain or meninges"),
                   ("chest", "Chest"), ("gut", "Gut"), ("other", "Elsewhere")),
            yes_no("preventable_by_vaccine", "Is there a vaccine against it?"),
            one_of("immunised", "Immunisations", ("up_to_date", "Up to date for their age"),
                   ("partly", "Some missing"),
                   ("none", "None")),
            account("infection_first_signs", "First signs, who saw them, and what was done", rows=3),
            number("hours_to_antibiotics", "From arrival to antibiotics", "hours", whole=False, most=500),
            yes_no("immune_problem", "Was the child more open to infection than others?"),
            yes_no("contacts_treated", "Were contacts traced and treated?"),
        )),
    )  # fmt: skip


def oncology() -> Form:
    """Oncology."""
    return supplement(
        Topic.ONCOLOGY, _NEW, 1,
        ("oncology", "Cancer", (
            *_diagnosis(Topic.ONCOLOGY),
            account("oncology_first_signs", "First signs, who saw them, and what was done", rows=3),
            number("visits_before", "Visits to a GP or hospital before it was found", "visits", most=200),
            any_of("treatments", "Treatment for the cancer", ("surgery", "Surgery"), ("chemotherapy", "Chemotherapy"),
                   ("radiotherapy", "Radiotherapy"), ("transplant", "Transplant"), ("trial", "A trial"),
                   ("palliative", "Palliative")),
            one_of("died_of", "What the child died of", ("disease", "The disease"), ("treatment", "The treatment"),
                   ("infection", "Infection"), ("other", "Something else")),
            one_of("preferred_place", "Where the family wished the child to die", *_PLACES),
        )),
    )  # fmt: skip


LIFE_LIMITING_2015, LIFE_LIMITING = life_limiting(Edition.FORMS_2015, 1), (life_limiting(_NEW, 1),)
ASTHMA, CARDIAC, KETOACIDOSIS = (asthma(),), (cardiac(),), (ketoacidosis(),)
EPILEPSY, INFECTION, ONCOLOGY = (epilepsy(),), (infection(),), (oncology(),)
GENETIC = (genetic(Edition.APRIL_2019, 1), genetic(Edition.APRIL_2022, 2))
