"""The scales a tool of one's own may have, what an officer's words for them mean, a sentence for each point. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wholestory.assurance.rules import scales
from wholestory.assurance.rules.scales import SCALES, Scale, scale_called

_MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "RAG3": ("rag", "r a g", "red amber green", "green amber red", "rag rating", "rag rated", "traffic light"),
        "MET3": ("met partly met not met", "not met partly met met", "met partially met not met", "met not met",
                 "not met partially met met", "fully met partially met not met", "met partial not met"),
        "INT0_3": ("0 3", "0 to 3", "0 1 2 3"),
        "INT1_5": ("1 5", "1 to 5", "1 2 3 4 5"),
        "PCT5": ("0 100", "0 to 100", "per cent", "percent", "percentage", "0 100 percent"),
        "SOS10": ("0 10", "0 to 10", "scaling question"),
        "OFSTED4": ("ofsted", "inadequate to outstanding", "outstanding to inadequate"),
        "PLAIN": ("yes no", "yes not yet", "y n"),
    }
)  # fmt: skip

#: What has to be true for each point, worst first, where nobody wrote it for the question. Our own words.
_SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "MET3": (
            "None of this is in place.",
            "Some of this is in place, or it is in place in some parts only.",
            "All of this is in place, and we can show it.",
        ),
        "RAG3": (
            "This is not in place.",
            "Some of this is in place, and we know what is missing.",
            "All of this is in place, and we can show it.",
        ),
        "INT0_3": (
            "This is not in place.",
            "We have begun, and much is still to do.",
            "This is in place, and we can show it.",
            "This is everyday practice, and we check that it works.",
        ),
        "INT1_5": (
            "This is not in place.",
            "We have begun.",
            "Much of this is in place.",
            "This is in place, and we can show it.",
            "This is everyday practice, and we check that it works.",
        ),
        "OFSTED4": (
            "This is not in place, or children are not safe because of how it is done.",
            "This is in place in part, and has to become better.",
            "This is in place and works well.",
            "This works very well, and others learn from it.",
        ),
        "STAFF6": (
            "This is not in place.",
            "The least that is needed is in place.",
            "This is in place and works well.",
            "This works very well, and others learn from it.",
        ),
        "PLAIN": ("Not yet, or not everywhere.", "Yes, and we can say how we know."),
    }
)

#: Said under a question that has no guidance of its own.
USUAL_GUIDANCE = "Say what is in place, who sees to it, and how you know that it works."


def offered() -> tuple[Scale, ...]:
    """The scales an officer may choose from; the last one gives no scores."""
    return (*SCALES.values(), scales.PLAIN)


def scale_meant(words: str) -> str:
    """The code of the scale that somebody's words mean, such as ``RAG`` or ``0-3``; empty when it is not known."""
    said = " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())
    for code, meant in _MEANT.items():
        if said in meant or said == code.casefold().replace("_", " "):
            return code
    for scale in offered():
        labels = [" ".join(point.label.casefold().split()) for point in scale.points]
        if said and said in (" ".join(labels), " ".join(reversed(labels))):
            return scale.code
    return ""


def sentences_for(code: str) -> tuple[str, ...]:
    """A sentence for each point of a scale, worst first. Raises UnknownScale."""
    scale = scale_called(code)
    if code in _SENTENCES and len(_SENTENCES[code]) == len(scale.points):
        return _SENTENCES[code]
    if code == "PCT5":
        return tuple(f"About {point.label} per cent of this is in place." for point in scale.points)
    last = scale.points[-1].label
    return tuple(f"{point.label} out of {last}" if scale.numeric else point.label for point in scale.points)


def usual_level(code: str) -> str:
    """The value from which an answer counts as compliant when nobody says another: the scale's, or its best."""
    scale = scale_called(code)
    return scale.compliant_from or scale.points[-1].value
