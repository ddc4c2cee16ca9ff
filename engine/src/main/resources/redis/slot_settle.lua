-- Gives slots back: those that travelled one window from now, the others at once.
--
-- Guarantee: only what a token still holds is touched. A late answer finds its entry gone and changes nothing, even if the slot was granted again.
--
-- KEYS  the gates of one scope (see slot_take.lua for their shape)
-- ARGV  for each gate the microseconds until units that travelled are free, then for each call its token and for each gate: units taken, units that travelled
--       (0: the call never left). At most 128 calls.
-- Reply how many gates still knew a token, over all calls
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local first_call, call_size = 1 + #KEYS, 1 + 2 * #KEYS

-- An entry that was rebuilt from the call carries the units that travelled, not those that were taken.
local function removed(key, taken, kept, token)
  for _, units in ipairs({taken, kept}) do
    if redis.call('ZREM', key, units .. ':' .. token) == 1 then return tonumber(units) end
  end
end

local known = 0
for n, key in ipairs(KEYS) do
  local free_at, returned, travelled = now + ARGV[n], 0, {}
  for call = first_call, #ARGV, call_size do
    local token, taken, kept = ARGV[call], ARGV[call + 2 * n - 1], ARGV[call + 2 * n]
    if taken == kept then
      travelled[#travelled + 1] = free_at
      travelled[#travelled + 1] = kept .. ':' .. token
    else
      local units = removed(key, taken, kept, token)
      if units then
        known = known + 1
        if kept ~= '0' then redis.call('ZADD', key, free_at, kept .. ':' .. token) end
        returned = returned + units - kept
      end
    end
  end
  if #travelled > 0 then known = known + redis.call('ZADD', key, 'XX', 'CH', unpack(travelled)) end
  if returned ~= 0 then redis.call('ZINCRBY', key, returned, 'taken') end
end
return known
