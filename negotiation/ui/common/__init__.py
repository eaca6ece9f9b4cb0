"""The elements that all pages share: texts, style, a number, a choice, the outcome of a click, the focus.

It knows nothing of games, classes or the server; whatever more than one wing needs, and only that, stands here.
"""
