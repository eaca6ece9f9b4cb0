"""What all pages share and none owns: texts, style, one number, one choice, what became of a click, where the focus is.

It knows nothing of games, classes or the server; whatever more than one wing needs, and only that, stands here.
"""
