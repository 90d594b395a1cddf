{% for mart in marts %}{% if mart.key %}
select
    '{{ mart.name }}' as mart,
    {{ mart.row_key }} as row_key,
    count(*) || ' rows' as found
from main."{{ mart.name }}"
group by all
having
    (
        count(*) = 1
        {%- for column in mart.key %}
        and count("{{ column }}") = 1
        {%- endfor %}
    ) is not true
union all
{% else %}
select '{{ mart.name }}' as mart, '' as row_key, 'no key in data_dictionary' as found
union all
{% endif %}{% endfor %}
{{ nothing }}
