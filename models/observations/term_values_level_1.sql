{{ term_values(level=1) }}
