"""Commands with a file of their own: `add` tells the parser about them, heavy imports wait until they run."""
