"""The pages, one thin file each: who may see it, and which parts of the other wings stand on it.

A page asks for the game or the class that its address names and lays out what `play`, `teach` and `debrief` draw. Nothing
is computed here, nothing is stored, and no page knows another but by its address (home links to all). A folder named
`pages` beside the entry would be taken by Streamlit for pages of its own.
"""
