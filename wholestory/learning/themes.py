"""What lessons are about. A key never changes its meaning; a new theme is a new line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: ``title`` is what pages call it, ``about`` one sentence for somebody who looks for it."""

    key: str
    title: str
    about: str


THEMES: tuple[Theme, ...] = (
    Theme("safer_sleep", "Safer sleep", "How and where babies sleep."),
    Theme("water", "Water safety", "Baths, ponds, pools, rivers and the sea."),
    Theme("roads", "Road safety", "Children on foot, on wheels and in vehicles."),
    Theme(
        "poisoning",
        "Poisoning and household products",
        "Medicines, cleaning products, small batteries and fumes.",
    ),
    Theme("home", "Safety at home", "Falls, burns, smoke alarms, cords and furniture."),
    Theme("asthma", "Asthma and allergy", "Plans, inhalers, reviews, and what to do in an attack."),
    Theme(
        "infection", "Infection and vaccination", "Recognising a very ill child, and preventing infection."
    ),
    Theme("pregnancy", "Pregnancy and birth", "Smoking, early booking, prematurity and care at birth."),
    Theme("mental_health", "Mental health and suicide prevention", "Distress, self-harm, and who can help."),
    Theme("crying", "Coping with crying", "Babies who cry, and never shaking a baby."),
    Theme("knives", "Violence and exploitation", "Knives, gangs, and children who are used by others."),
    Theme("care", "How services worked together", "Recognition, communication, transfer and follow-up."),
    Theme("bereavement", "Support after a death", "Families, brothers and sisters, schools."),
    Theme("other", "Something else", "What fits none of the others."),
)
BY_KEY = {theme.key: theme for theme in THEMES}
CHOICES = [(theme.key, theme.title) for theme in THEMES]
