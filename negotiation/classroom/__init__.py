"""What outlives a process: games kept event by event, with people or agents at their seats."""

from negotiation.errors import needs

needs("sqlalchemy", "class")
