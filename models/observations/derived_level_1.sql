{{ derived_values(level=1) }}
