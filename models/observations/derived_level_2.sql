{{ derived_values(level=2) }}
