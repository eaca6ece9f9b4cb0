"""The teacher's pages through Streamlit's own test harness: every page, on a real store, with names that attack."""

import re

import pytest
from support_app import button, click
from support_school import (
    ATTACK,
    HOSTILE,
    PASSWORD,
    box,
    choose,
    html,
    keyed,
    projector_script,
    seen,
    teach_script,
    text,
)

from negotiation.actions import SEALED, Accept, Offer, Say
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import ASKED, Settings
from negotiation.classroom.talk import TEACHER as HELP
from negotiation.formats import bundled, for_a_course, load
from negotiation.ui.teach.people import place


def test_a_stranger_is_shown_the_door(school):
    school.create()
    school.cookies.clear()
    for script in (teach_script, projector_script):
        app = school.open(script, **{"class": school.id})
        assert "href='/login'" in html(app)
        assert not app.button
        assert school.code not in html(app)


def test_a_class_is_made_with_three_clicks_and_shows_its_code(school):
    app = school.open()
    assert "New class" in [one.value for one in app.segmented_control]
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    assert session.settings.case == "alliance-2023"
    assert dict(session.settings.minutes) == {"read": 10, "prepare": 5, "negotiate": 45, "sign": 5}
    assert session.settings.round_seconds == 45 * 60 / 16
    assert session.settings.level == "fair"
    code = school.room.seats.code(session.id)
    assert f"{code[:3]} {code[3:]}" in html(app)
    assert "data:image/svg+xml" in html(app)
    assert "/join</div>" in html(app)


def test_homework_with_its_own_rules(school):
    app = school.open()
    choose(app, "How it goes", "homework")
    next(one for one in app.number_input if one.label.startswith("Open for")).set_value(3).run()
    box(app, "Everybody plays as").select("nissan").run()
    box(app, "What counts").select("last").run()
    next(one for one in app.toggle if one.label.startswith("Fresh")).set_value(True).run()
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    settings = session.settings
    assert (settings.homework, settings.attempts, settings.counts, settings.fresh) == (True, 3, "last", True)
    assert (settings.seat, session.phase, session.clock.length) == ("nissan", "negotiate", 3 * 86400)


def test_questionnaires_are_chosen_told_on_the_console_and_let_go(school):
    app = school.open()
    asked = next(one for one in app.multiselect if one.label == "People are asked")
    asked.select("reflection").select("brief_read").run()
    next(one for one in app.multiselect if one.label == "Nobody goes on without").select("brief_read").run()
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    assert list(session.settings.questionnaires) == ["brief_read", "reflection"]  # in the order in which they are asked
    assert session.settings.required == ["brief_read"]
    school.room.seats.join(school.room.seats.code(session.id), "Ana", key="key-of-ana-000000")
    school.room.teaching.go(school.by, session.id, Phase.READ)
    app.run()
    assert any("Have you read your brief?: 0 of 1" in one.value for one in app.markdown)
    click(app, "Let all go on without: Have you read your brief?")
    assert school.room.classes.get(session.id).let_go_on == {"brief_read"}
    assert not any(one.label.startswith("Let all go on") for one in app.button)


def test_agents_take_all_seats_whose_people_are_away(school):
    school.create()
    for n in range(3):
        school.join(f"P{n}")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    app = school.open(**{"class": school.id})
    click(app, "Agents play all of them")
    assert sum(len(group.taken) for group in school.now.groups.values()) == 3
    click(app, "Give all 3 seats back")
    assert not any(group.taken for group in school.now.groups.values())


@pytest.mark.parametrize(("way", "parts"), [("rounds", "class, more, more in class"), ("homework", "homework, more")])
def test_the_form_asks_for_every_setting_that_is_declared_for_it(school, way, parts):
    app = school.open()
    choose(app, "How it goes", way)
    asked = {one.key: one.label for kind in ("selectbox", "number_input", "toggle") for one in app.get(kind)}
    declared = {f"create-{name}": one for name, one in ASKED.items() if one.part}
    wanted = {key: one.label for key, one in declared.items() if one.part in parts.split(", ")}
    assert {key: asked.get(key) for key in wanted} == wanted
    assert not (set(declared) - set(wanted)) & set(asked)


