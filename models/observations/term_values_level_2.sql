{{ term_values(level=2) }}
