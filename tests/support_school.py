"""A classroom with accounts, and the pages of those who teach, opened through Streamlit's own test harness."""

from streamlit.testing.v1 import AppTest

from negotiation.classroom.settings import Settings
from negotiation.ui.server import identity as rooms

PASSWORD = "correct horse battery"
HOSTILE = "\"'&amp;-- {{x}} $x$ ![a](http://x/y) :red[b]"
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def teach_script():
    from negotiation.ui.common.style import style
    from negotiation.ui.screens import teach

    style()
    teach.page()


def projector_script():
    from negotiation.ui.screens import teach

    teach.projected()


class School:
    """A classroom with accounts, and pages opened by them."""

    def __init__(self):
        self.room = rooms.room()
        self.room.accounts.first(self.room.accounts.setup_secret(), "Tea", PASSWORD)
        self.cookies = {}
        self.log_in("Tea")
        self.count = 0

    def log_in(self, name, password=PASSWORD):
        self.cookies[rooms.LOGIN] = self.room.accounts.log_in(name, password)
        self.by = self.room.accounts.who(self.cookies[rooms.LOGIN])

    def create(self, **settings):
        session, self.code = self.room.teaching.create(self.by, Settings.of({"case": "any-two-of-three", **settings}))
        self.id = session.id
        return self.id

    def join(self, name):
        self.count += 1
        token = self.room.seats.join(self.code, name, key=f"key-of-person-{self.count:04d}")
        return self.room.seats.identify(token)

    @property
    def now(self):
        return self.room.classes.get(self.id)

    def open(self, script=teach_script, **query):
        app = AppTest.from_function(script, default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        return seen(app.run())

    def console(self, section="", **query):
        app = self.open(**{"class": self.id, **query})
        return choose(app, "Show", section) if section else app


def seen(app):
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def choose(app, label, option):
    found = next(one for one in app.segmented_control if one.label == label)
    return seen(found.set_value(option).run())


def box(app, label):
    return next(one for one in app.selectbox if one.label == label)


def keyed(app, key):
    """The list to choose from that keeps its choice under this key (`ui/common/choice_list.py`)."""
    return next(one for one in app.selectbox if one.key.rpartition("-")[0] == key)


def text(app):
    return html(app) + "".join(one.value for kind in ("text", "markdown", "caption") for one in app.get(kind))
