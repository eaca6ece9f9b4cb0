"""A student's page: the seat that this device holds, from the lobby to the debrief."""

from __future__ import annotations

import streamlit as st

from negotiation.ui.live import watch
from negotiation.ui.room import room, seat_here


def page() -> None:
    """What the seat may see now."""
    seat = seat_here()
    if seat is None:
        st.title("No seat here")
        st.html("<p class='door'>This device has no seat. <a href='/join' target='_self'>Join with the code</a>.</p>")
        return
    look = room().play.look(seat)
    st.title(look.title)
    st.write(f"{seat.name}: {look.phase}")
    watch(look.versions, key="watch")
