"""The Streamlit entry: settings of the page and the way to every other page."""

from __future__ import annotations

import streamlit as st

from negotiation.ui import words
from negotiation.ui.look import style


def main() -> None:
    """Run the page that the address names."""
    from negotiation.ui.screens import analyse, home, lab, play, watch

    st.set_page_config(page_title=words.TITLE, page_icon="🤝", layout="wide")
    pages = [
        st.Page(home.page, title="Home", url_path="home", icon=":material/home:", default=True),
        st.Page(play.page, title="Play", url_path="play", icon=":material/handshake:"),
        st.Page(watch.page, title="Watch", url_path="watch", icon=":material/visibility:"),
        st.Page(analyse.page, title="Analyse", url_path="analyse", icon=":material/query_stats:"),
        st.Page(lab.page, title="Lab", url_path="lab", icon=":material/science:"),
    ]
    chosen = st.navigation(pages, position="top")
    style()
    chosen.run()


if __name__ == "__main__":
    main()
