"""The Streamlit front end."""

from negotiation.errors import needs

needs("streamlit", "ui")
