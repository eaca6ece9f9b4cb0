"""Somebody who joins a class without a browser."""

import http.cookiejar
import re
import urllib.parse
import urllib.request


def phone(server, code, name):
    """Somebody joins, as the form does."""
    jar = http.cookiejar.CookieJar()
    web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    key = re.search(r"name='key' value='([^']+)'", web.open(f"{server.url}/join").read().decode()).group(1)
    form = urllib.parse.urlencode({"code": code, "name": name, "key": key}).encode()
    web.open(f"{server.url}/join", form)
    assert {"negotiation_seat", "negotiation_place"} == {cookie.name for cookie in jar}
