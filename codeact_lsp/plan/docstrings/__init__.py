"""What a docstring says: prose for people, sections for the engine, each with its place."""
