"""Supplementary forms: a violent death, and suicide or self-harm. Written so that nobody is blamed by a question."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    day,
    one_of,
    since,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.supplement import supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.paperwork.definitions import Form, Section

RESTRICTED = frozenset(
    {
        "identity_worries",
        "identity_words",
        "sibling_died",
        "alleged_relation",
        "outcome_criminal",
        "alleged_words",
    }
)
"""Answers that go to nobody but the coordinator and the designated doctor unless they say so: who the child was to
themselves, another child who died, and whoever is suspected."""


def homicide(edition: Edition, version: int) -> Form:
    """A violent or maltreatment-related death."""
    plan = (("current", "At the time of death"), ("previous", "Earlier"), ("never", "Never"))
    return supplement(
        Topic.HOMICIDE, edition, version,
        ("violence", "What happened", (
            one_of("mechanism", "How the child was hurt", ("blunt", "Blows"),
                   ("shaking", "Shaking or head injury"), ("knife", "Knife"),
                   ("firearm", "Firearm"), ("suffocation", "Suffocation or strangling"), ("poison", "Poison"),
                   ("burn", "Burning"), ("neglect", "Neglect"), ("other", "Another way")),
            text("weapon", "Weapon, if any"),
            text("place_of_event", "Where it happened"),
            account("violence_words", "What is known of what happened", rows=4),
            one_of("alleged_relation", "Who is thought to have done it, to the child", ("parent", "Parent"),
                   ("step_parent", "Step-parent or partner"), ("relative", "Another relative"),
                   ("carer", "Other carer"),
                   ("peer", "Another young person"), ("stranger", "A stranger"), private=True,
                   hint="Only what police have told your agency. Only those who need it are shown this answer."),
            account("alleged_words", "What may not be told to the family, and until when", rows=2),
        )),
        ("before", "Before", (
            Section("Known before", (
                yes_no("domestic_abuse_before", "Was there domestic abuse in the home?", private=True),
                one_of("protection_plan", "Child protection plan", *plan),
                account("injuries_before", "Earlier injuries, and what was done", rows=3),
                any_of("exploitation_kinds", "Was there any worry about", ("gang", "Gangs"),
                       ("criminal", "Criminal exploitation"),
                       ("sexual", "Sexual exploitation"), ("missing", "Going missing"), ("none", "None of these")),
            )),
            Section("Since", (
                one_of("outcome_criminal", "Criminal case", ("none", "None"), ("investigated", "Under investigation"),
                       ("charged", "Charged"), ("convicted", "Convicted"), ("acquitted", "Acquitted"),
                       ("stopped", "Stopped")),
                text("police_contact", "Who at the police to ask"),
            )),
        )),
    )  # fmt: skip


def suicide(edition: Edition, version: int) -> Form:
    """Suicide or self-harm."""
    return supplement(
        Topic.SUICIDE, edition, version,
        ("event", "What happened", (
            one_of("method", "How the child died", ("hanging", "Hanging or strangling"), ("poisoning", "Poisoning"),
                   ("jump", "Jumping or falling"), ("rail", "Train or tram"), ("road", "Road"),
                   ("drowning", "Drowning"),
                   ("firearm", "Firearm"), ("suffocation", "Suffocation"), ("other", "Another")),
            text("place_of_event", "Where it happened"),
            text("method_words", "Anything about the place or means that could be made safer"),
            yes_no("note_left", "Was there a note or a message?"),
            day("last_contact_on", "When the child was last in touch with anybody"),
            any_of("alcohol_drugs", "Alcohol or drugs", ("child", "Taken by the child"), ("none", "None known"),
                   private=True),
        )),
        ("life", "The child’s life", (
            Section("Before", (
                yes_no("previous_attempts", "Had the child tried before, or harmed themselves?", private=True),
                account("previous_words", "When that was, and what was done", when=yes("previous_attempts"), rows=3),
                account("last_weeks", "The last weeks: what had changed", rows=4),
                any_of("stresses", "Was any of this hard for the child?", ("exams", "School work or exams"),
                       ("bullying", "Bullying"), ("online", "What happened online"), ("friends", "Friends"),
                       ("relationship", "A relationship"), ("family", "The family"), ("bereavement", "A death"),
                       ("suicide_near", "A suicide of somebody known"), ("police", "Police or court"),
                       ("abuse", "Abuse"), ("move", "Moving home or school"),
                       ("none", "Nothing known"), private=True),
                account("online_words", "What is known of the child’s life online", rows=3),
                account("household_words", "How the household was at the time", rows=3),
            )),
            Section("Who the child was", (
                yes_no("identity_worries",
                       "Had the child spoken about their sexuality or gender as something hard for them?",
                       private=True,
                       hint="Only what the child had told your agency. Only those who need it are shown this answer."),
                account("identity_words", "What the child said about it", when=yes("identity_worries"), rows=2),
            )),
            Section("Help", (
                one_of("mental_health_contact", "Mental health services", ("none", "Not known to them"),
                       ("waiting", "Waiting"), ("open", "Open to them"), ("closed", "Discharged"),
                       ("refused", "Not accepted")),
                day("mental_health_last_on", "Last seen by mental health services on"),
                day("discharged_on", "Discharged by them, or moved between services, on"),
                account("medication", "Medicines at the time of death", rows=2),
                account("safety_plan", "Any safety plan, and who knew of it", rows=2),
                *since(edition, Edition.APRIL_2019,
                       account("postvention", "What was done for friends, school and family since", rows=3)),
            )),
        )),
    )  # fmt: skip


HOMICIDE_2015, SUICIDE_2015 = homicide(Edition.FORMS_2015, 1), suicide(Edition.FORMS_2015, 1)
HOMICIDE, SUICIDE = (homicide(Edition.APRIL_2019, 1),), (suicide(Edition.APRIL_2019, 1),)
