-- Gives slots back: those that travelled one window from now, the others at once.
--
-- Guarantee: only what the token still holds is touched. A late answer finds its entry gone and changes nothing, even if the slot was granted again.
--
-- KEYS  the gates of one scope (see slot_take.lua for their shape)
-- ARGV  1 token, then for each gate: units taken, units that travelled (0: the call never left), microseconds until those are free
-- Reply how many gates still knew the token
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

-- An entry that was rebuilt from the call carries the units that travelled, not those that were taken.
local function held_entry(key, taken, kept)
  for _, units in ipairs({taken, kept}) do
    local entry = units .. ':' .. ARGV[1]
    if redis.call('ZSCORE', key, entry) then return entry, tonumber(units) end
  end
end

local known = 0
for n, key in ipairs(KEYS) do
  local taken, kept, free_after = ARGV[3 * n - 1], ARGV[3 * n], ARGV[3 * n + 1]
  local entry, units = held_entry(key, taken, kept)
  if entry then
    known = known + 1
    redis.call('ZREM', key, entry)
    if kept ~= '0' then redis.call('ZADD', key, now + free_after, kept .. ':' .. ARGV[1]) end
    redis.call('ZINCRBY', key, units - kept, 'taken')
  end
end
return known
