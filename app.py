"""`streamlit run app.py` opens the game; `make play` and `negotiation play` do it better."""

import runpy

runpy.run_module("negotiation.ui.app", run_name="__main__")