def test_everything_can_be_chosen(school):
    app = school.open()
    box(app, "Case").select("cloud-for-two").run()
    choose(app, "How it goes", "rounds")
    choose(app, "Agents in empty seats", "own")
    box(app, "Strategy").set_value("boulware").run()
    app.multiselect[0].select("kaido").run()
    box(app, "If there are more people than seats").select("share").run()
    box(app, "Protocol").select("alternating").run()
    box(app, "One's own score sheet").select("prepare").run()
    app.text_input(key="create-title").set_value(ATTACK).run()
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    settings = session.settings
    assert (settings.protocol, settings.surplus, settings.level) == ("alternating", "share", "boulware")
    assert (dict(settings.agents), dict(settings.minutes)) == ({"kaido": "boulware"}, {})
    assert dict(settings.reveal) == {"sheet": "prepare"}
    assert session.title == ATTACK
    assert ATTACK not in html(app)
    assert "&lt;script&gt;" in html(app)


def test_a_file_of_ones_own_and_one_that_is_none(school):
    app = school.open()
    box(app, "Case").select("A case of my own").run()
    assert not [one for one in app.button if one.label == "Create the class"]
    good = bundled()["cloud-for-two"].read_text().replace("id: cloud-for-two", "id: my-own")
    app.file_uploader[0].upload("my.yaml", b"nonsense: [", "text/yaml").run()
    assert app.error
    app.file_uploader[0].upload("my.yaml", good.encode(), "text/yaml").run()
    seen(app)
    click(app, "Create the class")
    assert len(school.room.teaching.all(school.by)) == 1


def test_the_list_of_classes_opens_them(school):
    school.create()
    other = school.room.accounts
    other.add(school.by, "Ann", PASSWORD, "assistant")
    app = school.open()
    assert "Any two of three" in html(app)
    click(app, "Open")
    assert app.query_params["class"] in ([school.id], school.id)
    school.room.teaching.give(school.by, school.id, "Ann")
    school.log_in("Ann")
    app = school.open()
    assert any(one.value == "Classes of colleagues" for one in app.header)
    school.room.teaching.create(school.by, Settings(case="any-two-of-three"), title="Mine alone")
    school.log_in("Tea")
    assert "Mine alone" in html(school.open())  # the administrator sees it as well


def test_the_console_tells_names_as_text(school):
    school.create()
    ana = school.join(HOSTILE)
    school.join("Bob")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    school.room.talk.whisper(ana, [HELP], ATTACK, "k1")
    assert ana.name == HOSTILE
    for section in ("Groups", "People", "Record"):
        app = school.console(section, group=ana.group)
        assert "<img src=x" not in html(app)
        assert "<script" not in html(app)
        assert "&quot;&#x27;&amp;amp;" in html(app)
        in_markdown = [one.value for kind in ("markdown", "toast", "caption", "info") for one in app.get(kind)]
        in_markdown += [one.label for kind in ("text_area", "button", "selectbox") for one in app.get(kind)]
        assert not any(HOSTILE in told or ATTACK in told for told in in_markdown)
    app = school.console("People")
    keyed(app, "people-who").select(ana.person).run()
    assert button(app, "Move").disabled
    box(app, "Where to").select("seat  ").run()
    click(app, "Move")
    assert "\\!\\[a\\]" in app.toast[0].value
    app = school.open(projector_script, **{"class": school.id})
    assert "<script" not in html(app)


def test_phases_clock_and_a_line_to_everybody(school):
    school.create(minutes={"read": 10, "negotiate": 20})
    ana = school.join("Ana")
    app = school.console()
    click(app, "Yes: read")
    assert school.now.phase == "read"
    click(app, "+5 min")
    assert school.now.clock.length == 900
    click(app, "Pause")
    assert school.now.clock.since is None
    click(app, "Go on")
    click(app, "Yes: prepare")
    click(app, "Yes, back to read")
    assert school.now.phase == "read"
    app.text_area[0].set_value("Read page two first.")
    click(app, "Send")
    assert [m.text for m in school.room.talk.heard(ana)] == ["Read page two first."]
    for phase in ("prepare", "negotiate", "sign", "debrief", "closed"):
        click(app, f"Yes: {phase}")
    assert school.now.phase == "closed"
    assert not [one for one in app.button if one.label.startswith("Yes")]


