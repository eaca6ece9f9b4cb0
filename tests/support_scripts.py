"""The scripts of a page as browsers load them, in one that has a clock of ours and a line of ours, and no server."""

import json

from support_browser import ARGUMENTS, CHROMIUM, playwright

ADDRESS = "http://class.test/"
BLANK = "<!doctype html><title>Class</title><body></body>"

JAVASCRIPT = "text/javascript; charset=utf-8"

LINE = """
Math.random = () => 0;
window.lines = [];
window.WebSocket = class {
  static OPEN = 1;
  constructor(address) { Object.assign(this, { address: String(address), readyState: 0, sent: [] }); lines.push(this); }
  send(text) { this.sent.push(JSON.parse(text)); }
  close() { this.readyState = 3; }
  opens() { this.readyState = 1; this.onopen(); }
  hears(message) { this.onmessage({ data: JSON.stringify(message) }); }
  falls(code) { this.readyState = 3; this.onclose({ code }); }
};
"""

PART = """([kind, name, data]) => {
  const place = document.getElementById(name) ?? document.body.appendChild(Object.assign(document.createElement("div"), { id: name }));
  window.ticks ??= {};
  const tell = (what, value) => (ticks[name] ??= []).push([what, value]);
  const left = live[kind]({ data, parentElement: place, setTriggerValue: tell, setStateValue: tell });
  (window.ends ??= {})[name] = left;
}"""


def open_browser(play):
    """Chromium, started by an open playwright."""
    return play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


class Scripts:
    """A page with one of the scripts; `line` is the newest of the lines that it opened, as a JavaScript expression."""

    line = "lines.at(-1)"

    def __init__(self, browser, script):
        self.page = browser.new_page()
        self.page.route("**/*", lambda route: route.fulfill(body=BLANK, content_type="text/html"))
        self.page.route("**/script.js", lambda route: route.fulfill(body=script, content_type=JAVASCRIPT))
        self.page.add_init_script(LINE)
        self.errors = []
        self.page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        self.page.clock.install(time=0)
        self.page.clock.pause_at(1_000_000)
        self.page.goto(ADDRESS)

    def begin(self):
        """Open the page as a new tab would be."""
        self.errors.clear()
        self.ask("() => sessionStorage.clear()")
        self.page.goto(ADDRESS)
        self.load()
        return self

    def load(self):
        """Load the script, as a page does first."""
        self.ask("() => import('/script.js').then((found) => { window.live = found; })")

    def ask(self, code, given=None):
        return self.page.evaluate(code, given)

    def draw(self, kind, name="part", **data):
        """Have the page draw a part, or draw it anew."""
        self.ask(PART, [kind, name, data])

    def leave(self, name="part"):
        """Have the page take a part away."""
        self.ask("(name) => ends[name]()", name)

    def ticks(self, name="part"):
        """Count what a part has told Streamlit."""
        return len(self.told(name))

    def told(self, name="part"):
        """List what a part has told Streamlit, with its values."""
        return self.ask("(name) => window.ticks?.[name] ?? []", name)

    def focused(self):
        """What has the focus, by its first class."""
        return self.ask("() => document.activeElement.classList[0] ?? document.activeElement.tagName")

    def wait(self, milliseconds):
        """Let time pass on the page."""
        self.page.clock.run_for(milliseconds)

    def opens(self, **hello):
        """Let the newest line open, and answer its greeting."""
        self.ask(f"() => {self.line}.opens()")
        self.hears(t="hello", **{"me": {"person": "p1"}, "lines": [], **hello})

    def hears(self, **message):
        self.ask(f"(message) => {self.line}.hears(message)", message)

    def falls(self, code=1006):
        self.ask(f"(code) => {self.line}.falls(code)", code)

    def sent(self, kind=""):
        """List what was said on the newest line."""
        return [one for one in self.ask(f"() => {self.line}.sent") if not kind or one["t"] == kind]

    def dialled(self):
        """Count the lines that were opened."""
        return self.ask("() => lines.length")

    def text(self, selector):
        return self.page.locator(selector).first.text_content()

    def stored(self, name):
        """What this tab remembers by a name."""
        return json.loads(self.ask("(name) => sessionStorage.getItem(name)", name) or "null")


__all__ = ["Scripts", "open_browser", "playwright"]
