"""How people join classes and are known again: join codes, tokens, and whether their page is still there."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, text

from negotiation.classroom.classes import Classes
from negotiation.classroom.facts import CodeClosed, CodeOpened, DeviceGiven, Revoked
from negotiation.classroom.guesses import Guesses
from negotiation.classroom.limits import Pace, network
from negotiation.classroom.members import DEVICE_SECONDS, HERE, Members, entry
from negotiation.classroom.schema import codes, presence, tokens
from negotiation.classroom.sessions import Person
from negotiation.classroom.store import Reading, Writing
from negotiation.classroom.texts import a_name, alike, request_of
from negotiation.classroom.tickets import CODE, DEVICE_CODE, fresh, hashed, is_token, kept_hash, letters, token_for
from negotiation.errors import Refused
from negotiation.language import mark, phrase

CAME_SECONDS = 12 * 3600
"""Seconds for which a code that let a person in from an address is exempt there from the limit on wrong ones."""

TOGETHER = 240, 2.0
"""How many may join a class from one address: at once, and each second after that."""

PRESENT = 45
"""Seconds after which a person whose page has not been heard of counts as offline."""

WRITE_EVERY = 15
SAME_CLICK = 60

WHOSE = select(tokens.c.session, tokens.c.person).where(tokens.c.hash == bindparam("hash"))


@dataclass(frozen=True, slots=True)
class Seat:
    """The person that a token stands for and the seat held now: what every command begins with."""

    session: str
    person: str
    name: str
    group: str
    party: str


class Seats:
    """Join codes, tokens and presence of the people of all classes."""

    def __init__(self, classes: Classes) -> None:
        self.classes, self.store = classes, classes.store
        self.guesses, self._together = Guesses(self.store, classes.now), Pace(*TOGETHER)
        self.members = Members(classes, self.guesses)
        self._seen: dict[str, tuple[str, float]] = {}
        self._written = 0.0
        self._lock = threading.Lock()

    def open(self, session: str, by: str) -> str:
        """Open a new join code and return it; the one before it is void."""
        with self.store.writing() as write:
            self.classes.change_in(write, session, by, lambda _: [CodeOpened()])
            write.connection.execute(delete(codes).where(codes.c.session == session, codes.c.person == ""))
            return fresh(write, session, CODE)

    def close(self, session: str, by: str) -> None:
        """Close the join code: nobody can join any more, and those who joined stay."""
        with self.store.writing() as write:
            self.classes.change_in(write, session, by, lambda _: [CodeClosed()])
            write.connection.execute(delete(codes).where(codes.c.session == session, codes.c.person == ""))

    def code(self, session: str) -> str | None:
        """Return the join code that is open now; None if there is none."""
        with self.store.reading() as look:
            query = select(codes.c.code).where(codes.c.session == session, codes.c.person == "")
            return look.connection.execute(query).scalar()

    def join(self, code: str, name: str, *, key: str, address: str = "", devices: Sequence[str] = ()) -> str:
        """Let a person join, seated at once if the class does so; return the token: for an HttpOnly cookie, not a URL.

        Parameters
        ----------
        code
            As typed: small letters, blanks and dashes do not matter. A device code gives its person a further token, a
            personal code its member one for a course.
        name
            In a class of a course the personal code instead, unless this browser is known for a member.
        key
            Names this very click: sent again, it brings the same person in, not another of the same name.
        devices
            What this browser has kept of its places (see `kept_hash`): it takes one in a class, unless the teacher allows
            more. With a token and its person's name it is back at that place.

        Raises
        ------
        Refused
            When the code is not open (any more), tried too often, the name will not do, or this device has a place.
        """
        here = network(address)
        code = letters(code)
        if len(code) > DEVICE_CODE:
            raise Refused(
                phrase(
                    "a code has {short} letters and digits, a device code {long}; this one has {found:,}",
                    short=CODE,
                    long=DEVICE_CODE,
                    found=len(code),
                )
            )
        log, person, came = self._found(here, code, key)
        if person:
            return self.members.claim(log, person, code, key)
        who = self.members.who(log, here, name, devices, key)
        with self.store.writing() as write:
            if who:
                write.lock(who.course)
            write.lock(log)
            if self._session(write, code) is None:
                raise Refused(phrase("this code has just been closed"))
            if not came:
                self.guesses.note(write, f"{here} {code}", CAME_SECONDS)
            if who:
                return self.members.come(write, log, who, key, devices)
            back = self._back(write, log, name, devices)
            return back or self._token(write, log, self._enter(write, log, name, key, (here, devices)))

    def _token(self, write: Writing, log: str, person: str) -> str:
        return token_for(write, log, person, self.classes.now())

    def _found(self, here: str, code: str, key: str) -> tuple[str, str, bool]:
        """Return the class of an open code, whose it is, and whether somebody has come in with it from this address.

        Raises
        ------
        Refused
            When the code is not open, or there were too many wrong ones from here.
        """
        attempt, came = (HERE, here), self.guesses.noted(f"{here} {code}")
        if not came:
            self.guesses.count(attempt)
        with self.store.reading() as look:
            found = self._session(look, code) or self.members.courses.just_claimed(look, code, key)
            if not came:
                self.guesses.check(look, attempt)
        if found is None:
            if not came:
                self.guesses.keep(attempt)
            raise Refused(phrase("no class is open under this code; look at the screen in front again"))
        if not came:
            self.guesses.forgive(attempt, kept=False)
        return *found, came

    def _session(self, look: Reading, code: str) -> tuple[str, str] | None:
        """Return the class, and the person if it names one, that an open code is for; None if it is not open."""
        found = look.connection.execute(select(codes).where(codes.c.code == code)).first()
        if found is None or (found.until is not None and found.until < self.classes.now()):
            return None
        return found.session, found.person

    def identify(self, token: str) -> Seat:
        """Return the seat that a token stands for.

        Raises
        ------
        Refused
            When it stands for none.
        """
        with self.store.reading() as look:
            found = look.connection.execute(WHOSE, {"hash": hashed(token)}).first()
            if found is None:
                raise Refused(phrase("this device has no seat here: join with the code"))
            person = self.classes.at(look, found.session).person(found.person)
        return Seat(found.session, person.id, person.name, person.group, person.party)

    def device(self, session: str, person: str, by: str) -> str:
        """Return a code with which this person comes in once more, from another device; once, within ten minutes."""
        with self.store.writing() as write:
            self.classes.at(write, session).person(person)
            self.classes.change_in(write, session, by, lambda _: [DeviceGiven(person)])
            return fresh(write, session, DEVICE_CODE, person, self.classes.now() + DEVICE_SECONDS)

    def revoke(self, session: str, person: str, by: str) -> None:
        """Sign out all devices of a person, for instance because another has got hold of one."""
        with self.store.writing() as write:
            self.classes.change_in(write, session, by, lambda _: [Revoked(person)])
            write.connection.execute(delete(tokens).where(tokens.c.person == person, tokens.c.session == session))
            write.connection.execute(delete(codes).where(codes.c.person == person))

    def touch(self, seat: Seat) -> None:
        """Note that this person's page is open; the first call after `WRITE_EVERY` seconds stores all that is noted."""
        now = self.classes.now()
        with self._lock:
            self._seen[seat.person] = (seat.session, now)
            if now - self._written < WRITE_EVERY:
                return
            self._written, lot, self._seen = now, self._seen, {}
        rows = [{"person": who, "session": session, "seen": at} for who, (session, at) in sorted(lot.items())]
        upsert = (
            "INSERT INTO presence (person, session, seen) VALUES (:person, :session, :seen) "
            "ON CONFLICT (person) DO UPDATE SET seen = excluded.seen WHERE excluded.seen > presence.seen"
        )
        with self.store.writing() as write:
            write.connection.execute(text(upsert), rows)

    def present(self, session: str) -> frozenset[str]:
        """Return the people of a class whose page is open, on this server or another."""
        since = self.classes.now() - PRESENT
        with self._lock:
            here = {who for who, (where, at) in self._seen.items() if where == session and at > since}
        query = select(presence.c.person).where(presence.c.session == session, presence.c.seen > since)
        with self.store.reading() as look:
            return frozenset(here.union(look.connection.execute(query).scalars()))

    def never_came(self, session: str) -> tuple[str, ...]:
        """Return the people of a class who joined a while ago, and whose page was never open."""
        query = select(presence.c.person).where(presence.c.session == session)
        with self.store.reading() as look:
            came = set(look.connection.execute(query).scalars())
            people = self.classes.at(look, session).people.values()
        with self._lock:
            came |= set(self._seen)
        before = self.classes.now() - PRESENT
        return tuple(p.id for p in people if not p.gone and p.id not in came and p.joined < before)

    def _enter(self, write: Writing, session: str, name: str, key: str, whence: tuple[str, Sequence[str]]) -> str:
        """Return the id of the person who joins by this click; the same id if it is repeated within a minute."""
        request = request_of(f"join:{session}", key, least=16)
        before = write.event(request)
        if before is not None:
            if self.classes.now() - before["at"] > SAME_CLICK:
                raise Refused(phrase("this request to join is old: load the page again"))
            return str(before["person"])
        name, (here, devices) = a_name(name), whence
        self._alone(write, session, devices)
        if not self._together.take(f"{here} {session}"):
            raise Refused(phrase("many are joining from here just now: try again in a few seconds"))
        person = secrets.token_urlsafe(9)
        self.classes.change_in(write, session, person, lambda now: entry(now, person, name, self.classes.mint), request)
        return person

    def _back(self, look: Reading, session: str, name: str, devices: Sequence[str]) -> str:
        """Return the token with which this browser holds the place of a person of this name; empty if there is none."""
        for token, person in self._places(look, session, devices).items():
            if is_token(token) and _goes_by(person.name, a_name(name)):
                return token
        return ""

    def _places(self, look: Reading, session: str, devices: Sequence[str]) -> dict[str, Person]:
        """Return the people still in this class whose places a browser keeps, by what it keeps; the last first."""
        if not devices:
            return {}
        kept = {kept_hash(one): one for one in devices}
        query = select(tokens.c.hash, tokens.c.person).where(tokens.c.hash.in_(kept), tokens.c.session == session)
        whose = {found.hash: found.person for found in look.connection.execute(query)}
        people = self.classes.at(look, session).people
        held = {one: people[whose[hash]] for hash, one in reversed(kept.items()) if hash in whose}
        return {one: person for one, person in held.items() if not person.gone}

    def _alone(self, look: Reading, session: str, devices: Sequence[str]) -> None:
        """Raise `Refused` if a device has a place in this class and its teacher has not allowed several."""
        places = self._places(look, session, devices)
        if not places or self.classes.at(look, session).together:
            return
        kept, person = next(iter(places.items()))
        raise Refused(phrase(TAKEN if is_token(kept) else LEFT, who=person.name))


TAKEN = mark(
    "this device has a place in this class, as {who}; a teacher can allow several people on one device "
    "(that name leads back to that place)"
)
LEFT = mark(
    "this device has a place in this class, as {who}; a teacher can allow several people on one device "
    "(a device code leads back to that place)"
)


def _goes_by(called: str, name: str) -> bool:
    """Return whether a person called `called` has typed `name`; a number added behind `called` does not count."""
    return alike(name) in (alike(called), re.sub(r" \(\d+\)$", "", alike(called)))
