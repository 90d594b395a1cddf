"""The one way in which Python reads a built warehouse: locked down, read-only, explained."""
