"""The Streamlit front end, and the server it runs in.

`app.py` is what Streamlit runs, `asgi.py` what the server runs: the only files that know all of it. The wings, each of
which may know only those below: `screens/` what an address shows, `teach/` the teacher's half of a class, `debrief/` what is
told afterwards, `play/` the table, `jobs/` long calculations, `server/` what stands before and beside Streamlit, `common/`
words, style and small elements. `scripts/` is what runs in browsers, `static/` the fonts.
"""
