-- Announces that a gate whose state was lost is about to be rebuilt.
--
-- Guarantee: while the claim stands, nothing was granted at this gate since it was made: a rebuilt state removes all claims, and so does another loss.
--
-- KEYS  1 the gate
-- ARGV  1 a name for the claim that nobody else uses, 2 lifetime in ms of a gate that is claimed and never rebuilt
-- Reply 1 claimed; 0 the gate's state is whole, nothing to do
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('ZSCORE', KEYS[1], 'run:' .. run_id) then return 0 end
redis.call('ZADD', KEYS[1], 0, 'claim:' .. run_id .. ':' .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
