"""How a run goes: its state, its shell, and what decides the order."""
