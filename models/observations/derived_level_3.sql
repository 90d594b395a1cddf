{{ derived_values(level=3) }}
