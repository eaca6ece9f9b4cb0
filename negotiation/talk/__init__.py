"""Words with a meaning: how moves are written, read out of what people type, and put into sentences."""
