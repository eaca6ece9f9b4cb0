"""What outlives a process: games kept event by event, whoever plays them."""
