-- Takes the marks of deliveries back.
--
-- Guarantee: only marks of these deliveries go.
--
-- KEYS  1 the day (see people_admit.lua for its shape)
-- ARGV  for each traveller: person, delivery
-- Reply how many marks went
local gone = 0
for a = 1, #ARGV, 2 do
  local person, delivery = ARGV[a], ARGV[a + 1]
  local marks = redis.call('HGET', KEYS[1], person) or ''
  for at = 1, #marks, 22 do
    if string.sub(marks, at + 11, at + 21) == delivery then
      local rest = string.sub(marks, 1, at - 1) .. string.sub(marks, at + 22)
      if rest == '' then redis.call('HDEL', KEYS[1], person) else redis.call('HSET', KEYS[1], person, rest) end
      gone = gone + 1
      break
    end
  end
end
return gone
