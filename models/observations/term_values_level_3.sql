{{ term_values(level=3) }}
