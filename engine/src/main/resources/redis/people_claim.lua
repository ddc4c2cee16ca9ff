-- Announces that a day whose state was lost is about to be rebuilt.
--
-- Guarantee: while the claim stands, nobody was admitted on that day since it was made: a rebuilt day has no claims, and neither has one lost again.
--
-- KEYS  1 the day (see people_admit.lua for its shape)
-- ARGV  1 a name for the claim that nobody else uses, 2 lifetime in ms of a day that is claimed and never rebuilt
-- Reply 1 claimed; 0 the day's state is whole, nothing to do
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('HGET', KEYS[1], 'run') == run_id then return 0 end
redis.call('HSET', KEYS[1], 'claim:' .. ARGV[1], run_id)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
