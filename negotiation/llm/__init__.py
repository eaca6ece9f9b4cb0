"""Language models at the table, for those who want one: a reader, a voice and a seat, through any chat endpoint."""
