"""What stands before and beside Streamlit: addresses, forms, sockets, limits, the log, and who is at a browser.

ASGI middleware (`origin`, `gate`, `media`, `closed_pages`), plain forms (`doors`, `account_page`), the socket of people in class
(`live` says what, `sockets` how), and `serve`, which starts it all. It knows the classroom, and no page.
"""
