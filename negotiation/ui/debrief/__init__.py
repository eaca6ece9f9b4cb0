"""The debrief on a page and as files: documents of `negotiation.reports` and `negotiation.debrief`.

`document` and `figure` draw any such document; `of_game` and `of_class` are the debriefs of one game and of a class.
Numbers come from `jobs`, never from here. Everybody's sheets may be open: nothing of it may be shown while a game runs.
"""
