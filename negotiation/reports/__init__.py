"""What is told people, said once: texts, tables and figures that become a page, a file or paper."""
