"""Packets for the roles and a guide for the teacher, from nothing but a scenario file."""
