"""Clicking through pages."""


def button(app, label):
    """The first button with a label."""
    found = [one for one in app.button if one.label == label]
    assert found, f"no button {label!r}; there are {[one.label for one in app.button]}"
    return found[0]


def click(app, label):
    """Click a button; nothing may go wrong on the way."""
    button(app, label).click().run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def end(app, label="End my week"):
    """End a round, whatever is left open."""
    click(app, label)
    if any(one.label == f"{label} all the same" for one in app.button):
        click(app, f"{label} all the same")
    return app