def test_a_page_that_is_loaded_again_is_where_it_was(school):
    """As after a restart of the server: a new session with the address that the browser has."""
    school.create()
    ana = school.join("Ana")
    app = school.console("People")
    keyed(app, "person-who").select(ana.person).run()
    click(app, "Open the group")  # another part of the console sends here: the control is a new one
    assert section(school.open(**address_of(app))) == "Groups"
    app = choose(app, "Show", "Record")
    assert section(school.open(**address_of(app))) == "Record"
    assert section(school.console()) == "Groups"
    assert section(school.console(show="Nonsense")) == "Groups"
    click(app, "Yes: read")
    school.room.teaching.go(school.by, school.id, Phase.DEBRIEF)
    assert section(seen(app.run())) == "Debrief"  # the phase sends everybody there once
    app = choose(app, "Show", "People")
    assert section(school.open(**address_of(app))) == "People"
    assert section(school.console()) == "Debrief"


def address_of(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def section(app):
    return next(one.value for one in app.segmented_control if one.label == "Show")


def test_the_lobby_can_go_straight_to_the_talks_and_these_to_the_debrief(school):
    school.create()
    school.join("Ana")
    app = school.console()
    click(app, "Skip to the talks")
    assert school.now.phase == "negotiate"
    click(app, "End and debrief")
    assert school.now.phase == "debrief"


def test_a_question_is_answered_in_private_or_by_legs(school):
    school.create()
    ana, bob = school.join("Ana"), school.join("Bob")
    school.room.teaching.go(school.by, school.id, Phase.READ)
    school.room.talk.whisper(ana, [HELP], "What is a paper?", "k1")
    school.room.talk.whisper(bob, [HELP], "Where are you?", "k2")
    app = school.console()
    assert "Ana (group 1" in text(app)
    area = next(one for one in app.text_area if one.label == "Only Ana reads this")
    area.set_value("An offer in writing.")
    key = next(one.key for one in app.button if (one.key or "").startswith("FormSubmitter:answer-"))
    app.button(key).click().run()
    seen(app)
    assert [m.text for m in school.room.talk.heard(ana)][-1] == "An offer in writing."
    click(app, "I am coming over.")
    assert [m.text for m in school.room.talk.heard(bob)][-1] == "I am coming over."
    assert "asks:" not in html(app)


def test_a_group_opens_an_agent_takes_over_and_hands_back(school):
    school.create()
    ana = school.join("Ana")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    app = school.console(group=ana.group)
    click(app, "Agent takes over")
    assert school.now.groups[ana.group].taken == {ana.party}
    assert "an agent plays for them" in html(app)
    click(app, "Hand back")
    assert not school.now.groups[ana.group].taken
    click(app, "Close")
    assert "group" not in app.query_params


def test_looking_inside_is_asked_shown_and_on_the_record(school):
    school.create(case="cloud-for-two")
    ana, bob = school.join("Ana"), school.join("Bob")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    school.room.talk.whisper(ana, [bob.party], "Just <b>us</b>.", "k1")
    app = school.console(group=ana.group)
    choose(app, "What of it", "Look inside")
    assert "Just" not in html(app)
    assert school.room.teaching.record(school.by, school.id)[-1].kind != "group opened"
    click(app, "Look inside")
    assert school.room.teaching.record(school.by, school.id)[-1].kind == "group opened"
    assert html(app).count("Just &lt;b&gt;us&lt;/b&gt;.") == 1
    assert SEALED not in html(app)
    facts = len(school.room.teaching.record(school.by, school.id))
    for seat in (ana.party, bob.party):
        choose(app, "See as", seat)
        assert app.metric[0].label == "Points with what is signed"
    assert len(school.room.teaching.record(school.by, school.id)) == facts


def test_a_correction_is_confirmed_and_stands_in_the_record(school):
    school.create(case="cloud-for-two")
    ana = school.join("Ana")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    app = school.console(group=ana.group)
    choose(app, "What of it", "Correct")
    click(app, "Yes, put it on record")
    assert not school.now.corrections
    next(one for one in app.toggle if one.label == "It was signed").set_value(True).run()
    next(one for one in app.text_input if one.label == "Reason").set_value("Signed on paper.").run()
    click(app, "Yes, put it on record")
    (fact,) = school.now.corrections
    assert (fact.why, fact.by) == ("Signed on paper.", "Tea")
    app = school.console("Record")
    assert "is corrected" in html(app)
    choose(app, "Which", "corrected")
    assert "joined" not in html(app)


def test_a_correction_half_made_waits_while_the_teacher_looks_elsewhere(school):
    school.create(case="cloud-for-two")
    ana, cid = school.join("Ana"), [school.join(name) for name in ("Bob", "Cid")][1]
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    app = school.console(group=ana.group)
    choose(app, "What of it", "Correct")

    def reason():
        return next(one for one in app.text_input if one.label == "Reason")

    next(one for one in app.toggle if one.label == "It was signed").set_value(True).run()
    issue = app.selectbox[1].label
    box(app, issue).select_index(len(app.selectbox[1].options) - 1).run()
    chosen = box(app, issue).value
    reason().set_value("Signed on paper.").run()
    for view in ("Look inside", "Seats"):
        choose(app, "What of it", view)
    choose(app, "Show", "People")
    choose(app, "Show", "Groups")
    app.query_params["group"] = cid.group
    app.run()
    choose(app, "What of it", "Correct")
    assert reason().value == ""
    app.query_params["group"] = ana.group
    app.run()
    choose(app, "What of it", "Correct")
    assert (reason().value, box(app, issue).value) == ("Signed on paper.", chosen)
    school.room.teaching.correct(school.by, school.id, cid.group, {"contract": None}, "Another group's.")
    app.run()
    assert reason().value == "Signed on paper."
    click(app, "Yes, put it on record")
    assert school.now.corrections[-1].why == "Signed on paper."
    assert reason().value == ""


def test_a_line_to_everybody_stays_while_a_colleague_speaks(school):
    school.create()
    school.join("Ana")
    app = school.console()

    def line():
        return next(one for one in app.text_area if one.label == "Everybody reads this")

    typed = line().key  # another key, another field: a browser would show an empty one
    assert school.room.talk.announce(school.id, "Ann", "Hello.", "k") is None
    app.run()
    assert "Hello." in text(app)
    assert line().key == typed
    line().set_value("Five minutes left.")
    click(app, "Send")
    assert [m.text for m in school.room.talk.announced(school.id)] == ["Hello.", "Five minutes left."]
    assert line().key != typed


def test_who_of_a_team_acted_is_told_inside(school):
    school.create(case="cloud-for-two", surplus="share")
    ana, bob, cid = (school.join(name) for name in ("Ana", "B&b", "Cid"))
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    mate = next(
        seat for seat in (bob, cid) if seat.party == ana.party or school.now.people[seat.person].party == ana.party
    )
    school.room.play.act(ana, Say("Mine."), "a")
    school.room.play.act(type(ana)(school.id, mate.person, mate.name, ana.group, ana.party), Say("Ours."), "b")
    app = school.console(group=ana.group)
    choose(app, "What of it", "Look inside")
    click(app, "Look inside")
    told = html(app)
    said = "</bdi></small><div class='text' dir='auto'>"
    assert f"· <bdi>Ana{said}Mine." in told
    assert f"· <bdi>{mate.name.replace('&', '&amp;')}{said}Ours." in told


def told_of(school, who):
    """How the lists call somebody now."""
    person = school.now.people[who]
    with school.room.store.reading() as look:
        scenario = school.room.classes.case(look, school.id).scenario
    return f"{person.name} ({place(school.now, scenario, person)})"


def test_people_are_moved_swapped_renamed_put_out_and_let_in(school):
    school.create(case="cloud-for-two", arrive=False)
    names = ["Ana", "Bob", "Eve", "Dan"]
    seats = {name: school.join(name) for name in names}
    app = school.console("People")
    click(app, "Give them seats")
    people = school.now.people
    assert all(people[seats[name].person].group for name in names)
    ana, bob = people[seats["Ana"].person], people[seats["Bob"].person]
    keyed(app, "people-who").select(ana.id).run()
    assert keyed(app, "people-who").options[keyed(app, "people-who").index] == told_of(school, ana.id)
    box(app, "Where to").select(f"swap {bob.id}").run()
    click(app, "Move")
    now = school.now.people
    assert (now[ana.id].group, now[ana.id].party) == (bob.group, bob.party)
    assert keyed(app, "people-who").value == ana.id
    assert keyed(app, "people-who").options[keyed(app, "people-who").index] == told_of(school, ana.id)
    assert box(app, "Where to").value is None
    box(app, "Where to").select("seat  ").run()
    click(app, "Move")
    assert school.now.lobby[0].id == ana.id
    keyed(app, "person-who").select(bob.id).run()
    click(app, "Code for another device")
    assert re.search(r"class='code'>[2-9A-Z]{10}<", html(app))
    next(one for one in app.text_input if one.label == "Another name").set_value("Robert")
    click(app, "Rename")
    assert school.now.people[bob.id].name == "Robert"
    click(app, "Yes, remove")
    assert school.now.people[bob.id].gone
    assert keyed(app, "person-who").value == bob.id  # although the list calls him otherwise now
    click(app, "Let in again")
    assert not school.now.people[bob.id].gone
    told = text(app)
    assert "**Robert** becomes **P02**" in told
    assert "cannot be undone" in told
    assert "backups" in told
    click(app, "Yes, forget it for good")
    assert school.now.people[bob.id].name == "P02"
    assert "P02 now" in app.toast[0].value
    assert "Yes, forget it for good" not in [one.label for one in app.button]
    click(app, "Yes, merge")
    assert sum(not group.closed for group in school.now.groups.values()) == 1


def test_codes_are_changed_closed_and_opened(school):
    school.create()
    app = school.console("Join")
    click(app, "Yes, a new code")
    second = school.room.seats.code(school.id)
    assert second != school.code
    click(app, "Close joining")
    assert "Joining is closed" in html(app)
    click(app, "Open a code")
    assert school.room.seats.code(school.id)


def test_several_people_on_one_device_are_allowed_and_on_record(school):
    school.create()
    app = school.console("Join")
    app.toggle[0].set_value(True).run()
    assert school.now.together
    app.toggle[0].set_value(False).run()
    assert not school.now.together
    told = html(school.console("Record"))
    assert "several people may take places with one device" in told
    assert "one device takes one place" in told


def test_filters_and_order_of_thirty_groups(school):
    school.create(case="cloud-for-two")
    seats = [school.join(f"P{n}") for n in range(60)]
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    for seat in seats:
        school.room.seats.touch(seat)
    school.room.talk.whisper(seats[41], [HELP], "Help!", "k1")
    app = school.console("Groups")
    order = re.findall(r"<b>Group (\d+)</b>", html(app))
    assert (order[:3], len(order)) == (["21", "1", "2"], 30)
    choose(app, "Which groups", "need")
    assert re.findall(r"<b>Group (\d+)</b>", html(app)) == ["21"]
    choose(app, "Which groups", "done")
    assert "No group here" in html(app)


def test_points_are_shown_with_what_they_are_above(school):
    school.create(case="cloud-for-two")
    ana, bob = school.join("Ana"), school.join("Bob")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)

    scenario = school.room.play.look(ana).scenario
    table = next(iter(scenario.tables.values()))
    assert school.room.play.act(ana, Offer({table.name: table.deal(0)}), "k1") is None
    assert school.room.play.act(bob, Accept(0), "k2") is None
    app = school.console("Groups")
    assert "1 of " in html(app)
    assert "class='worth'" in html(app)
    next(one for one in app.toggle if one.label == "Points").set_value(False).run()
    assert "class='worth'" not in html(app)
    told = html(school.open(projector_script, **{"class": school.id}))
    assert told.count("class='on'") == 1
    for secret in ("worth", "points", *(one for issue in table.issues for one in issue.texts if len(one) > 8)):
        assert secret not in told


