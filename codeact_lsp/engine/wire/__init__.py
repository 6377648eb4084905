"""Events, forecasts, problems and graphs as plain JSON data."""
