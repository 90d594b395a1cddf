{% for mart in marts %}{% for column in mart.counts %}{% if mart.bound(rule, column) %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ column }} ' || "{{ column }}" as found
from main."{{ mart.name }}"
where "{{ column }}" is not null and ("{{ column }}" >= 0) is not true
union all
{% endif %}{% endfor %}{% endfor %}
{{ nothing }}
