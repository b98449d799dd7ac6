"""The reasons routing gives, in words, with how well each is known."""

from __future__ import annotations

from wholestory.child_deaths.rules.grounds import known, ours, recalled, seen

LIVED_HERE = seen(
    "lived_here",
    "The child normally lived here, so we lead the review wherever the death was.",
    "S1",
    "S9",
    "S10",
)
LIVED_ELSEWHERE = seen(
    "lived_elsewhere",
    "The child normally lived elsewhere in England, so that area’s panel leads the review.",
    "S1",
)
DIED_ABROAD = seen(
    "died_abroad", "The child normally lived here and died abroad: we lead the review.", "S9", "S18"
)
LOOKED_AFTER = seen(
    "looked_after",
    "The authority that looks after the child leads, not the one where the child was placed; the others co-operate."
    " Seen for 2013; check it for later editions.",
    "S16",
)
LOOKED_AFTER_MEANS = known(
    "looked_after_means",
    "Looked after means in care under an order, or accommodated by agreement (section 20). Private fostering and"
    " adoption are not: then the child’s own home counts.",
)
OTHER_NATION = seen(
    "other_nation",
    "The child lived in another nation of the United Kingdom, which has its own system. Tell it; a review here is"
    " optional.",
    "S26",
)
OVERSEAS_VISITOR = seen(
    "overseas_visitor",
    "The child did not live in the United Kingdom, so no panel is the home panel. The partners decide whether to"
    " review.",
    "S10",
)
RESIDENCE_NOT_DECIDED = seen(
    "residence_not_decided",
    "Where the child normally lived decides who leads, and nobody has decided that yet.",
    "S1",
)
SEVERAL_HOMES = ours(
    "several_homes",
    "There is more than one possible home. Normal residence is a decision: record who decided, when and on what"
    " evidence.",
)
AGREED = seen(
    "agreed",
    "The two panels have agreed in writing who leads, with a date and a named officer of each.",
    "S11",
)
AGREEMENT_INCOMPLETE = seen(
    "agreement_incomplete",
    "An agreement between panels needs a date and a named officer of each. Until then it changes nothing.",
    "S11",
)
MOST_SERVICES = seen(
    "most_services",
    "Most services were in another area. The panel where the child lived still leads; the two may agree otherwise.",
    "S11",
    "S16",
)
TELL_HOME = seen(
    "tell_home",
    "The child died here and lived there: log it, tell the home panel, agree who gathers information, then transfer.",
    "S1",
)
ASK_FOR_RECORDS = seen(
    "ask_for_records",
    "The child died in their area: ask for records, and whether they began a response.",
    "S1",
    "S60",
)
EVENT_ELSEWHERE = seen(
    "event_elsewhere",
    "What led to the death happened in their area; local procedures may ask to be told.",
    "S61",
)
EVENT_HERE = seen(
    "event_here",
    "What led to the death happened here, so local procedures may ask for a notification here too.",
    "S61",
)
HOST_AUTHORITY = seen(
    "host_authority", "The authority where the child was placed co-operates with the one that looks after the child.",
    "S16",
)  # fmt: skip
RESPONSE_OURS = recalled("response_ours", "The death was in our area, so the immediate response is ours.")
RESPONSE_UNTIL_HANDED_OVER = seen(
    "response_until_handed_over",
    "The death was in our area: the immediate response stays ours until it has been handed over.",
    "S1",
)
RESPONSE_THERE = recalled("response_there", "The area where the child died may run the immediate response.")
RESPONSE_ABROAD = ours(
    "response_abroad",
    "The death was not in England. Ask what has been done there, and what the family needs here.",
)
RESPONSE_NOT_KNOWN = ours(
    "response_not_known", "Where the child died is not known, so nobody can be named yet."
)
RESPONSE_AREA_NOT_KNOWN = ours(
    "response_area_not_known",
    "The place where the child died is named, and not yet the area it is in: put the area in, and it is said here whose"
    " the response is.",
)
CORONER = seen("coroner", "The place of death decides the coroner, not where the child lived.", "S60")
CORONER_NOT_KNOWN = seen(
    "coroner_not_known", "The place of death decides the coroner, and it is not known yet.", "S60"
)
CORONER_AREA_NOT_KNOWN = seen(
    "coroner_area_not_known",
    "The place of death decides the coroner. The place is named, and not yet the area it is in.",
    "S60",
)
CORONER_ABROAD = known(
    "coroner_abroad",
    "The death was abroad. A coroner here may be involved once the child is brought home; ask the coroner’s office.",
)
CORONER_SCOTLAND = known(
    "coroner_scotland", "Scotland has no coroners: sudden deaths there are for the procurator fiscal."
)
SIN_WHERE_IT_HAPPENED = seen(
    "sin_where_it_happened",
    "The authority where the incident happened gives the serious incident notice, together with the home authority:"
    " the opposite of who leads the review.",
    "S20",
)
SIN_ABROAD = seen(
    "sin_abroad",
    "It happened outside England and the child normally lived here: the home authority gives the notice.",
    "S20",
    "S21",
)
SIN_NOT_ENGLAND = ours(
    "sin_not_england",
    "It happened outside England to a child who did not live in England: no notice is due here.",
)
SIN_LOOKED_AFTER = seen(
    "sin_looked_after",
    "A looked-after child’s death is notified whatever the cause. The authority that looks after the child is"
    " proposed.",
    "S21",
)
SIN_PLACE_NOT_KNOWN = seen(
    "sin_place_not_known",
    "The place of the incident decides who gives the notice, and it is not known yet.",
    "S20",
)
SIN_ASK = seen(
    "sin_ask",
    "Ask whether abuse or neglect is known or suspected: then a serious incident notice is due.",
    "S20",
    "S21",
)
SIN_NOT_DUE = seen(
    "sin_not_due",
    "Abuse or neglect is neither known nor suspected, so no serious incident notice is due.",
    "S20",
)
