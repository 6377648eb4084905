"""How often the repairs that are offered are right: on cases of others, and on slips of our own."""
