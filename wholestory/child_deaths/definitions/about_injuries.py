"""Supplementary forms: road and vehicle, fire, poisoning, another accident, substances."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    clock,
    day,
    number,
    one_of,
    since,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.supplement import supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.paperwork.definitions import AnyOf, Form, Question, Section

_RIDING = AnyOf("road_user", ("cyclist", "motorcycle", "scooter"))
_DRIVER = (("car_driver", "Driver"), ("car_passenger", "Passenger in a car or van"), ("pedestrian", "On foot"),
           ("cyclist", "Cyclist"), ("motorcycle", "On a motorcycle"), ("scooter", "On an e-scooter or quad bike"),
           ("bus", "On a bus or coach"), ("farm", "On or near a farm vehicle"),
           ("rail", "On or near a train or tram"),
           ("other", "Otherwise"))  # fmt: skip


def _supervision() -> tuple[Question, ...]:
    return (
        text("supervised_by", "Who was watching, and from where"),
        number("unwatched_minutes", "How long the child was not watched", "minutes", most=2000),
    )


def road(edition: Edition, version: int) -> Form:
    """Road traffic, trauma and vehicles."""
    inside = AnyOf("road_user", ("car_driver", "car_passenger", "bus"))
    return supplement(
        Topic.ROAD, edition, version,
        ("collision", "The collision", (
            Section("The child", (
                one_of("road_user", "How the child was on the road", *_DRIVER),
                one_of("restraint", "Seat belt or child seat", ("right", "The right one, used properly"),
                       ("wrong", "One that did not fit, or not used properly"), ("none", "None"), when=inside),
                yes_no("helmet", "Was a helmet worn?", when=_RIDING),
                *_supervision(),
            )),
            Section("When and where", (
                day("event_on", "Date it happened"), clock("event_time", "Time it happened"),
                number("speed_limit", "Speed limit", "mph", most=70),
                one_of("light", "Light at the time", ("day", "Daylight"), ("dusk", "Dawn or dusk"),
                       ("dark_lit", "Dark, street lights"),
                       ("dark", "Dark, no lights")),
                any_of("weather", "Weather and road", ("dry", "Dry"), ("wet", "Wet"), ("ice", "Ice or snow"),
                       ("fog", "Fog"), ("poor", "Poor surface or layout")),
            )),
            Section("Vehicles and drivers", (
                account("vehicles", "Vehicles involved", rows=2),
                number("driver_age", "Age of the driver", "years", most=110),
                yes_no("driver_licensed", "Did the driver have a licence for it?"),
                any_of("driver_impaired", "Was the driver impaired?", ("alcohol", "Alcohol"), ("drugs", "Drugs"),
                       ("phone", "Telephone or distraction"), ("tired", "Tired"), ("speed", "Too fast"),
                       ("none", "None known"), private=True),
                text("police_reference", "Police reference of the collision"),
                *since(edition, Edition.APRIL_2019, account("injuries", "Injuries", rows=3)),
            )),
        )),
    )  # fmt: skip


def fire(edition: Edition, version: int) -> Form:
    """Fire and burns; electrocution in the current set."""
    kinds = (("house", "House fire"), ("clothes", "Clothes"), ("scald", "Scald"), ("outside", "Fire outside"))
    electric = (("electric", "Electricity"),) if edition.is_current else ()
    in_house = AnyOf("fire_kind", ("house",))
    return supplement(
        Topic.FIRE, edition, version,
        ("fire", "Fire and burns", (
            one_of("fire_kind", "What kind of fire or burn", *kinds, *electric, ("other", "Another")),
            text("fire_source", "How the fire began"),
            yes_no("smoke_alarm", "Was there a working smoke alarm?", when=in_house),
            yes_no("alarm_sounded", "Did the smoke alarm sound?", when=yes("smoke_alarm")),
            yes_no("escape_route", "Was there a way out?", when=in_house),
            account("escape_words", "What kept the child from getting out", when=in_house, rows=2),
            one_of("building", "Kind of building", ("house", "House"), ("flat", "Flat"),
                   ("caravan", "Caravan or boat"),
                   ("shared", "Shared house or hostel"), ("other", "Another"), when=in_house),
            yes_no("smoking_materials", "Did cigarettes, matches or lighters play a part?"),
            yes_no("child_lit_it", "Did a child light it?"),
            *_supervision(),
            text("fire_service_reference", "Reference of the fire service"),
        )),
    )  # fmt: skip


def poisoning(edition: Edition, version: int) -> Form:
    """Poisoning."""
    medicine = AnyOf("agent_kind", ("prescribed", "bought"))
    return supplement(
        Topic.POISONING, edition, version,
        ("poisoning", "Poisoning", (
            one_of("agent_kind", "What kind of substance it was", ("prescribed", "A prescribed medicine"),
                   ("bought", "A medicine bought"),
                   ("household", "A household or garden product"), ("gas", "Carbon monoxide or another gas"),
                   ("drug", "A drug"), ("alcohol", "Alcohol"), ("battery", "A battery or magnet"),
                   ("plant", "A plant"),
                   ("other", "Something else")),
            text("agent", "Name of it, and how much"),
            one_of("route", "How it was taken in", ("swallowed", "Swallowed"), ("breathed", "Breathed in"),
                   ("injected", "Injected"), ("skin", "Through the skin")),
            one_of("intent", "How it came about", ("accident", "By accident"), ("experiment", "Trying it out"),
                   ("self_harm", "To harm themselves"), ("other_person", "Given by somebody else"),
                   ("treatment", "As treatment"), private=True),
            text("whose_medicine", "For whom the medicine was", when=medicine),
            text("storage", "How and where it was kept"),
            yes_no("child_resistant", "Was the packaging child-resistant?"),
            text("bought_where", "Where it was bought or got"),
            *_supervision(),
            yes_no("co_alarm", "Was there a carbon monoxide alarm?", when=AnyOf("agent_kind", ("gas",))),
        )),
    )  # fmt: skip


def other_accident(edition: Edition, version: int) -> Form:
    """Another accident: falls, choking, strangling, crushing, animals."""
    return supplement(
        Topic.OTHER_ACCIDENT, edition, version,
        ("accident", "The accident", (
            one_of("accident_kind", "What kind of accident it was", ("fall", "Fall"), ("choking", "Choking"),
                   ("strangled", "Blind cord, strap or rope"),
                   ("trapped", "Trapped or crushed"), ("struck", "Struck by something"), ("animal", "Animal"),
                   ("sport", "Sport or play"), ("farm", "Farm or work"), ("cold_heat", "Cold or heat"),
                   ("other", "Another")),
            text("place_of_event", "Where it happened"),
            day("event_on", "Date it happened"), clock("event_time", "Time it happened"),
            text("product", "Any product, toy, cord, food or equipment that played a part, with its make",
                 hint="A product that harmed one child may harm another: telephone the panel if it may."),
            number("fall_metres", "Height of the fall", "metres", whole=False, most=300,
                   when=AnyOf("accident_kind", ("fall",))),
            yes_no("safety_equipment", "Was there safety equipment, and was it used?"),
            account("accident_words", "How the accident happened", rows=4),
            *_supervision(),
        )),
    )  # fmt: skip


def substance(edition: Edition, version: int) -> Form:
    """Substance misuse."""
    return supplement(
        Topic.SUBSTANCE, edition, version,
        ("substance", "Substances", (
            any_of("substances", "What was taken", ("alcohol", "Alcohol"), ("cannabis", "Cannabis"),
                   ("opiate", "Opiates"),
                   ("stimulant", "Cocaine, amphetamine or ecstasy"), ("new", "New psychoactive substances"),
                   ("solvent", "Solvents, aerosols or gas"), ("nitrous", "Nitrous oxide"), ("medicine", "Medicines"),
                   ("other", "Something else")),
            text("agent", "Name of it, and how much"),
            one_of("intent", "How it came about", ("accident", "By accident"), ("experiment", "Trying it out"),
                   ("regular", "Used often"), ("self_harm", "To harm themselves"),
                   ("other_person", "Given by somebody else"), private=True),
            text("bought_where", "Where it was bought or got"),
            yes_no("known_use", "Was it known that the child used substances?", private=True),
            yes_no("substance_service", "Was a service for this involved?"),
            yes_no("alone", "Was the child alone?"),
            account("help_called", "Who called for help, and when", rows=2),
            account("toxicology", "Toxicology", rows=2),
        )),
    )  # fmt: skip


ROAD_2015, FIRE_2015 = road(Edition.FORMS_2015, 1), fire(Edition.FORMS_2015, 1)
POISONING_2015, OTHER_ACCIDENT_2015 = poisoning(Edition.FORMS_2015, 1), other_accident(Edition.FORMS_2015, 1)
SUBSTANCE_2015 = substance(Edition.FORMS_2015, 1)
ROAD, FIRE = (road(Edition.APRIL_2019, 1),), (fire(Edition.APRIL_2019, 1),)
POISONING, OTHER_ACCIDENT = (poisoning(Edition.APRIL_2019, 1),), (other_accident(Edition.APRIL_2019, 1),)
SUBSTANCE = (substance(Edition.APRIL_2019, 1),)
