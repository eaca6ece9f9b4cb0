"""The lessons of a class from its games once they are over: compared, counted out, exported."""

from negotiation.errors import needs

needs("sqlalchemy", "class")
