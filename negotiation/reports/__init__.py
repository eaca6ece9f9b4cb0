"""Texts, tables and figures for people, made once: they become a page, a file or paper."""
