-- Installs the state of a gate as Postgres knows it.
--
-- Guarantee: it replaces nothing that is whole, and installs nothing older than the claim: what was read after the claim covers every grant.
--
-- KEYS  1 the gate (see slot_take.lua for its shape)
-- ARGV  1 the claim, 2 lifetime of an unused gate in ms, then for each entry: token, units, microseconds from now until they are free
-- Reply 1 installed; 0 the state is whole already; -1 the claim is gone, the state was lost again: start over
local key = KEYS[1]
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

if redis.call('ZSCORE', key, 'run:' .. run_id) then return 0 end
if not redis.call('ZSCORE', key, 'claim:' .. run_id .. ':' .. ARGV[1]) then return -1 end

redis.call('DEL', key)
redis.call('ZADD', key, 0, 'run:' .. run_id)
local taken = 0
for a = 3, #ARGV, 3 do
  redis.call('ZADD', key, now + ARGV[a + 2], ARGV[a + 1] .. ':' .. ARGV[a])
  taken = taken + ARGV[a + 1]
end
redis.call('ZADD', key, -taken, 'taken')
redis.call('PEXPIRE', key, ARGV[2])
return 1
