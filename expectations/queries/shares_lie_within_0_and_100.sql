/* About 100 % reaches beyond it: an end of an interval need only touch 0..100. */
{% for mart in marts %}{% for column in mart.shares %}{% if mart.bound(rule, column) %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ column }} ' || "{{ column }}" as found
from main."{{ mart.name }}"
where
    "{{ column }}" is not null
    and (
        {% if column.endswith('_low') -%}
        "{{ column }}" <= 100
        {%- elif column.endswith('_high') -%}
        "{{ column }}" >= 0
        {%- else -%}
        "{{ column }}" between 0 and 100
        {%- endif %}
    ) is not true
union all
{% endif %}{% endfor %}{% endfor %}
{{ nothing }}
