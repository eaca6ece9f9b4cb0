"""Writing a case: a draft as plain nested data, edits as functions, what is wrong where, and how the case would play.

`document` reads and writes the data as YAML; whatever an edit does not name stays as it is, so that nothing that a file can
say is lost. `edits` and `grids` change it, `history` undoes; `problems` says what is wrong at which place, `places` in
words; `picture` and `trial` look at the case that the draft makes. `templates` are what one can begin with.
"""
