"""Bullies, oddities and scripted people: what a good negotiator must bear with, and must not reward."""
