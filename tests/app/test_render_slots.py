"""Who is drawn when: seats first, and nobody who waits for a calculation keeps others from being drawn."""

import threading

from negotiation.ui.server import render_slots


def test_somebody_who_waits_for_a_calculation_keeps_no_place():
    inside, go, drawn = threading.Barrier(render_slots.PASSING + 1), threading.Event(), threading.Event()

    def calculating():
        with render_slots.passing(), render_slots.waiting():
            inside.wait(10)
            go.wait(10)

    def other():
        with render_slots.passing():
            drawn.set()

    threads = [threading.Thread(target=calculating) for _ in range(render_slots.PASSING)]
    for one in threads:
        one.start()
    inside.wait(10)
    threads.append(threading.Thread(target=other))
    threads[-1].start()
    assert drawn.wait(10)
    go.set()
    for one in threads:
        one.join(10)
    with render_slots.waiting():
        assert render_slots._passing._value == render_slots.PASSING


def test_passers_by_are_drawn_behind_seats(monkeypatch):
    monkeypatch.setattr(render_slots, "LONGEST", 10.0)
    drawn, thread = threading.Event(), None

    def other():
        with render_slots.passing():
            drawn.set()

    with render_slots.render_slot():
        thread = threading.Thread(target=other)
        thread.start()
        assert not drawn.wait(0.1)
    assert drawn.wait(5)
    thread.join(5)
