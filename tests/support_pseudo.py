"""A language nobody speaks, in which every translated text stands between ⟦ and ⟧: what does not is not translated."""

import gettext
import re

from support_said import said

from negotiation import language, translations

OPEN, CLOSE = "⟦", "⟧"

LONGEST_TITLE = 200


class Pseudo(gettext.NullTranslations):
    """Everything is translated, into itself between brackets."""

    def gettext(self, message):
        return OPEN + message + CLOSE

    def ngettext(self, msgid1, msgid2, n):
        return OPEN + (msgid1 if n == 1 else msgid2) + CLOSE


def pseudo(monkeypatch):
    """Have everything told in the language nobody speaks; texts of a case too."""
    spoken = Pseudo()
    monkeypatch.setattr(language, "catalogue", lambda code: spoken)
    known = translations.wording
    monkeypatch.setattr(  # English alone: what is told in another language is kept with the case
        translations, "wording", lambda told, code: bracketed if code == language.SOURCE else known(told, code)
    )


def bracketed(_address, text):
    """A text of a case between brackets; a title part by part, since pages show what stands before what it explains."""
    parts = re.split(r"( \(|\)|:\s+)", text) if len(text) < LONGEST_TITLE else [text]
    return "".join(part if n % 2 or not part else OPEN + part + CLOSE for n, part in enumerate(parts))


def outside(text):
    """The text without what is translated: between brackets, and inside of those."""
    depth, kept = 0, []
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(letter)
    return "".join(kept)


def untranslated(app, *names):
    """The words on a page that nobody has translated, but for names: of companies, of people, of cases."""
    found = []
    for text in said(app):
        rest = outside(text)
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, " ")
        found += [text] if re.search(r"[^\W\d_]{2,}", rest) else []
    return found
