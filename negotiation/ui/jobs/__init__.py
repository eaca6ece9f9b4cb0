"""Long calculations: each in a process of its own, with progress and a stop, so that nobody else waits for it.

`questions` and `answers` say what is asked and found; `processes` begins it for a page, `background` before anybody asks;
`child` is the other end, `calculations` what it does. JSON goes between them. No page is drawn here, and nothing of a
running game is read.
"""
