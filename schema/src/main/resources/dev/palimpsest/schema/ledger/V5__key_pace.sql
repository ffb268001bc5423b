-- How often a key may ask.
alter table access_key add column requests_per_minute integer;    -- null for as often as the server lets any