def test_the_projector_in_every_phase(school):
    school.create(case="cloud-for-two")
    for name in ("Ana", HOSTILE):
        school.join(name)
    app = school.open(projector_script, **{"class": school.id})
    assert f"{school.code[:3]} {school.code[3:]}" in html(app)
    assert "Ana" in html(app)
    next(one for one in app.toggle if one.label == "Names").set_value(False).run()
    assert "Ana" not in html(app)
    for phase in ("read", "prepare", "negotiate", "sign", "debrief", "closed"):
        school.room.teaching.go(school.by, school.id, Phase(phase))
        told = html(school.open(projector_script, **{"class": school.id}))
        assert (phase.capitalize() in told) == (phase != "debrief")
        assert (school.code[:3] in told) == (phase not in ("debrief", "closed"))


def test_a_group_that_was_closed_before_anything_happened_is_not_shown(school):
    """Three people, two seats, sharing: the third opened a group, which the talks do not need."""
    school.create(case="cloud-for-two", surplus="share")
    for name in ("Ana", "Bob", "Eve"):
        school.join(name)
    assert html(school.console()).count("data-group") == 2
    school.room.teaching.go(school.by, school.id, Phase.READ)
    assert [group.closed for group in school.now.groups.values()] == [False, True]
    told = html(school.console())
    assert told.count("data-group") == 1
    assert "1 group · 3 people" in told
    assert "1 group<" not in told
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    assert "0 tables signed" in html(school.console())
    assert "3 people, 1 group ·" in html(school.open())


