/* An area at the top has no parent; a column that is exempt may be empty, never unknown. */
{% for mart in marts %}{% for column, target, target_column in mart.references %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ column }} ' || coalesce("{{ column }}", 'is empty') as found
from main."{{ mart.name }}"
where
    {% if column.startswith('parent_') or not mart.bound(rule, column) -%}
    "{{ column }}" is not null and
    {% endif -%}
    ("{{ column }}" in (select "{{ target_column }}" from main."{{ target }}")) is not true
union all
{% endfor %}{% endfor %}
{{ nothing }}
