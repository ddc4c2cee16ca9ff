-- Puts the collected marks in the place of a day whose state was lost, and opens it.
--
-- Guarantee: it replaces nothing that is whole, and opens nothing that was lost again after the claim.
--
-- KEYS  1 the day (see people_admit.lua for its shape), 2 where its marks were collected; missing when there are none
-- ARGV  1 the claim, 2 when the day ends and its marks may go, in ms since 1970, 3 how many people have marks at least
-- Reply 1 open; 0 the claim or the marks are gone: start over
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('HGET', KEYS[1], 'claim:' .. ARGV[1]) ~= run_id then return 0 end
if redis.call('HLEN', KEYS[2]) < tonumber(ARGV[3]) then return 0 end

-- The people of a whole day may be left there, of which millions take seconds to end in the way of everybody.
redis.call('UNLINK', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end
redis.call('HSET', KEYS[1], 'run', run_id)
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
return 1
