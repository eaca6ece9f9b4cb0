"""The teacher's half of a class: the list of classes, setting one up, the console and the projector.

Every click is a command of `negotiation.classroom.teaching`, so it is on the record; what a group's seats know is looked at
through `inside`, which says so. Students' pages are not made here (see `screens/seat.py`).
"""
