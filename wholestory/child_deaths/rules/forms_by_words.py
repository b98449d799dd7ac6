"""Which supplementary forms the words and decisions about a death call for, beside its coded answers.

Words are weak evidence: they propose and a person confirms. A word that is denied nearby ("no seizure") proposes
nothing. Topics are the same stable keys as everywhere, never numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.grounds import Ground, ours

#: Beginnings of words, except those that end in a full stop, which are whole.
_WORDS: Mapping[Topic, str] = {
    Topic.ROAD: r"road traffic|knocked down|run over|collision|(?:hit|struck) by an? (?:car|lorry|van|bus|train)"
    r"|motorcycl|pedestrian|vehicle",
    Topic.DROWNING: r"drown|submer|under ?water",
    Topic.FIRE: r"house fire|fire\b|burns?\b|smoke inhalation|electrocut|scald",
    Topic.POISONING: r"poison|overdos|swallowed (?:a |an )?(?:batter|tablet|magnet)|carbon monoxide",
    Topic.OTHER_ACCIDENT: r"fell (?:from|off|out)|chok|strangulat|entangl|crush",
    Topic.SUBSTANCE: r"solvent|substance|cocaine|heroin|ketamine|ecstasy|aerosol",
    Topic.HOMICIDE: r"stab|shot\b|shooting|assault|murder|homicid|inflicted|non-accidental|shaken",
    Topic.SUICIDE: r"suicid|hanged|hanging|self-harm|ligature|took (?:her|his|their) own life",
    Topic.ASTHMA: r"asthma|anaphyla",
    Topic.CARDIAC: r"congenital heart|heart (?:disease|defect|failure)|cardiomyopath|arrhythmi|myocardit|long qt",
    Topic.GENETIC: r"trisom|chromosom|genetic|congenital|malformation|cystic fibrosis",
    Topic.KETOACIDOSIS: r"ketoacidosis|dka\b",
    Topic.EPILEPSY: r"epilep|seizure|sudep\b|status epilepticus",
    Topic.INFECTION: r"sepsis|septic|meningit|pneumonia|influenza|encephalit|meningococc",
    Topic.ONCOLOGY: r"leukaemi|tumour|cancer|lymphoma|sarcoma|neuroblastoma|glioma",
    Topic.LIFE_LIMITING: r"palliative|life-limiting|hospice|end of life",
    Topic.NEONATAL: r"neonatal unit|delivery suite|labour ward|extreme prematur",
    Topic.SUDDEN: r"found unresponsive|sudden infant|cot death|unascertained|co-sleeping",
}  # fmt: skip
_FOUND = {topic: re.compile(rf"\b(?:{words})\w*", re.IGNORECASE) for topic, words in _WORDS.items()}
_DENIED = re.compile(r"\b(?:no|not|never|without|denies|denied|excluded|nor)(?: \w+){0,3}\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?\n]+")
#: The category suspected by whoever notified, or found since, and the form about it. The acute and chronic illnesses
#: (5 and 6) have no one form.
_BY_CATEGORY: Mapping[int, Topic] = {
    1: Topic.HOMICIDE, 2: Topic.SUICIDE, 3: Topic.OTHER_ACCIDENT, 4: Topic.ONCOLOGY, 7: Topic.GENETIC,
    8: Topic.NEONATAL, 9: Topic.INFECTION, 10: Topic.SUDDEN,
}  # fmt: skip
_EXTERNAL = (Topic.ROAD, Topic.DROWNING, Topic.FIRE, Topic.POISONING, Topic.OTHER_ACCIDENT, Topic.SUBSTANCE)


def by_words(*texts: str) -> dict[Topic, Ground]:
    """The topics that words in these texts call for, each with the words it rests on."""
    found: dict[Topic, Ground] = {}
    for text in texts:
        for sentence in _SENTENCE.split(text):
            for topic, pattern in _FOUND.items():
                for match in pattern.finditer(sentence):
                    if topic not in found and not _DENIED.search(sentence[: match.start()]):
                        found[topic] = ours("form_by_words", f"It was written: “{match.group().lower()}”.")
    return found


def by_category(suspected: int | None) -> dict[Topic, Ground]:
    """The topic of a category of death that is suspected."""
    topic = _BY_CATEGORY.get(suspected or 0)
    return {topic: ours("form_by_category", f"Category {suspected} is suspected.")} if topic else {}


def by_response(
    opens: bool | None, criteria: Iterable[str], known: Iterable[Topic] = ()
) -> dict[Topic, Ground]:
    """What the decision on the first response calls for. "External causes" names no one form: where nothing else does,
    the form about other accidents is proposed."""
    if not opens:
        return {}
    held, found = set(criteria), {}
    if "sudden_no_cause" in held:
        found[Topic.SUDDEN] = ours(
            "form_by_response", "A response was opened because the death was sudden with no plain cause."
        )
    if "external_causes" in held and not set(known) & {*_EXTERNAL, Topic.HOMICIDE, Topic.SUICIDE}:
        found[Topic.OTHER_ACCIDENT] = ours(
            "form_by_response", "A response was opened because the cause may be external."
        )
    return found
