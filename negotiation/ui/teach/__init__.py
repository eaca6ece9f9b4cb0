"""The teacher's half of a class: list of classes, setting one up, console and projector."""
