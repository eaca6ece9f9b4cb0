"""The table as a person plays it, alone or in class: brief, papers, composer, ballot, talk and the map of the alliance.

It draws from a `View` and a `Look`, so from one's own sheet only, and acts through `action_buttons`, which asks before what
cannot be taken back. It knows nothing of teachers, and nothing of a game that is over (see `debrief`).
"""
