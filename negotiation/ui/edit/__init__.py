"""The case editor: a draft on the desk, its parts as fields and grids, and how it would play.

Nothing is decided here: `negotiation.authoring` changes and judges the draft, `classroom.drafts` keeps it. Only on one's own
machine and for accounts: everybody's sheets are open.
"""
