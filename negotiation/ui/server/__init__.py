"""The server before and beside Streamlit: addresses, forms, sockets, limits, the log, and identities.

ASGI middleware (`origin`, `gate`, `media`, `closed_pages`), plain forms (`doors`, `account_page`), the socket of people in class
(`live` says what, `sockets` how), and `serve`, which starts it all. It knows the classroom, and no page.
"""
