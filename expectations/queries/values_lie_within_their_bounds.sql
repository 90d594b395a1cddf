/* An empty end is unbounded; a value without either end has lost its interval. */
{% for mart in marts %}{% for low, value, high in mart.triples %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ value or low }} ' || concat_ws(
        ', ',
        'low ' || "{{ low }}",
        {%- if value %}
        'value ' || "{{ value }}",
        {%- endif %}
        'high ' || "{{ high }}"
    ) as found
from main."{{ mart.name }}"
where not (
    coalesce("{{ low }}" <= "{{ high }}", true)
    {%- if value %}
    and coalesce("{{ low }}" <= "{{ value }}", true)
    and coalesce("{{ value }}" <= "{{ high }}", true)
    and ("{{ value }}" is null or "{{ low }}" is not null or "{{ high }}" is not null)
    {%- endif %}
)
union all
{% endfor %}{% endfor %}
{{ nothing }}