def test_assistants_run_classes_and_observers_look(school):
    school.create()
    school.join("Ana")
    app = school.open()
    choose(app, "What", "Accounts")
    next(one for one in app.text_input if one.label == "Name").set_value("Ann")
    click(app, "Add the account")
    assert next(one for one in app.text_input if one.label == "Name").value == "Ann"  # refused, and still there
    for name, role in (("Ann", "assistant"), ("Obi", "observer")):
        next(one for one in app.text_input if one.label == "Name").set_value(name)
        next(one for one in app.text_input if one.label.startswith("First password")).set_value(PASSWORD)
        app.radio[0].set_value(role)
        click(app, "Add the account")
    assert [one.name for one in school.room.accounts.all(school.by)] == ["Ann", "Obi", "Tea"]
    school.log_in("Ann")
    assert "no such class" in school.console().error[0].value
    assert school.open().segmented_control[0].value == "New class"
    school.log_in("Tea")
    for name in ("Ann", "Obi"):
        app = school.console("People")
        box(app, "Add").select(name).run()
        click(app, "Add to this class")
    assert school.now.given == {"Ann", "Obi"}
    school.log_in("Ann")
    app = school.console("People")
    assert "Tea decides who belongs to it." in text(app)
    assert not [one for one in app.button if one.label in ("Take out", "Add to this class")]
    click(school.console(), "Yes: read")
    assert school.now.phase == "read"
    school.log_in("Obi")
    app = school.console()
    assert "Group 1" in html(app)
    assert not app.button
    app = choose(app, "Show", "Join")
    assert not app.button
    app = school.open()
    assert not app.segmented_control
    app = school.open(projector_script, **{"class": school.id})
    assert not app.error
    school.log_in("Tea")
    app = school.console("People")
    app.button(key="withdraw-Obi").click().run()
    school.log_in("Obi")
    for script in (teach_script, projector_script):
        assert "no such class" in school.open(script, **{"class": school.id}).error[0].value
    school.log_in("Tea")
    assert "does not see this class any more" in html(school.console("Record"))
    app = choose(school.open(), "What", "Accounts")
    click(app, "Yes, remove it")
    assert len(school.room.accounts.all(school.by)) == 2


