"""The record of a course in words: who changed what, in one sentence a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from negotiation.classroom.courses.facts import CourseFact
from negotiation.classroom.courses.state import Course
from negotiation.language import phrase, tr


def told(course: Course, fact: CourseFact, titles: Mapping[str, str]) -> str:
    """Return a fact as a sentence; members go by the name they have now, exercises by their `titles`."""
    words = {one.name: _words(course, one.name, getattr(fact, one.name), titles) for one in fields(fact)}
    return tr(fact.sentence(), **words)


def author(course: Course, fact: CourseFact) -> str:
    """Return the author of a fact: a member of the course, or an account."""
    return course.members[fact.by].name if fact.by in course.members else fact.by


def _words(course: Course, name: str, value: object, titles: Mapping[str, str]) -> object:
    match name, value:
        case "member", str(member):
            return course.members[member].name
        case "exercise", str(exercise):
            return titles.get(exercise, phrase("a class that is no exercise any more"))
        case "what", str(what):
            return phrase(what)
    return value
