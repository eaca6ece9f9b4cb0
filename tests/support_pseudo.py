"""A language nobody speaks, in which every translated text stands between ⟦ and ⟧: what does not is not translated."""

import gettext
import re

from support_said import said

from negotiation import language

OPEN, CLOSE = "⟦", "⟧"


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


def outside(text):
    """The text without what is translated: between brackets, and inside of those."""
    depth, kept = 0, []
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth -= 1
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
