/* A year, a month, a day, a school term, or a span of two years. */
{% for mart in marts %}{% for column in mart.periods %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ column }} ' || coalesce("{{ column }}", 'is empty') as found
from main."{{ mart.name }}"
where
    {% if column in mart.key %}({% else %}"{{ column }}" is not null and ({% endif -%}
        regexp_full_match(
            "{{ column }}",
            '(19|20)[0-9]{2}(|-(0[1-9]|1[0-2])(|-(0[1-9]|[12][0-9]|3[01]))|-(spring|autumn)|/(19|20)[0-9]{2})'
        )
        and (
            not contains("{{ column }}", '/')
            or left("{{ column }}", 4) < right("{{ column }}", 4)
        )
    ) is not true
union all
{% endfor %}{% endfor %}
{{ nothing }}
