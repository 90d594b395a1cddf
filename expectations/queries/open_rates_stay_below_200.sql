{% for mart in marts %}{% for column in mart.shares %}
{% if not mart.bound('shares_lie_within_0_and_100', column) %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    '{{ column }} ' || "{{ column }}" as found
from main."{{ mart.name }}"
where "{{ column }}" is not null and ("{{ column }}" between 0 and 200) is not true
union all
{% endif %}{% endfor %}{% endfor %}
{{ nothing }}
