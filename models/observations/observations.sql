{{ chosen_observations('select * from ' ~ ref('stated_observations')) }}
