"""Packets for the roles and a guide for the teacher, made from a scenario file alone."""
