"""Lists of people from files: what is wrong is said by line, and what would change is known before."""

import pytest

from negotiation.classroom.courses.roster import changes, decoded, parsed
from negotiation.classroom.courses.state import Course, Member
from negotiation.errors import Refused

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Case 1 (99)\r\n"
    "    Points Possible,,,,,100\r\n"
    '"Lovelace, Ada",17,s1,ada,A,88\r\n'
)


def test_a_plain_list_with_further_columns():
    found = parsed("ID,Name,Email,Section,Programme\n1,Ana,ana@x.edu,A,MBA\n\n2,Ben,,B,\n")
    ana, ben = found.entries
    assert (ana.line, ana.number, ana.name, ana.email, ana.section, ana.more) == (
        2, "1", "Ana", "ana@x.edu", "A", {"Programme": "MBA"}
    )  # fmt: skip
    assert (ben.line, ben.email, ben.more) == (4, "", {})
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffID;Name\r\n1;Ana\r\n",
        "sep=;\nID;Name\n1;Ana\n",
        "student id\tFirst name\tSurname\n1\tAna\t\n",
        "matricule;Nom\n1;Ana\n",
        '"学籍番号","氏名"\n1,Ana\n',
    ],
)
def test_what_excel_and_others_write(text):
    (one,) = parsed(text).entries
    assert (one.number, one.name) == ("1", "Ana")


def test_first_and_last_name_make_one():
    assert parsed("Nom;Prénom;Courriel\nCurie;Marie;m@x.fr\n").entries[0].name == "Marie Curie"


def test_a_gradebook_from_canvas_is_a_roster():
    (ada,) = parsed(CANVAS).entries
    assert (ada.name, ada.number, ada.more["ID"], ada.more["SIS Login ID"]) == ("Lovelace, Ada", "s1", "17", "ada")


def test_files_in_the_letters_of_excel():
    assert decoded("é".encode("utf-16")) == decoded("é".encode("utf-8-sig")) == decoded("é".encode()) == "é"
    with pytest.raises(Refused, match="line 2: a letter that is not UTF-8; save it in Excel as “CSV UTF-8”"):
        decoded("ID,Name\n1,É\n".encode("cp1252"))
    with pytest.raises(Refused, match="1,000,001 bytes; a roster has at most 1,000,000"):
        decoded(b"a" * 1_000_001)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: no column is headed Name"),
        ("ID,Email\n1,a@b\n", "line 1: no column is headed Name, or First name and Last name; there are: ID, Email"),
        ("Name,,x\nAna,1,\n", "line 1: no column is headed ID or Email, by which a person is known again"),
        ("ID,Name,a,A\n", "line 1: two columns are headed 'a'"),
        ("ID,Name" + "".join(f",c{n}" for n in range(39)), "line 1: 41 columns; a roster has at most 40"),
        ("ID,Name\n", "there is nobody in this file"),
        ('ID,Name\n1,"Ana\n', "line 2: this is no CSV"),
    ],
)
def test_files_that_are_no_roster(text, why):
    with pytest.raises(Refused, match=why):
        parsed(text)


def test_what_is_wrong_is_told_by_line_and_all_at_once():
    lines = [
        "1,Ana,ana@x.edu,A",
        "2,,b@x.edu,A",
        "3,Cem,c,A",
        "4,Dan,d@x.edu",
        ",Eva,,A",
        "1,Fay,ANA@x.edu,A",
        f"{'9' * 65},Gil,,A",
        "8,<b>,,A",
    ]
    found = parsed("ID,Name,Email,Section\n" + "\n".join(lines))
    assert [one.name for one in found.entries] == ["Ana", "Fay"]
    assert [str(why) for why in found.problems] == [
        "line 3: there is no name",
        "line 4: 'c' is no e-mail address: it is like name@school.edu",
        "line 5: 3 values, and the first line has 4 columns",
        "line 6: Eva has neither ID nor e-mail address, by which a person is known again",
        "line 8: the value under 'ID' has 65 characters, must have 1 to 64",
        "line 9: a name is one line, without < and >",
        "line 7: '1' is in line 2 already",
        "line 7: 'ana@x.edu' is in line 2 already",
    ]


def test_a_roster_has_an_end(monkeypatch):
    monkeypatch.setattr("negotiation.classroom.courses.roster.MOST_PEOPLE", 1)
    with pytest.raises(Refused, match="at most 1 people"):
        parsed("ID,Name\n1,A\n2,B\n")


def course(*members):
    return Course("c", "T", "Tea", members={one.id: one for one in members})


ANA = Member("a", "Ana", "1", "ana@x.edu")
BEN = Member("b", "Ben", "", "ben@x.edu")
GONE = Member("g", "Gus", "7", "", gone=True)


def test_what_a_roster_changes():
    found = changes(
        course(ANA, BEN, GONE),
        parsed("ID,Name,Email\n1,Anna,ana@x.edu\n2,Ben,BEN@x.edu\n7,Gus,\n3,Cem,\n").entries,
    )
    assert [one.name for one in found.new] == ["Cem"]
    assert [(member.id, entry.name) for member, entry in found.changed] == [("a", "Anna"), ("b", "Ben"), ("g", "Gus")]
    assert (found.gone, found.same) == ((), 0)


def test_the_same_roster_changes_nothing_and_a_shorter_one_says_who_is_not_in_it():
    same = changes(course(ANA, BEN), parsed("ID,Name,Email\n1,Ana,ana@x.edu\n,Ben,ben@x.edu\n").entries)
    assert (same.new, same.changed, same.gone, same.same) == ((), (), (), 2)
    assert changes(course(ANA, BEN), parsed("ID,Name,Email\n1,Ana,ana@x.edu\n").entries).gone == (BEN,)


def test_another_id_at_the_same_address_is_another_person():
    found = changes(course(ANA), parsed("ID,Name,Email\n9,Ana,ana@x.edu\n").entries)
    assert len(found.new) == 1


def test_two_lines_that_mean_one_person():
    one = Member("a", "Ana", "1", "ana@x.edu")
    with pytest.raises(Refused, match="lines 2 and 3 both mean Ana: one by the ID, one by the e-mail address"):
        changes(course(one), parsed("ID,Name,Email\n1,Ana,\n,Ana,ana@x.edu\n").entries)