def test_ones_own_password_is_changed_with_the_old_one(school):
    app = choose(school.open(), "What", "Accounts")
    old, new = (next(o for o in app.text_input if o.label == name) for name in ("Password now", "New password"))
    old.set_value("wrong password")
    new.set_value("another good one")
    click(app, "Change it, and log me out everywhere")
    assert app.error
    old, new = (next(o for o in app.text_input if o.label == name) for name in ("Password now", "New password"))
    old.set_value(PASSWORD)
    new.set_value("another good one")
    click(app, "Change it, and log me out everywhere")
    assert school.room.accounts.log_in("Tea", "another good one")
    school.log_in("Tea", "another good one")
    told = html(choose(school.open(), "What", "Accounts"))
    assert "Tea, administrator: the account was made" in told
    assert "Tea: a new password" in told


def test_a_class_that_is_not_there(school):
    for script in (teach_script, projector_script):
        app = school.open(script, **{"class": "nonsense"})
        assert "no such class" in app.error[0].value
    assert button(app, "All classes")


def test_homework_on_the_console(school):
    school.create(homework=True, case="cloud-for-two", minutes={"negotiate": 3 * 24 * 60})
    ana = school.join("Ana")
    assert school.room.play.again(ana, "k1") is None
    app = school.console("People")
    assert "<td class='n'>2</td>" in html(app)
    click(app, "Open the group")
    assert f"Group {school.now.groups[school.now.people[ana.person].group].number}" in html(app)
    click(app, "+1 day")
    assert school.now.clock.length == 4 * 86400
    assert "has begun 2 attempts" in html(school.open(projector_script, **{"class": school.id}))
    click(app, "Yes: debrief")
    assert school.now.phase == "debrief"


