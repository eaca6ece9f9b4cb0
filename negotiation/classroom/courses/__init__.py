"""Courses: the people of a term, the exercises they do, and what counts of each.

`facts` and `state` are a course and its log; `roster` reads lists of people; `log` keeps courses in the database; `grouping`
and `seating` make groups; `desk`, `exercises` and `forgetting` are the teacher's commands.
"""
