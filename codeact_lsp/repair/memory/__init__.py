"""What mended earlier failures, as patterns without anybody's data, in a database of the user's."""