def test_the_debrief_opens_by_itself_with_names_hidden_in_front(school):
    school.create(case="cloud-for-two")
    ana, bob = school.join("Ana-of-Nimbus"), school.join("Bob-of-Kaido")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    scenario = school.room.play.look(ana).scenario
    table = next(iter(scenario.tables.values()))
    assert school.room.play.act(ana, Offer({table.name: table.deal(0)}), "k1") is None
    assert school.room.play.act(bob, Accept(0), "k2") is None
    app = school.console()
    assert "Debrief" not in next(one for one in app.segmented_control if one.label == "Show").options
    click(app, "End and debrief")
    assert next(one for one in app.segmented_control if one.label == "Show").value == "Debrief"
    assert "Ana-of-Nimbus" in text(app)
    next(one for one in app.toggle if one.label == "Names").set_value(False).run()
    assert "Ana-of-Nimbus" not in text(seen(app))
    front = school.open(projector_script, **{"class": school.id})
    assert "Ana-of-Nimbus" not in text(front)
    next(one for one in front.toggle if one.label == "Names").set_value(True).run()
    assert "Ana-of-Nimbus" in text(seen(front))


def test_latecomers_wait_on_the_console_where_the_teacher_forms_groups(school):
    school.create(case="cloud-for-two", arrive=False)
    school.join("Ana")
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    late = school.join("Late")
    app = school.console("Groups")
    assert "1 in the lobby" in html(app)
    click(app, "Give them seats")
    assert school.now.people[late.person].party
    assert not school.now.lobby


def test_a_class_that_this_program_cannot_read_says_so(school):
    school.create(case="cloud-for-two")
    ana = school.join("Ana")
    with school.room.store.writing() as write:
        write.connection.exec_driver_sql(
            f"UPDATE logs SET setup = replace(setup, '\"rules\": ', '\"rules\": 9') WHERE id = '{ana.group}'"
        )
    app = school.console()
    assert "follows rules" in app.error[0].value


def test_a_click_counts_although_somebody_joins_meanwhile(school):
    school.create(case="cloud-for-two", minutes={"read": 10})
    ana = school.join("Ana")
    app = school.console(group=ana.group)
    for label, done in (
        ("Yes: read", lambda: school.now.phase == "read"),
        ("+1 min", lambda: school.now.clock.length == 660),
        ("−1 min", lambda: school.now.clock.length == 600),
        ("+1 min", lambda: school.now.clock.length == 660),
        ("Agent takes over", lambda: school.now.groups[ana.group].taken),
        ("Hand back", lambda: not school.now.groups[ana.group].taken),
        ("Pause", lambda: school.now.clock.since is None),
        ("Go on", lambda: school.now.clock.since),
    ):
        school.join(f"Late for {label}")
        click(app, label)
        assert done(), label


@pytest.mark.parametrize("name", for_a_course())
def test_a_class_with_a_case_of_a_course_is_proposed_as_its_note_plans_it(school, name):
    app = school.open()
    box(app, "Case").select(name).run()
    for plan in load(name).plans:
        choose(app, "The lesson lasts", plan.minutes)
        asked = {one.key: one.value for one in app.number_input}
        times = {
            phase: asked[f"min-{phase}-{name}-{plan.minutes}"] for phase in ("read", "prepare", "negotiate", "sign")
        }
        assert times == {phase: getattr(plan, phase) for phase in times}
        assert asked[f"create-rounds-{name}-{plan.minutes}"] == plan.rounds
    click(app, "Create the class")
    (session,) = school.room.teaching.all(school.by)
    assert dict(session.settings.minutes) == times
    assert session.settings.rounds == plan.rounds
