"""What outlives a process: games kept event by event, whoever plays them."""

from negotiation.errors import needs

needs("sqlalchemy", "class")
